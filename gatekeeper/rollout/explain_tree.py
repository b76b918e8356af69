"""Which rules were considered for a message, and what did each of them compare?

The tree is built beside a decision that `evaluate` has made, only when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from pydantic import Field

from gatekeeper.checks import CHECKS, Check
from gatekeeper.checks.contract import Compared
from gatekeeper.domain.decision import Decision
from gatekeeper.domain.facts import Facts, Listing
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import STAGE, Reason
from gatekeeper.domain.words import Mode
from gatekeeper.evaluate import INTERNAL_ERROR, evaluate
from gatekeeper.numbering.zones import local
from gatekeeper.policy.model import Policy, Rule
from gatekeeper.policy.row import Shape
from gatekeeper.rollout.change import RemedyShape, remedy
from gatekeeper.rollout.explain_binding import left_out, out_of_force

STAGES: Mapping[int, str] = {
    0: "safety and identity",
    1: "destination",
    2: "the recipient's own will",
    3: "place and purpose",
    4: "consent",
    5: "external lists",
    6: "content",
    7: "registrations",
    8: "day bans and hours",
    9: "frequency",
    10: "capacity and fair use",
}


class ListTrace(Shape):
    """The answer of one list."""

    list: str
    answer: str = Field(description="hit, clear, not-checked, stale or error.")
    version: str | None
    as_of: datetime | None
    age_days: float | None
    since: date | None


class RuleTrace(Shape):
    """What became of one rule."""

    rule: str
    title: str
    outcome: str = Field(description="fires, silent, does_not_bind, not_in_force, off or failed.")
    why: str
    value: str | None = Field(description="What is so; null for a rule that was not asked.")
    limit: str | None = Field(description="What the rule asks.")
    near: bool = Field(description="Whether little is missing until it answers otherwise.")
    verdict: str
    reason: str | None
    until: datetime | None
    mode: str = Field(description="off, shadow or enforce, as it is for this message.")
    limited: str | None = Field(description="Why it is not enforced here; a waiver, if any.")
    citation: str
    confidence: str
    lists: tuple[ListTrace, ...]


class CheckTrace(Shape):
    """The rules of one check."""

    check: str
    rules: tuple[RuleTrace, ...]


class StageTrace(Shape):
    """One stage in the order of reporting."""

    stage: int
    name: str
    checks: tuple[CheckTrace, ...]


class Tree(Shape):
    """Everything that was considered, and the least that would let the message go."""

    verdict: str
    reason: str | None
    next_allowed_at: datetime | None
    at: datetime
    places: tuple[str, ...]
    clocks: tuple[str, ...] = Field(description="The local time in each candidate zone.")
    confidence: str = Field(description="What the places rest on.")
    stages: tuple[StageTrace, ...]
    change: RemedyShape | None = Field(description="Null for a message that goes as it is.")
    policy: str


def explain(
    facts: Facts, policy: Policy, decision: Decision | None = None, *, whole: bool = False
) -> Tree:
    """The whole tree; `decision` where it was made already.

    Without `whole`, for a tenant to read: it holds no rule of another tenant and names none of
    another's campaigns.
    """
    decision = decision or evaluate(facts, policy)
    return Tree(
        verdict=decision.verdict.label,
        reason=decision.reason,
        next_allowed_at=decision.next_allowed_at,
        at=facts.at,
        places=tuple(sorted(facts.places.regions)),
        clocks=clocks(facts, facts.at),
        confidence=facts.places.confidence,
        stages=tuple(_stages(facts, policy, decision, whole=whole)),
        change=remedy(facts, policy),
        policy=policy.hash,
    )


def clocks(facts: Facts, at: datetime) -> tuple[str, ...]:
    """What the clock shows in each candidate zone."""
    return tuple(f"{local(at, name):%a %Y-%m-%d %H:%M} {name}" for name in facts.places.zones)


def trace(rule_id: str, facts: Facts, policy: Policy, decision: Decision) -> RuleTrace | None:
    """What became of one rule; None if there is no such rule."""
    rule = policy.rule(rule_id)
    if rule is None:
        return None
    check = next(check for check in CHECKS if check.name == rule.check)
    return _Considered(facts, policy, decision, whole=True).rule(check, rule)[1]


def _stages(
    facts: Facts, policy: Policy, decision: Decision, *, whole: bool
) -> Iterator[StageTrace]:
    considered = _Considered(facts, policy, decision, whole=whole)
    found: dict[int, dict[str, list[RuleTrace]]] = {}
    for check in CHECKS:
        for rule in policy.by_check.get(check.name, ()):
            tenants = rule.applies.tenants
            if tenants and facts.tenant not in tenants and not whole:
                continue
            stage, told = considered.rule(check, rule)
            found.setdefault(stage, {}).setdefault(check.name, []).append(told)
    for stage, checks in sorted(found.items()):
        of_checks = tuple(CheckTrace(check=c, rules=tuple(rules)) for c, rules in checks.items())
        yield StageTrace(stage=stage, name=STAGES[stage], checks=of_checks)


class _Considered:
    """Every rule against one message that was judged."""

    def __init__(self, facts: Facts, policy: Policy, decision: Decision, *, whole: bool) -> None:
        self._facts, self._whole = facts, whole
        self._found = {finding.rule: finding for finding in decision.findings}
        self._failed = self._found.get(INTERNAL_ERROR)
        plan = policy.plan(facts)
        self._bound = {rule.id: rule for rules in plan.values() for rule in rules}

    def rule(self, check: Check, rule: Rule) -> tuple[int, RuleTrace]:
        """Where it is reported, and what became of it."""
        finding = self._found.get(rule.id)
        stage = finding.stage if finding else stage_of(check, rule)
        bound = self._bound.get(rule.id)
        if bound is None:
            return stage, self._not_asked(rule)
        return stage, self._asked(check, rule, bound, finding)

    def _not_asked(self, rule: Rule) -> RuleTrace:
        outcome, why = "does_not_bind", "; ".join(left_out(rule, self._facts, whole=self._whole))
        dated = out_of_force(rule, self._facts)
        if rule.mode is Mode.OFF:
            outcome = "off"
        elif dated is not None:
            outcome, why = "not_in_force", dated
        return _told(rule, outcome, why)

    def _asked(self, check: Check, rule: Rule, bound: Rule, finding: Finding | None) -> RuleTrace:
        compared = check.compared(self._facts, bound) if check.compared else None
        if finding is None and self._failed and f"Check {check.name} " in self._failed.detail:
            return _told(rule, "failed", self._failed.detail)
        said = _compared(compared, self._facts)
        if finding is None:
            return _told(rule, "silent", "It is met.", mode=bound.mode, **said)
        return _told(
            rule,
            "fires",
            finding.detail,
            mode=finding.mode,
            reason=finding.reason,
            until=finding.until,
            limited=_limited(rule, bound, finding),
            **said,
        )


def stage_of(check: Check, rule: Rule) -> int:
    """Where a finding of the rule would be reported, as far as it can be told before it fires."""
    params = rule.params
    own = getattr(params, "stage", None)
    if own is not None:
        return int(own)
    reasons = getattr(params, "problems", None) or ()
    if reasons:
        return min(STAGE[Reason(reason)] for reason in reasons)
    return check.stage or 0


def _compared(compared: Compared | None, facts: Facts) -> dict[str, object]:
    if compared is None:
        return {}
    lists = tuple(_listed(name, facts) for name in compared.lists)
    return {"value": compared.value, "limit": compared.limit, "near": compared.near, "lists": lists}


def _listed(name: str, facts: Facts) -> ListTrace:
    listing = facts.listings.get(name, Listing())
    age = (facts.at - listing.as_of).total_seconds() / 86_400 if listing.as_of else None
    return ListTrace(
        list=name,
        answer=listing.answer,
        version=listing.version,
        as_of=listing.as_of,
        age_days=None if age is None else round(age, 2),
        since=listing.since,
    )


def _limited(rule: Rule, bound: Rule, finding: Finding) -> str | None:
    """Why a rule that fires has no effect, if so."""
    if finding.waiver is not None:
        return f"waived by {finding.waiver}"
    if finding.mode is Mode.ENFORCE:
        return None
    if bound.observed and bound.mode is Mode.ENFORCE:
        return "the tenant is in its observe time"
    if rule.mode is Mode.ENFORCE and rule.rollout.tenants:
        return "rolled out to some tenants or recipients, and not here"
    if rule.mode is Mode.ENFORCE:
        return f"rolled out to {rule.rollout.percent:g} % of recipients, and not to this one"
    return "the rule is in shadow"


def _told(rule: Rule, outcome: str, why: str, **more: object) -> RuleTrace:
    plain: dict[str, object] = {
        "value": None,
        "limit": None,
        "near": False,
        "reason": None,
        "until": None,
        "mode": rule.mode,
        "limited": None,
        "lists": (),
    }
    return RuleTrace(
        rule=rule.id,
        title=rule.title,
        outcome=outcome,
        why=why,
        verdict=rule.verdict.label,
        citation=rule.citation,
        confidence=rule.confidence,
        **{**plain, **more},
    )
