"""Does every rule fire somewhere and stay silent somewhere, and which of its lines are crossed?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gatekeeper.policy.model import Policy, Rule
from gatekeeper.rollout.suite import ALL, Suite, Wanted
from gatekeeper.rollout.tables import RowResult


@dataclass(frozen=True, slots=True)
class Count:
    """How often a rule fired, and how often it was asked and stayed silent."""

    fires: int = 0
    silent: int = 0


@dataclass(frozen=True, slots=True)
class Covered:
    """What shows one rule at work."""

    rule: str
    tests: Count
    rows: Count
    near: Count
    pinned: int
    crossed: tuple[str, ...]
    """Parameters, dates and scopes whose boundary a near-miss crosses."""
    uncrossed: tuple[str, ...]
    """What the rule says beside them: nothing is derived from it."""

    @property
    def whole(self) -> bool:
        """Whether the rule fires somewhere and stays silent somewhere."""
        counts = (self.tests, self.rows, self.near)
        return any(c.fires for c in counts) and any(c.silent for c in counts)


def cover(suite: Suite, wanted: Wanted = ALL) -> tuple[Covered, ...]:
    """Of every rule that was wanted what a run shows; results that do not hold show nothing."""
    policy = suite.policy
    tests, rows, near = _tests(suite), _rows(suite), _near(suite)
    pinned = Counter(each.pin.rule for each in suite.pinned if each.holds)
    crossed = _crossed(suite)
    return tuple(
        Covered(
            rule.id,
            _count(tests, rule.id),
            _count(rows, rule.id),
            _count(near, rule.id),
            pinned[rule.id],
            tuple(sorted(crossed.get(rule.id, ()))),
            tuple(sorted(_lines(rule) - crossed.get(rule.id, set()))),
        )
        for rule in policy.rules
        if wanted.takes(rule.id, str(rule.source.file))
    )


Tally = Counter[tuple[str, bool]]


def _count(tally: Tally, rule: str) -> Count:
    return Count(tally[rule, True], tally[rule, False])


def _tests(suite: Suite) -> Tally:
    fires = {(case.rule, case.name): case.fires for case in suite.policy.cases}
    keys = ((each.subject, each.name) for each in suite.proved if each.holds)
    return Counter((rule, fires[rule, name]) for rule, name in keys if (rule, name) in fires)


def _rows(suite: Suite) -> Tally:
    found: Tally = Counter()
    for row in suite.rows:
        if row.holds:
            found.update(_asked(suite.policy, row))
    return found


def _asked(policy: Policy, row: RowResult) -> Iterator[tuple[str, bool]]:
    """Every rule that was asked of the row, and whether it fired."""
    fired = {finding.rule for finding in row.decision.findings}
    for rules in policy.plan(row.facts).values():
        for rule in rules:
            yield rule.id, rule.id in fired


def _near(suite: Suite) -> Tally:
    return Counter((each.rule, bool(each.fired)) for each in suite.near if each.holds)


def _crossed(suite: Suite) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in suite.near:
        if each.holds:
            found.setdefault(each.rule, set()).add(each.edge.of)
    return found


def _lines(rule: Rule) -> set[str]:
    """Everything in a rule that could draw a line."""
    applies = rule.applies
    scopes = {
        "applies.channels": applies.channels,
        "applies.purposes": applies.purposes,
        "applies.technologies": applies.technologies,
        "applies.sender_kinds": applies.sender_kinds,
        "applies.campaigns": applies.campaigns,
        "applies.postures": applies.postures,
        "applies.line_types": applies.line_types,
        "applies.exemptions": applies.exemptions,
        "jurisdiction": applies.jurisdiction,
        "effective.from": rule.effective_from.year > 1,
        "effective.to": rule.effective_to,
    }
    return {*rule.said, *(name for name, value in scopes.items() if value)}
