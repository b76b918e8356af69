"""Is the tenant, end customer, application or campaign suspended?"""

from __future__ import annotations

from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class Suspension(Params):
    """No parameters: any suspension in force is a finding."""


def run(facts: Facts, rule: Rule) -> Finding | None:
    """A finding names the level that is suspended, not why."""
    if facts.suspended is None:
        return None
    return rule.finding(Reason.SUSPENDED, f"The {facts.suspended.replace('_', ' ')} is suspended.")


def compared(facts: Facts, rule: Rule) -> Compared:
    """Who is suspended."""
    who = f"the {facts.suspended.replace('_', ' ')} is suspended" if facts.suspended else "nobody"
    return Compared(who, "nobody is suspended")


CHECK = Check(
    "suspension",
    Suspension,
    run,
    about="suspended",
    stage=0,
    compared=compared,
    needs=("suspended",),
)
