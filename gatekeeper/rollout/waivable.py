"""Could any waiver ever let pass what a rule finds, or are all its reasons beyond any leave?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gatekeeper.domain.reason import NEVER_OVERRIDABLE, Reason
from gatekeeper.domain.words import Mode
from gatekeeper.evaluate import evaluate
from gatekeeper.policy.faults import Fault
from gatekeeper.policy.model import Policy, Rollout, Source
from gatekeeper.rollout.given import Screens, facts_of


def unwaivable(policy: Policy, screener: Screens) -> Iterator[Fault]:
    """Waivers that name a rule which finds, in all its tests, what nothing may let pass."""
    known: dict[str, frozenset[Reason]] = {}
    for waiver in policy.waivers:
        for name in sorted(waiver.rules):
            if name not in known:
                known[name] = reasons_of(name, policy, screener)
            if known[name] and known[name] <= NEVER_OVERRIDABLE:
                told = ", ".join(sorted(known[name]))
                message = f"no waiver speaks of {name}: nothing lets pass {told}"
                yield Fault(waiver.source or Source(policy.rules[0].source.file), message)


def reasons_of(name: str, policy: Policy, screener: Screens) -> frozenset[Reason]:
    """The reasons that a rule gives in the tests in which it fires."""
    rule = policy.rule(name)
    if rule is None:
        return frozenset()
    alone = Policy("alone", (replace(rule, mode=Mode.ENFORCE, rollout=Rollout()),))
    rows = (case.given for case in policy.cases if case.rule == name and case.fires)
    found = (evaluate(facts_of(row, screener), alone).findings for row in rows)
    return frozenset(finding.reason for each in found for finding in each)
