"""Which reasons may a finding give, and in which order are they reported?"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """The public, append-only reason codes."""

    SUSPENDED = "suspended"
    DESTINATION_EMERGENCY = "destination.emergency"
    DESTINATION_CRISIS = "destination.crisis"
    DESTINATION_SERVICE = "destination.service"
    DESTINATION_INVALID = "destination.invalid"
    DESTINATION_PREMIUM = "destination.premium"
    DESTINATION_FICTIONAL = "destination.fictional"
    DESTINATION_DENIED_COUNTRY = "destination.denied_country"
    SENDER_NOT_OWNED = "sender.not_owned"
    SENDER_INACTIVE = "sender.inactive"
    SENDER_KIND = "sender.kind"
    SENDER_UNREGISTERED = "sender.unregistered"
    CONSENT_REVOKED = "consent.revoked"
    CONSENT_MISSING = "consent.missing"
    CONSENT_INSUFFICIENT = "consent.insufficient"
    CONSENT_EXPIRED = "consent.expired"
    CONSENT_REASSIGNED = "consent.reassigned"
    DNC_LISTED = "dnc.listed"
    DNC_STALE = "dnc.stale"
    DNC_NOT_CHECKED = "dnc.not_checked"
    LITIGATOR_LISTED = "litigator.listed"
    CONTENT_PAYMENT = "content.payment"
    CONTENT_GOVERNMENT_ID = "content.government_id"
    CONTENT_CREDENTIAL = "content.credential"
    CONTENT_HEALTH = "content.health"
    CONTENT_DEMOGRAPHIC = "content.demographic"
    CONTENT_OBSCENE = "content.obscene"
    CONTENT_PROFANE = "content.profane"
    CONTENT_HATE = "content.hate"
    CONTENT_ACCUSATION = "content.accusation"
    CONTENT_FORBIDDEN = "content.forbidden"
    CONTENT_LINK = "content.link"
    CONTENT_UNINSPECTABLE = "content.uninspectable"
    DISCLOSURE_MISSING = "disclosure.missing"
    REGISTRATION_MISSING = "registration.missing"
    QUIET_HOURS = "quiet_hours"
    DAY_BANNED = "day_banned"
    EMERGENCY_ORDER = "emergency_order"
    FREQUENCY_CAP = "frequency.cap"
    RATE_LIMITED = "rate.limited"
    WINDOW_CLOSED = "window.closed"
    TEMPLATE_UNAPPROVED = "template.unapproved"
    CHANNEL_MARKETING_BLOCKED = "channel.marketing_blocked"
    RECORDING_CONSENT = "recording.consent"
    FAIR_USE = "fair_use"
    DEPENDENCY_UNAVAILABLE = "dependency.unavailable"
    REQUEST_AMBIGUOUS = "request.ambiguous"
    CREDENTIAL_INVALID = "credential.invalid"
    PURPOSE_MISMATCH = "purpose.mismatch"
    COMPONENT_DISABLED = "component.disabled"
    TERMS_MISSING = "terms.missing"
    IDEMPOTENCY_MISMATCH = "idempotency.mismatch"
    INTERNAL_ERROR = "internal.error"


NEVER_OVERRIDABLE = frozenset(
    {
        Reason.SUSPENDED,
        Reason.DESTINATION_EMERGENCY,
        Reason.SENDER_NOT_OWNED,
        Reason.CONSENT_REVOKED,
        Reason.CONSENT_MISSING,
        Reason.CONSENT_INSUFFICIENT,
        Reason.CONSENT_EXPIRED,
        Reason.CONTENT_PAYMENT,
        Reason.CONTENT_GOVERNMENT_ID,
        Reason.CONTENT_CREDENTIAL,
        Reason.INTERNAL_ERROR,
    }
)
"""What no waiver and no observe time lets pass, whatever the rule says of itself."""

LISTS_STAGE = 5
OWN_WILL_STAGE = 2

_STAGES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (0, ("suspended", "destination.emergency", "destination.crisis", "destination.service",
         "sender.not_owned", "sender.inactive", "component.", "terms.", "credential.",
         "request.", "dependency.", "internal.", "idempotency.")),
    (1, ("destination.", "sender.kind")),
    (OWN_WILL_STAGE, ("consent.revoked", "consent.reassigned")),
    (3, ("purpose.",)),
    (4, ("consent.",)),
    (LISTS_STAGE, ("dnc.", "litigator.")),
    (6, ("content.", "disclosure.")),
    (7, ("registration.", "sender.", "window.", "template.", "channel.", "recording.")),
    (8, ("day_banned", "emergency_order", "quiet_hours")),
    (9, ("frequency.",)),
    (10, ("rate.", "fair_use")),
)  # fmt: skip


def _stage_of(reason: Reason) -> int:
    for stage, prefixes in _STAGES:
        if reason.startswith(prefixes):
            return stage
    raise LookupError(f"no reporting stage for {reason}")


STAGE: dict[Reason, int] = {reason: _stage_of(reason) for reason in Reason}
"""Order of reporting: the first decisive finding by this number is the primary reason."""
