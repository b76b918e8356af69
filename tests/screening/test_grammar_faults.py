"""All faults of a detector's parts are told at once, and none that only follows from another."""

from __future__ import annotations

import pytest

from gatekeeper.domain.fault_codes import Code, Faulty
from gatekeeper.errors import PolicyError
from gatekeeper.screening.grammar import parse
from gatekeeper.screening.grammar_faults import Several, refuse
from tests.screening.test_grammar import HEAD
from tests.support.detectors import detector


def told(rest: str) -> list[str]:
    """What is said of a detector with these parts."""
    with pytest.raises(PolicyError) as refused:
        parse(detector("sample", HEAD + rest))
    return [fault.message.removeprefix("sample: ") for fault in refused.value.found]


def test_several_faults_are_raised_as_one_and_none_raises_nothing() -> None:
    refuse(())
    with pytest.raises(Several) as several:
        refuse([Faulty(Code.PATTERN, "one"), Faulty(Code.PATTERN, "two")])
    assert str(several.value) == "one; two"


def test_faults_of_shape_and_of_sense_in_all_parts_are_told_together() -> None:
    rest = """
gate: {words: [waht], digit: [9, 9]}
find:
  words: {what: [x]}
  tokens: [[what, {gap: 99}, whom], [{maybe: what}], [what, start]]
context: {rise: [a], window: 99, lower: ["!"]}
"""
    assert told(rest) == [
        "gate.words.0: gate names the unknown word set waht (did you mean what?)",
        "gate.digit: unknown key digit (did you mean digits?)",
        "find.tokens.0.1.gap: a gap is a whole number from 1 to 12",
        "find.tokens.0.2: unknown word set whom",
        "find.tokens.1: a pattern needs a word or a form that must stand there: "
        "this one fits anything",
        "find.tokens.2.1: start stands first in a pattern",
        "context.rise: unknown key rise (did you mean raise?)",
        "context.window: input should be less than or equal to 20",
        "context.lower.0: '!' has neither letter nor digit: signs are passed over in texts",
    ]


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (
            "gate: {literal: [x]}\nfind: {literals: true}",
            ["gate.literal: unknown key literal (did you mean literals?)"],
        ),
        (
            "gate: {literals: [x]}\nfind: {token: [[a]], unless: [[[b]]]}",
            ["find.token: unknown key token (did you mean tokens?)"],
        ),
        (
            "gate: {literals: [x]}\nfind: {words: [a], tokens: [[a]]}",
            ["find.words: must be a mapping"],
        ),
        (
            "gate: {digits: nine}\nfind: {validator: any, groups: [[5, 5]]}",
            ["gate.digits: must be the fewest and the most digits, as [9, 9]"],
        ),
        (
            "gate: {literals: [x]}\nfind: {re2: [7]}",
            ["find.re2.0: must be a text; put it between quotation marks"],
        ),
    ],
)
def test_what_only_follows_from_a_fault_is_not_told(rest: str, expected: list[str]) -> None:
    assert told(rest) == expected
