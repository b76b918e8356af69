"""What is each parameter of Twilio's Messages and Calls for?

The names are those that the `twilio` SDK (9.13) can send; a test compares them with its source.
A parameter that is not listed is refused: the gate cannot know whether it carries text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from gatekeeper.domain.message import Claim, TextPart
from gatekeeper.domain.words import Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.form_body import Form


class Use(Enum):
    """What the gate makes of a parameter."""

    ADDRESS = auto()
    """Names a person or a sender."""
    CONTENT = auto()
    """Carries text or refers to it; read by its own code."""
    REFERENCE = auto()
    """A link or label that the recipient does not see, but that may leak personal data."""
    CLAIM = auto()
    """What the caller says of its own message: recorded, never permission."""
    SETTING = auto()
    """A short word or number without text."""
    TOKEN = auto()
    """A secret or signed token that is passed on unread."""
    REFUSED = auto()
    """Changes who sends or when: not supported, so refused."""


_A, _C, _R = Use.ADDRESS, Use.CONTENT, Use.REFERENCE
_CLAIM, _SET, _TOKEN, _NO = Use.CLAIM, Use.SETTING, Use.TOKEN, Use.REFUSED

MESSAGE_FIELDS: Mapping[str, Use] = {
    "To": _A, "From": _A, "MessagingServiceSid": _A, "FallbackFrom": _A,
    "Body": _C, "MediaUrl": _C, "ContentSid": _C, "ContentVariables": _C, "SendAsMms": _C,
    "StatusCallback": _R, "PersistentAction": _R, "ApplicationSid": _R,
    "MessageIntent": _CLAIM, "RiskCheck": _CLAIM, "ForceDelivery": _CLAIM,
    "TrafficType": _CLAIM, "ShortenUrls": _CLAIM, "SmartEncoded": _CLAIM, "Attempt": _CLAIM,
    "ScheduleType": _C, "SendAt": _C,
    "MaxPrice": _SET, "ProvideFeedback": _SET, "ValidityPeriod": _SET,
    "ContentRetention": _SET, "AddressRetention": _SET,
}  # fmt: skip
"""`POST .../Messages.json`. Its ApplicationSid only names where status callbacks go."""

CALL_FIELDS: Mapping[str, Use] = {
    "To": _A, "From": _A, "CallerId": _A,
    "Twiml": _C, "Url": _C, "FallbackUrl": _C, "ApplicationSid": _C, "SendDigits": _C,
    "CallReason": _C, "Record": _C, "RecordingConfigurationId": _R,
    "StatusCallback": _R, "RecordingStatusCallback": _R, "AsyncAmdStatusCallback": _R,
    "ClientNotificationUrl": _R, "SipAuthUsername": _R,
    "MachineDetection": _CLAIM,
    "Method": _SET, "FallbackMethod": _SET, "StatusCallbackMethod": _SET,
    "StatusCallbackEvent": _SET, "RecordingStatusCallbackEvent": _SET,
    "RecordingStatusCallbackMethod": _SET, "AsyncAmdStatusCallbackMethod": _SET,
    "Timeout": _SET, "TimeLimit": _SET, "Trim": _SET, "AsyncAmd": _SET, "Byoc": _SET,
    "RecordingChannels": _SET, "RecordingTrack": _SET,
    "MachineDetectionTimeout": _SET, "MachineDetectionSpeechThreshold": _SET,
    "MachineDetectionSpeechEndThreshold": _SET, "MachineDetectionSilenceTimeout": _SET,
    "SipAuthPassword": _TOKEN, "Passports": _TOKEN, "CallToken": _TOKEN,
}  # fmt: skip
"""`POST .../Calls.json`."""

REPEATABLE = frozenset(
    {"MediaUrl", "PersistentAction", "StatusCallbackEvent", "RecordingStatusCallbackEvent",
     "ConferenceStatusCallbackEvent", "ConferenceRecordingStatusCallbackEvent", "ToBinding"}
)  # fmt: skip

_WORD = re.compile(r"[A-Za-z _-]{0,40}|[0-9]{1,6}(?:\.[0-9]{1,4})?|[A-Z]{2}[0-9a-f]{32}")
"""A setting is a word, a small number or an id: nothing that could hold a text or a card."""

_NAME = re.compile(r"[A-Za-z]{1,40}")
_SPELLING = re.compile(r"[^a-z]")


@dataclass(slots=True)
class Aside:
    """The fields beside text and persons, as the request reports them."""

    references: list[TextPart] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)


def sort_fields(form: Form, known: Mapping[str, Use]) -> Aside:
    """Refuse unknown, doubled and unsupported parameters; collect references and claims.

    Raises AmbiguousRequest, also for text in place of a setting or claim.
    """
    aside = Aside()
    for name, values in form.items():
        use = known.get(name)
        if use is None:
            raise AmbiguousRequest(_unknown(name, known))
        if len(values) > 1 and name not in REPEATABLE:
            raise AmbiguousRequest(f"The parameter {name} is given more than once.")
        if use is _C or use is _A or use is _TOKEN:
            continue
        if use is _NO:
            raise AmbiguousRequest(f"The parameter {name} is not supported by the gate.")
        if use is _R:
            aside.references += [TextPart(name, Role.REFERENCE, value) for value in values]
        elif not all(map(_WORD.fullmatch, values)):
            raise AmbiguousRequest(f"The parameter {name} must be a short word or number.")
        elif use is _CLAIM:
            aside.claims.append(Claim(name, values[0]))
    return aside


def _unknown(name: str, known: Mapping[str, Use]) -> str:
    """A name is only repeated if it is a plain word: it may hold what belongs in a value."""
    spelling = _SPELLING.sub("", name.lower())
    meant = next((k for k in known if k.lower() == spelling), None)
    if meant:
        return f"A parameter is spelled almost like {meant}: write it exactly so, and once."
    shown = f" {name}" if _NAME.fullmatch(name) else ""
    return f"Unknown parameter{shown}: the gate cannot tell what it would do."


def one(form: Form, name: str) -> str | None:
    """The single value of a parameter, None if it is absent or empty."""
    values = form.get(name)
    return values[0] or None if values else None


def truth(form: Form, name: str) -> bool:
    """A boolean parameter, False if absent; raises AmbiguousRequest for any other word."""
    value = (one(form, name) or "false").lower()
    if value not in ("true", "false"):
        raise AmbiguousRequest(f"The parameter {name} must be true or false.")
    return value == "true"
