"""Does the campaign advertise what the carriers there refuse, or gate by age?"""

from __future__ import annotations

from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.standing import CarrierClass
from gatekeeper.policy.model import Rule


class CarrierClasses(Params):
    """Which registered classes are refused, and which pass from a sender with an age gate."""

    refused: frozenset[CarrierClass] = frozenset()
    age_gated: frozenset[CarrierClass] = frozenset()


def run(facts: Facts, rule: Rule) -> Finding | None:
    """What the registry says of the campaign; the text itself is for the detectors to read."""
    params: CarrierClasses = rule.params
    named = facts.carrier_class
    if named is None:
        return None
    told = named.replace("_", " ")
    if named in params.refused:
        return rule.finding(Reason.CONTENT_FORBIDDEN, f"Carriers refuse campaigns of {told}.")
    if named in params.age_gated and not facts.sender.age_gate:
        detail = f"Carriers take campaigns of {told} only from a sender with an age gate."
        return rule.finding(Reason.CONTENT_FORBIDDEN, detail)
    return None


def compared(facts: Facts, rule: Rule) -> Compared:
    """The campaign's class, and whether the sender has an age gate."""
    params: CarrierClasses = rule.params
    named = (facts.carrier_class or "no class").replace("_", " ")
    gate = "with" if facts.sender.age_gate else "without"
    refused = ", ".join(sorted(params.refused)).replace("_", " ") or "nothing"
    gated = ", ".join(sorted(params.age_gated)).replace("_", " ")
    limit = f"none of {refused}" + (f"; {gated} only with an age gate" if gated else "")
    return Compared(f"{named}, a sender {gate} an age gate", limit)


CHECK = Check(
    "carrier_class",
    CarrierClasses,
    run,
    about="carrier_class",
    stage=6,
    compared=compared,
    needs=("carrier_class", "sender.age_gate"),
)
