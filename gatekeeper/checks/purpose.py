"""Does the caller claim a purpose that its campaign is not registered for?"""

from __future__ import annotations

from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import Purpose
from gatekeeper.policy.model import Rule

CLAIM = "purpose"
"""The claim's name, whichever provider's field or header it came from."""


class PurposeClaim(Params):
    """No parameters."""


def run(facts: Facts, rule: Rule) -> Finding | None:
    """The message is judged by its registered purpose whatever is claimed; without a campaign
    that is marketing."""
    if not facts.claims:
        return None
    registered = facts.campaign_purposes or frozenset({Purpose.MARKETING})
    if all(claim.value in registered for claim in facts.claims if claim.name == CLAIM):
        return None
    return rule.finding(
        Reason.PURPOSE_MISMATCH,
        f"The claimed purpose is not registered; judged as {facts.purpose}.",
    )


def compared(facts: Facts, rule: Rule) -> Compared:
    """What is claimed against what is registered."""
    claimed = ", ".join(claim.value for claim in facts.claims if claim.name == CLAIM)
    registered = ", ".join(sorted(facts.campaign_purposes or {Purpose.MARKETING}))
    return Compared(f"claims {claimed}" if claimed else "claims nothing", f"one of {registered}")


CHECK = Check(
    "purpose",
    PurposeClaim,
    run,
    about="claims",
    stage=3,
    compared=compared,
    needs=("campaign_purposes", "claims", "purpose"),
)
