"""Is it known where the called party may be, so that local hours can be kept?"""

from __future__ import annotations

from gatekeeper.checks.answer import answers_recipient, in_conversation
from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class PlaceKnown(Params):
    """No parameters."""


def run(facts: Facts, rule: Rule) -> Finding | None:
    """A toll-free or non-geographic number tells no zone; only a stated location does."""
    if facts.places.zones or facts.recipient.number is None:
        return None
    if answers_recipient(facts) or in_conversation(facts):
        return None
    return rule.finding(
        Reason.QUIET_HOURS,
        "The number tells no time zone and no location is stated, so no hour is safe.",
    )


def compared(facts: Facts, rule: Rule) -> Compared:
    """The candidate zones."""
    zones = ", ".join(facts.places.zones) or "no zone is known"
    return Compared(f"{zones} (by {facts.places.confidence})", "a time zone is known")


CHECK = Check(
    "place_known",
    PlaceKnown,
    run,
    stage=8,
    compared=compared,
    needs=(
        "at",
        "consent",
        "kind",
        "last_inbound_at",
        "limits",
        "places",
        "recipient.number.region",
    ),
)
