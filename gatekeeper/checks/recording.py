"""Has everyone on the call agreed to its recording, where everyone must?"""

from __future__ import annotations

from gatekeeper.checks.contract import Check, Params
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


CHECK = Check("recording", Recording, run, about="record")
