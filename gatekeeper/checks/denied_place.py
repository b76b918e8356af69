"""Does the number belong to a plan that this installation does not send to?"""

from __future__ import annotations

from gatekeeper.checks.contract import Check, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class DeniedPlace(Params):
    """CLDR regions of numbering plans; `001` is every non-geographic country code."""

    regions: frozenset[str]


def run(facts: Facts, rule: Rule) -> Finding | None:
    """The number's own plan counts, not where its owner may be."""
    params: DeniedPlace = rule.params
    number = facts.recipient.number
    if number is None or number.region not in params.regions:
        return None
    detail = f"Numbers of the plan {number.region} are on the list of denied destinations."
    return rule.finding(Reason.DESTINATION_DENIED_COUNTRY, detail)


CHECK = Check("denied_place", DeniedPlace, run)
