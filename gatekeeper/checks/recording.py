"""Has everyone on the call agreed to its recording, where everyone must?"""

from __future__ import annotations

from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class Recording(Params):
    """Where the consent of one party does not suffice."""

    all_party: frozenset[str]


def run(facts: Facts, rule: Rule) -> Finding | None:
    """An unknown place counts as one where everyone must agree."""
    if not facts.record or facts.recording_consent == "all_party":
        return None
    params: Recording = rule.params
    places = facts.places.regions
    if facts.recording_consent == "one_party" and places and not places & params.all_party:
        return None
    return rule.finding(
        Reason.RECORDING_CONSENT, "Not everyone who must has agreed to the recording of the call."
    )


def compared(facts: Facts, rule: Rule) -> Compared:
    """Who has agreed, and whether everyone must."""
    params: Recording = rule.params
    must = sorted(facts.places.regions & params.all_party) or ["an unknown place"]
    if facts.places.regions and not facts.places.regions & params.all_party:
        must = ["nobody here"]
    agreed = (facts.recording_consent or "nobody").replace("_", " ")
    value = f"recorded, agreed: {agreed}" if facts.record else "not recorded"
    return Compared(value, f"all parties agree; demanded by {', '.join(must)}")


CHECK = Check(
    "recording",
    Recording,
    run,
    about="record",
    stage=7,
    compared=compared,
    needs=("places", "record", "recording_consent"),
)
