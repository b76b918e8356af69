"""Is it told of every fact whether a record keeps it, and does each check say what it reads?"""

from __future__ import annotations

import dataclasses
import types
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from gatekeeper.checks import CHECKS
from gatekeeper.checks.answer import CONFIRMATION, ONCE
from gatekeeper.domain.consent import Consent, ConsentAct
from gatekeeper.domain.facts import Facts, LimitAnswer
from gatekeeper.domain.match import Match
from gatekeeper.rollout.given import facts_of
from gatekeeper.rollout.kept import KEPT, NOT_KEPT, PARTLY, lacks
from gatekeeper.rollout.recorded import FORMAT
from gatekeeper.rollout.tables import read_table
from tests.rollout.test_recording import read_back
from tests.support.any_facts import START, any_facts
from tests.support.shipped import FOLDER, shipped

TABLES = (KEPT, PARTLY, NOT_KEPT)


def leaves(kind: type, name: str = "") -> Iterator[str]:
    """The names of all facts, down to what holds no further ones."""
    for field, hint in get_type_hints(kind).items():
        if isinstance(kind, type) and field not in _fields(kind):
            continue
        path = f"{name}.{field}" if name else field
        inner = [each for each in _named(hint) if _fields(each)]
        for each in inner:
            yield from leaves(each, path)
        if not inner:
            yield path


def _fields(kind: type) -> tuple[str, ...]:
    if dataclasses.is_dataclass(kind):
        return tuple(field.name for field in dataclasses.fields(kind))
    return tuple(getattr(kind, "__struct_fields__", ()))


def _named(hint: Any) -> Iterator[type]:
    """The types in a hint: `tuple[Sent, ...] | None` holds Sent."""
    if get_origin(hint) in (Union, types.UnionType) or get_args(hint):
        for each in get_args(hint):
            yield from _named(each)
    elif isinstance(hint, type):
        yield hint


LEAVES = tuple(leaves(Facts))


def _speaks_of(name: str, leaf: str) -> bool:
    return leaf == name or leaf.startswith(f"{name}.")


def _table_of(leaf: str) -> list[int]:
    """The tables whose longest name speaks of the fact."""
    lengths = [
        max((len(name) for name in table if _speaks_of(name, leaf)), default=0) for table in TABLES
    ]
    return [n for n, length in enumerate(lengths) if length and length == max(lengths)]


@pytest.mark.parametrize("leaf", LEAVES)
def test_it_is_told_of_each_fact_whether_it_is_kept(leaf: str) -> None:
    """A new fact fails here until the recording writes it, or a reason is given why not."""
    assert len(_table_of(leaf)) == 1


@pytest.mark.parametrize("name", [name for table in TABLES for name in table])
def test_no_table_names_a_fact_that_there_is_not(name: str) -> None:
    assert any(_speaks_of(name, leaf) for leaf in LEAVES)


def _value(facts: Any, names: list[str]) -> Any:
    """What a dotted name leads to; of several, each."""
    for n, name in enumerate(names):
        if isinstance(facts, tuple):
            return [_value(each, names[n:]) for each in facts]
        if isinstance(facts, dict):
            return {key: _value(each, names[n:]) for key, each in facts.items()}
        facts = None if facts is None else getattr(facts, name)
    return facts


WRITTEN_AS_WORDS = {
    "line_type", "tag", "recording_consent", "message_class", "language", "stated.region",
    "stated.timezone", "stated.source",
}  # fmt: skip
"""What is no word becomes `(free text)`."""


@settings(max_examples=200, deadline=None)
@given(any_facts)
def test_what_is_kept_is_read_back_as_it_was(facts: Facts) -> None:
    back = read_back(facts)
    for leaf in LEAVES:
        (table,) = _table_of(leaf)
        was, is_now = (_value(each, leaf.split(".")) for each in (facts, back))
        if TABLES[table] is KEPT and not (leaf in WRITTEN_AS_WORDS and is_now == "(free text)"):
            assert is_now == was, leaf


class Traced:
    """Facts that note which of them are read."""

    def __init__(self, value: Any, name: str, read: set[str]) -> None:
        self.__dict__.update(_value=value, _name=name, _read=read)

    def __getattr__(self, field: str) -> Any:
        name = f"{self._name}.{field}" if self._name else field
        return traced(getattr(self._value, field), name, self._read)


def traced(value: Any, name: str, read: set[str]) -> Any:
    if isinstance(value, (msgspec.Struct, Match)):
        return Traced(value, name, read)
    read.add(name)
    if isinstance(value, tuple) and value and isinstance(value[0], (msgspec.Struct, Match)):
        return tuple(Traced(each, name, read) for each in value)
    return value


CONFIRMING: dict[str, Any] = {
    "kind": CONFIRMATION,
    "consent": Consent(ended_by=ConsentAct.OPT_OUT, ended_at=START),
    "limits": (LimitAnswer(ONCE),),
}
"""What makes any message the confirmation of an opt-out."""


@cache
def read_by_checks() -> dict[str, set[str]]:
    """What each check reads of the rows of all shipped tables and tests, in every rule."""
    judge, found = shipped(), defaultdict[str, set[str]](set)
    rows = [
        row.whole for file in sorted((FOLDER / "tests").glob("*.yaml")) for row in read_table(file)
    ]
    runs = {check.name: check.run for check in CHECKS}
    for row in (*rows, *(case.given for case in judge.policy.cases)):
        facts = facts_of(row, judge.screener)
        for each in (facts, replace(facts, **CONFIRMING)):
            for name, rules in judge.policy.plan(each).items():
                for rule in rules:
                    runs[name](Traced(each, "", found[name]), rule)  # type: ignore[arg-type]
    return found


IN_USE = tuple(check for check in CHECKS if check.name in shipped().policy.by_check)
"""The checks that shipped rules use."""


def _covered(name: str, needs: tuple[str, ...]) -> bool:
    """Whether the needs speak of what was read; what has parts is read by its parts."""
    return any(_speaks_of(need, name) or _speaks_of(name, need) for need in needs)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_a_check_reads_no_fact_that_it_does_not_name(check: Any) -> None:
    read = read_by_checks()[check.name]
    assert {name for name in read if not _covered(name, check.needs)} == set()


@pytest.mark.parametrize("check", IN_USE, ids=lambda check: check.name)
def test_a_check_names_no_fact_that_it_does_not_read(check: Any) -> None:
    read = read_by_checks()[check.name]
    assert {n for n in check.needs if not any(_covered(name, (n,)) for name in read)} == set()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_the_format_of_now_suffices_for_every_check(check: Any) -> None:
    assert [need for need in check.needs if lacks(need, FORMAT)] == []


@pytest.mark.parametrize(
    ("needed", "version", "lacking"),
    [
        ("at", 1, False),
        ("sender.state", 1, False),
        ("sender.reading.problem", 1, True),
        ("sender.reading.problem", 2, False),
        ("places", 1, False),
        ("places.zones", 1, False),
        ("template.name", 1, False),
        ("template", 1, True),
        ("recipient.number.e164", 1, False),
        ("stated.postal", 2, True),
        ("weather", 2, True),
    ],
)
def test_what_a_record_lacks(needed: str, version: int, lacking: bool) -> None:
    assert lacks(needed, version) is lacking
