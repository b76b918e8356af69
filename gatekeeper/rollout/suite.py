"""What does everything that is said of a policy come to: tests, tables, near-misses, pins?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from gatekeeper.domain.words import Mode
from gatekeeper.policy.model import Policy, Source
from gatekeeper.rollout.edge_pins import Pin, Pinned, judge_pins
from gatekeeper.rollout.edges import NearMiss, near_misses
from gatekeeper.rollout.prove import Proved
from gatekeeper.rollout.ready import Judge, proof
from gatekeeper.rollout.tables import RowResult, TableRow, run_table


class Told(Protocol):
    """What every result has."""

    @property
    def holds(self) -> bool:
        """Whether it is as it must be."""


Result = TypeVar("Result", bound=Told)


@dataclass(frozen=True, slots=True)
class Suite:
    """Everything that one run found."""

    policy: Policy
    proved: Sequence[Proved] = ()
    rows: Sequence[RowResult] = ()
    near: Sequence[NearMiss] = ()
    pinned: Sequence[Pinned] = ()
    faults: Sequence[str] = ()
    """Of files that could not be read."""

    @property
    def results(self) -> Iterator[Told]:
        """All results, whatever kind they are of."""
        kinds: tuple[Sequence[Told], ...] = (self.proved, self.rows, self.near, self.pinned)
        for results in kinds:
            yield from results

    @property
    def holds(self) -> bool:
        """Whether all of it holds and every file could be read."""
        return not self.faults and all(each.holds for each in self.results)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be run: only what has the word in its rule, its name or its place."""

    word: str = ""

    def takes(self, *told: str) -> bool:
        """Whether a result of that rule, name and place is wanted."""
        return not self.word or any(self.word.lower() in each.lower() for each in told)

    def row(self, row: TableRow) -> bool:
        """Whether a row is wanted; the rules that it expects are its rules."""
        return self.takes(row.name, str(row.source.file), *(row.expect.findings or ()))


ALL = Wanted()


@dataclass(frozen=True, slots=True)
class Material:
    """What a run is made from."""

    judge: Judge
    rows: tuple[TableRow, ...] = ()
    pins: tuple[Pin, ...] = ()
    own: bool = True
    """Whether the tests beside the rules, and what is derived from them, are run as well."""
    faults: tuple[str, ...] = ()


Advance = Callable[[str, int | None], None]
"""Told the kind of each result as it is found, and of how many it is one, if that is known."""


def run_suite(
    material: Material, wanted: Wanted = ALL, advance: Advance = lambda kind, total: None
) -> Suite:
    """Judge all of it."""
    judge = material.judge
    on = judge.policy.judging(mode=Mode.SHADOW)
    rows = tuple(row for row in material.rows if wanted.row(row))
    results = run_table(rows, judge.policy, judge.screener, complete=material.own)
    proved: Iterable[Proved] = ()
    near: Iterable[NearMiss] = ()
    pinned: Iterable[Pinned] = ()
    if material.own:
        tests = (p for p in proof(judge) if wanted.takes(p.subject, p.name, _file(p.source)))
        proved = _counted("examples", tests, advance, len(judge.policy.cases))
        sources = {rule.id: _file(rule.source) for rule in on.rules}
        near = near_misses(on, judge.screener, lambda r: wanted.takes(r.id, sources[r.id]))
        pins = (pin for pin in material.pins if wanted.takes(pin.rule, _file(pin.source)))
        pinned = judge_pins(pins, on, judge.screener)
    return Suite(
        judge.policy,
        tuple(proved),
        tuple(_counted("rows of tables", results, advance, len(rows))),
        tuple(_counted("near-misses", near, advance)),
        tuple(_counted("pinned near-misses", pinned, advance)),
        material.faults,
    )


def _file(source: Source) -> str:
    return str(source.file)


def _counted(
    kind: str, results: Iterable[Result], advance: Advance, total: int | None = None
) -> Iterator[Result]:
    for result in results:
        advance(kind, total)
        yield result
