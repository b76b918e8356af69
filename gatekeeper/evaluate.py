"""What follows from the facts under the policy? Every check runs; the strictest verdict wins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from msgspec.structs import replace

from gatekeeper.checks import CHECKS
from gatekeeper.checks.contract import Run
from gatekeeper.domain.decision import Decision
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import STAGE, Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Mode
from gatekeeper.policy.ending import gone_at
from gatekeeper.policy.model import Policy, Rule
from gatekeeper.policy.plan import MAX_KINDS, Plan

INTERNAL_ERROR = "gate.internal_error"
"""Id of the finding that stands for a check that failed; no file can switch it off."""

_ROUNDS = 64
"""How often the way to the next allowed instant may move on before none is named."""


def evaluate(facts: Facts, policy: Policy) -> Decision:
    """Judge one message to one recipient at `facts.at`.

    All findings are kept, in order of reporting. `next_allowed_at` is named only for a deferred
    message: the first instant at which, on the same facts, it would go out.
    """
    decision = evaluate_now(facts, policy)
    if decision.verdict is not Verdict.DEFER:
        return decision
    later = _next_allowed_at(facts, policy, decision.findings)
    return replace(decision, next_allowed_at=later)


def evaluate_now(facts: Facts, policy: Policy) -> Decision:
    """As `evaluate`, for who does not ask when a deferred message may go."""
    findings = _findings(facts, policy)
    return Decision(strictest(findings), findings, policy.hash, facts.at)


def _findings(facts: Facts, policy: Policy) -> tuple[Finding, ...]:
    found = []
    for about, run, rules in _questions(policy.plan(facts)):
        if about is not None and not about(facts):
            continue
        for rule in rules:
            try:
                finding = run(facts, rule)
            except Exception:  # noqa: BLE001 - a check that fails must never let a message pass
                finding = _failed(rule)
            if finding is not None:
                found.append(rule.waived(finding, facts.at) if rule.waivers else finding)
    return in_order(found) if found else ()


_Question = tuple[Callable[[Facts], Any] | None, Run, tuple[Rule, ...]]

_KEPT: dict[int, tuple[Plan, tuple[_Question, ...]]] = {}
"""By identity of the plan, which is held so that the identity stays its own."""


def _questions(plan: Plan) -> tuple[_Question, ...]:
    """The checks that have rules in the plan, with what each is about; worked out once a plan."""
    kept = _KEPT.get(id(plan))
    if kept is None:
        if len(_KEPT) >= MAX_KINDS:
            _KEPT.clear()
        asked = tuple(
            (attrgetter(check.about) if check.about else None, check.run, plan[check.name])
            for check in CHECKS
            if check.name in plan
        )
        _KEPT[id(plan)] = kept = (plan, asked)
    return kept[1]


def _failed(rule: Rule) -> Finding:
    return Finding(
        rule=INTERNAL_ERROR,
        reason=Reason.INTERNAL_ERROR,
        verdict=Verdict.BLOCK,
        mode=Mode.ENFORCE,
        stage=STAGE[Reason.INTERNAL_ERROR],
        citation="Gatekeeper design, promise 4: fail closed",
        detail=f"Check {rule.check} failed, so nothing is known of what it asks.",
    )


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in order of reporting."""
    return tuple(sorted(findings, key=_order))


def _order(finding: Finding) -> tuple[int, int, str]:
    return finding.stage, -finding.effect, finding.rule


def strictest(findings: Sequence[Finding]) -> Verdict:
    """The verdict that these findings come to."""
    return max([finding.effect for finding in findings]) if findings else Verdict.ALLOW


def _next_allowed_at(
    facts: Facts, policy: Policy, findings: tuple[Finding, ...]
) -> datetime | None:
    """Move to where the last deferring finding may be gone and ask again, until none defers."""
    for _ in range(_ROUNDS):
        moment = _all_gone(findings, facts, policy)
        if moment is None:
            return None
        # A limiter's wait counts from the first instant; later there is nothing left of it.
        facts = replace(facts, at=moment, limits=())
        findings = _findings(facts, policy)
        verdict = strictest(findings)
        if verdict.forwards:
            return moment
        if verdict is not Verdict.DEFER:
            return None
    return None


def _all_gone(findings: tuple[Finding, ...], facts: Facts, policy: Policy) -> datetime | None:
    """Where the last of the deferring findings may be gone; None if one is never, or not later."""
    bound = {rule.id: rule for rules in policy.plan(facts).values() for rule in rules}
    ends = [
        gone_at(bound[finding.rule], finding.until, facts.places.zones, facts.at)
        for finding in findings
        if finding.effect is Verdict.DEFER
    ]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None
