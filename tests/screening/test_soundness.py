"""Every fault of sense in a part is found, each once, and a sound part has none."""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.domain.fault_codes import Code, Faulty
from gatekeeper.screening.grammar import Context, Find, Gate, Parts
from gatekeeper.screening.soundness import (
    LONGEST_PATTERN,
    context_faults,
    find_faults,
    gate_faults,
    parts_faults,
    pattern_faults,
)


def codes(faults: Any) -> list[tuple[str, tuple[str | int, ...]]]:
    """Code and place of each fault."""
    return [(str(fault.code), fault.path) for fault in faults]


def bare(model: Any, **said: Any) -> Any:
    """A part that was not checked."""
    return model.model_construct(_fields_set=set(said), **said)


def test_sound_parts_have_no_faults() -> None:
    gate, find = Gate(digits=(9, 9)), Find(validator="ssn", groups=((3, 2, 4),))
    assert not [*gate_faults(gate), *find_faults(find)]
    assert not list(parts_faults(Parts(gate=gate, find=find, context=Context())))


@pytest.mark.parametrize(
    ("gate", "expected"),
    [
        ({}, [("GK601", ())]),
        ({"digits": (12, 9)}, [("GK601", ("digits",))]),
        ({"digits": (0, 9)}, [("GK601", ("digits",))]),
        ({"digits": (9, 41)}, [("GK601", ("digits",))]),
        ({"digits": (9, 9), "shape": "("}, [("GK601", ("shape",)), ("GK602", ("shape",))]),
    ],
)
def test_a_gate_that_cannot_open_rightly(gate: dict[str, Any], expected: list[Any]) -> None:
    assert codes(gate_faults(bare(Gate, **gate))) == expected


def test_all_faults_of_what_is_looked_for_are_told_at_once() -> None:
    find = bare(
        Find,
        validator="kard",
        re2=("(a", "b"),
        literals=True,
        group=1,
        words={"end": ("x",)},
        unless=(("nobody",),),
    )
    assert codes(find_faults(find)) == [
        ("GK601", ()),
        ("GK301", ("validator",)),
        ("GK602", ("re2", 0)),
        ("GK602", ("re2", 1)),
        ("GK601", ("unless",)),
        ("GK601", ("words", "end")),
        ("GK301", ("unless", 0, 0)),
    ]


def test_context_words_of_signs_are_faults_since_signs_are_passed_over() -> None:
    context = Context.model_construct(
        raise_=("ok", "!"), lower=("?",), against=(), require=(), exempt=()
    )
    assert codes(context_faults(context)) == [("GK601", ("raise", 1)), ("GK601", ("lower", 0))]


@pytest.mark.parametrize(
    ("pattern", "group", "told"),
    [
        ("a+", 0, ""),
        ("(a)", 1, ""),
        ("(a", 0, "missing )"),
        ("(?=a)", 0, "invalid perl operator"),
        ("a", 1, "no group 1"),
        ("a*", 0, ""),
        ("a" * (LONGEST_PATTERN + 1), 0, "the most are 2000"),
    ],
)
def test_a_pattern_says_why_it_is_not_taken(pattern: str, group: int, told: str) -> None:
    found: list[Faulty] = list(pattern_faults(pattern, group, "re2", 0))
    assert [(fault.code, fault.path) for fault in found] == (
        [(Code.PATTERN, ("re2", 0))] if told else []
    )
    assert all(told in str(fault) for fault in found)
