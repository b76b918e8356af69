"""Is what a tenant calls tightening nowhere looser than the rule of all that it names?

The rules are compared exactly (`checks.looser`); and every near-miss of either rule's tests is
asked of both, so that a mistake in the comparison would show in a message.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gatekeeper.checks.looser import looser
from gatekeeper.domain.fault_codes import Code
from gatekeeper.policy.faults import Fault
from gatekeeper.policy.model import Applies, Policy, Rule, RuleCase, Source
from gatekeeper.rollout.edges import Remembering, RuleEdges
from gatekeeper.rollout.given import Screens

FLOOR = "floor"
"""The folder of what law demands."""


def loosened(policy: Policy) -> Iterator[Fault]:
    """Every rule of a tenant that is looser than what it tightens, with its counterexample."""
    for floor, rule in _pairs(policy):
        told = _told(floor, rule)
        if told is not None:
            yield Fault(rule.source, told, Code.LOOSENED)


def found_looser(policy: Policy, screener: Screens) -> Iterator[Fault]:
    """As `loosened`, by asking both rules about every near-miss of their tests: about 50 ms each.

    The rule of all judges beside the tenant's, so nothing passes that it stops; therefore this
    is asked by `policy check` and not each time that the gate loads a thousand tenants' files.
    """
    remembering = Remembering(screener)
    cases: dict[str, list[RuleCase]] = {}
    for case in policy.cases:
        cases.setdefault(case.rule, []).append(case)
    for floor, rule in _pairs(policy):
        beside = [*cases.get(rule.id, ()), *cases.get(floor.id, ())]
        told = _found(floor, rule, beside, remembering)
        if told is not None:
            yield Fault(rule.source, told, Code.LOOSENED)


def below_shipped(policy: Policy, shipped: Policy) -> Iterator[Fault]:
    """Where a folder's floor asks less than the floor that ships, by which message.

    A folder of one's own is its operator's to answer for, so this is a warning; one that has
    nothing of the shipped floor is no copy of it, and is not compared.
    """
    own = {rule.id: rule for rule in policy.rules if not rule.applies.tenants}
    floors = [rule for rule in shipped.rules if rule.source.file.parts[0] == FLOOR]
    for floor in floors if any(rule.id in own for rule in floors) else ():
        rule = own.get(floor.id)
        if rule == floor:
            continue
        if rule is None:
            gone = f"{floor.id}, which ships with the gate, is not in this folder"
            yield Fault(Source(floor.source.file), gone, Code.BELOW)
        elif told := looser(floor, rule):
            yield Fault(rule.source, f"looser than {floor.id} as it ships: {told}", Code.BELOW)


def _pairs(policy: Policy) -> Iterator[tuple[Rule, Rule]]:
    rules = {rule.id: rule for rule in policy.rules}
    for rule in policy.rules:
        if rule.tightens is not None:
            yield rules[rule.tightens], rule


def _told(floor: Rule, rule: Rule) -> str | None:
    """A stricter form on trial is no loosening, since the rule of all binds beside it."""
    on_trial = replace(rule, applies=_everybodys(rule), mode=floor.mode)
    told = looser(floor, on_trial)
    if told is None and _same(floor, on_trial):
        told = looser(floor, rule)
        if told is None:
            return f"{floor.id} is not tightened: nothing of it is changed"
    return told and f"{floor.id} is loosened: {told}"


def _everybodys(rule: Rule) -> Applies:
    return replace(rule.applies, tenants=frozenset())


def _same(floor: Rule, rule: Rule) -> bool:
    return (
        floor.params == rule.params
        and floor.verdict is rule.verdict
        and floor.applies == rule.applies
        and floor.effective_from == rule.effective_from
        and floor.effective_to == rule.effective_to
    )


def _found(floor: Rule, rule: Rule, cases: list[RuleCase], screener: Screens) -> str | None:
    """A derived message that the floor stops and the tenant's rule does not."""
    was = RuleEdges(floor, screener)
    now = RuleEdges(replace(rule, applies=_everybodys(rule)), screener)
    for case in cases:
        if was.fires(case.given) and not now.fires(case.given):
            return f"{floor.id} is loosened: the floor stops {case.name}, this would let it pass"
    for one, other, stops in ((was, now, True), (now, was, False)):
        for near in one.judged(cases):
            if near.fired is stops and bool(other.fires(near.row)) is not stops:
                where = f"{near.test}, {near.edge.of}: {near.edge.name}"
                return f"{floor.id} is loosened: the floor stops {where}; this would let it pass"
    return None
