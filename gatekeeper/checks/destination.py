"""Is the recipient's address one that a message may go to at all?"""

from __future__ import annotations

from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class Destination(Params):
    """Which problems of the recipient's address the rule speaks of."""

    problems: frozenset[Reason]


def run(facts: Facts, rule: Rule) -> Finding | None:
    """The reading's own problem; fictional numbers may pass in the built-in sandbox."""
    params: Destination = rule.params
    problem = facts.recipient.problem
    if problem is None or problem not in params.problems:
        return None
    if facts.sandbox and problem is Reason.DESTINATION_FICTIONAL:
        return None
    return rule.finding(problem, facts.recipient.detail or _plain(problem))


def _plain(problem: Reason) -> str:
    return f"The destination reads as {problem.partition('.')[2].replace('_', ' ')}."


def compared(facts: Facts, rule: Rule) -> Compared:
    """How the address reads."""
    params: Destination = rule.params
    problem = facts.recipient.problem
    asked = ", ".join(sorted(params.problems))
    return Compared(str(problem) if problem else "a number that can be sent to", f"not {asked}")


CHECK = Check(
    "destination",
    Destination,
    run,
    compared=compared,
    needs=("recipient.problem", "recipient.detail", "sandbox"),
)
