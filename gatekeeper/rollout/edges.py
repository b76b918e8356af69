"""Does each rule turn exactly where its own numbers and dates say, and nowhere else?

From the tests beside a rule small changes are derived, to each side of every boundary. What must
be answered there is worked out from the file's words; the answer comes from `evaluate`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from gatekeeper.checks import CHECKS
from gatekeeper.checks.contract import Edge, Start
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.words import Mode
from gatekeeper.errors import InputRejected
from gatekeeper.evaluate import INTERNAL_ERROR, evaluate
from gatekeeper.numbering.trust import NO_TRUST, Trust
from gatekeeper.policy.faults import Fault
from gatekeeper.policy.model import Policy, Rollout, Rule, RuleCase, Source
from gatekeeper.policy.row import overlay
from gatekeeper.rollout.edges_scope import in_force, scope_edges
from gatekeeper.rollout.given import Screens, facts_of

_EDGES = {check.name: check.edges for check in CHECKS}


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A derived case, and what became of it."""

    rule: str
    test: str
    """Name of the test beside the rule that it is derived from."""
    source: Source
    edge: Edge
    row: Mapping[str, Any]
    expected: bool
    """Whether the rule must fire, its days taken into account."""
    fired: bool | None
    """None if it could not be judged."""
    problem: str = ""

    @property
    def holds(self) -> bool:
        """Whether the rule answers what its boundary says."""
        return self.fired is self.expected

    @property
    def fault(self) -> Fault:
        """What does not hold, at the place of the test it is derived from."""
        must = "must fire" if self.expected else "must be silent"
        got = self.problem or ("fires" if self.fired else "is silent")
        told = f"near-miss of {self.test}: {self.edge.of}: {self.edge.name}: {must}, but {got}"
        return Fault(self.source, f"{self.rule}: {told}")


def near_misses(
    policy: Policy, screener: Screens, only: Callable[[Rule], bool] = lambda rule: True
) -> Iterator[NearMiss]:
    """Every derived case of every rule, in file order; a rule that is off is judged as if on."""
    remembering = Remembering(screener)
    cases: dict[str, list[RuleCase]] = {}
    for case in policy.cases:
        cases.setdefault(case.rule, []).append(case)
    for rule in policy.rules:
        if only(rule):
            yield from RuleEdges(rule, remembering, policy.trust).judged(cases.get(rule.id, []))


class RuleEdges:
    """One rule alone, asked about the edges of its tests."""

    def __init__(self, rule: Rule, screener: Screens, trust: Trust = NO_TRUST) -> None:
        self._rule = replace(rule, mode=Mode.SHADOW, rollout=Rollout())
        self._screener, self._trust = screener, trust
        self._alone = Policy("near-misses", (self._rule,))
        always = replace(self._rule, effective_from=date.min, effective_to=None)
        self._always = Policy("near-misses", (always,))

    def judged(self, cases: list[RuleCase]) -> Iterator[NearMiss]:
        """The edges of the firing tests, then of the others: of each parameter from one test."""
        told: set[str] = set()
        for case in sorted(cases, key=lambda case: not case.fires):
            start = Start(case.given, facts_of(case.given, self._screener, self._trust), case.fires)
            if self.fires(case.given) is not case.fires:
                continue  # the test itself does not hold, and is told so
            edges = [edge for edge in self._edges(start) if edge.of not in told]
            told.update(edge.of for edge in edges)
            for edge in edges:
                yield self._near_miss(case, edge)

    def fires(self, row: Mapping[str, Any]) -> bool | None:
        """Whether the rule fires on a row; None if it cannot be asked."""
        try:
            facts = facts_of(row, self._screener, self._trust)
        except (ValidationError, InputRejected):
            return None
        return self._found(facts, self._alone)

    def _edges(self, start: Start) -> Iterator[Edge]:
        derive = _EDGES[self._rule.check]
        if derive is not None:
            yield from derive(start, self._rule)
        yield from scope_edges(start, self._rule, self._could_fire)

    def _could_fire(self, row: Mapping[str, Any]) -> bool:
        return bool(self._found(facts_of(row, self._screener, self._trust), self._always))

    def _found(self, facts: Facts, policy: Policy) -> bool | None:
        found = {finding.rule for finding in evaluate(facts, policy).findings}
        return None if INTERNAL_ERROR in found else self._rule.id in found

    def _near_miss(self, case: RuleCase, edge: Edge) -> NearMiss:
        row = overlay(case.given, edge.change)
        try:
            facts = facts_of(row, self._screener, self._trust)
        except (ValidationError, InputRejected) as error:
            problem = f"it cannot be read: {error}"
            return NearMiss(
                self._rule.id, case.name, case.source, edge, row, edge.fires, None, problem
            )
        fired = self._found(facts, self._alone)
        expected = edge.fires and in_force(self._rule, facts.at, facts.places.zones)
        problem = "" if fired is not None else "the check failed"
        return NearMiss(self._rule.id, case.name, case.source, edge, row, expected, fired, problem)


class Remembering:
    """A screener that screens each text once: near-misses say the same thing over and over."""

    def __init__(self, screener: Screens) -> None:
        self._screener = screener
        self._known: dict[Any, Any] = {}

    def screen(self, parts: Any, names: Any = ()) -> Any:
        """All matches in the parts."""
        key = (tuple(parts), tuple(names))
        if key not in self._known:
            self._known[key] = self._screener.screen(parts, names)
        return self._known[key]

    def told(self, parts: Any, names: Any = ()) -> Any:
        """What the parts tell their recipient."""
        return self._screener.told(parts, names)
