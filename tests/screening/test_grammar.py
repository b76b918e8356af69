"""A detector that does not follow the grammar is refused with its place."""

from __future__ import annotations

import pytest

from gatekeeper.errors import PolicyError
from gatekeeper.screening.grammar import Gap, Maybe, parse
from tests.support.detectors import detector, shipped_detectors

HEAD = """
id: sample
family: payment
title: A sample
citation: none
verified_on: 2026-11-20
likelihood: likely
positives: [a]
negatives: [b]
"""


def faults(rest: str) -> str:
    """What is said of a detector with these parts."""
    with pytest.raises(PolicyError) as refused:
        parse(detector("sample", HEAD + rest))
    return "\n".join(refused.value.faults)


def test_every_shipped_detector_follows_the_grammar() -> None:
    assert len([parse(each) for each in shipped_detectors()]) >= 15


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("gate: {}\nfind: {literals: true}", "a gate needs literals"),
        ("gate: {digits: [12, 19]}\nfind: {validator: kard}", "unknown validator kard"),
        ("gate: {literals: [x]}\nfind: {validator: card}", "needs a digits gate"),
        ("gate: {literals: [x]}\nfind: {}", "exactly one of"),
        ("gate: {literals: [x]}\nfind: {re2: ['(a']}", "not an RE2 pattern"),
        ("gate: {literals: [x]}\nfind: {re2: ['(?=a)']}", "not an RE2 pattern"),
        ("gate: {literals: [x]}\nfind: {re2: ['a'], group: 1}", "has no group 1"),
        ("gate: {literals: [x]}\nfind: {tokens: [[who]]}", "unknown word set who"),
        ("gate: {literals: [x]}\nfind: {tokens: [[{maybe: who}]]}", "unknown word set who"),
        ("gate: {literals: [x]}\nfind: {tokens: [[[x], start]]}", "start stands first"),
        (
            "gate: {literals: [x]}\nfind: {words: {end: [x]}, tokens: [[end]]}",
            "end is a step of its own",
        ),
        ("gate: {words: [who]}\nfind: {literals: true}", "unknown word set who"),
        ("gate: {digits: [9, 9]}\nfind: {literals: true}", "needs words in the gate"),
        ("gate: {literals: [x]}\nfind: {literals: true}\ncontext: {rise: [a]}", "context.rise"),
    ],
)
def test_a_fault_is_told_with_its_place(rest: str, told: str) -> None:
    said = faults(rest)
    assert told in said
    assert said.startswith("content/payment/sample.yaml:")


def test_steps_of_a_token_pattern_are_read() -> None:
    rest = """
gate: {words: [who]}
find:
  words: {who: [your, their]}
  tokens: [[who, {gap: 3}, {maybe: who}, [a, b], number, other, end]]
"""
    parts = parse(detector("sample", HEAD + rest))
    assert parts.find.tokens == (
        ("who", Gap(gap=3), Maybe(maybe="who"), ("a", "b"), "number", "other", "end"),
    )
    assert parts.words() == ("your", "their")


@pytest.mark.parametrize(
    ("rest", "place", "code"),
    [
        ("gate: {literals: [x]}\nfind: {re2: ['a', '(b']}", "11:19", "GK602"),
        ("gate: {literals: [x]}\nfind:\n  re2:\n    - a{2000}", "13:7", "GK602"),
        ("gate: {literals: [x]}\nfind: {re2: ['(a+)+$(?P<x>', ok]}", "11:14", "GK602"),
        (f"gate: {{literals: [x]}}\nfind: {{re2: ['{'a' * 2001}']}}", "11:14", "GK602"),
        ("gate: {literals: [x]}\nfind: {re2: ['((a{1,100}){1,100}){1,100}']}", "11:14", "GK602"),
        ("gate: {literals: [x]}\nfind: {literals: true, wurds: 1}", "11:24", "GK201"),
        ("gate: {digits: [1]}\nfind: {validator: card}", "10:16", "GK203"),
    ],
)
def test_a_fault_is_told_at_the_part_that_it_is_in(rest: str, place: str, code: str) -> None:
    """A pattern is bounded in length and in what RE2 needs for it."""
    with pytest.raises(PolicyError) as refused:
        parse(detector("sample", HEAD + rest))
    (fault,) = refused.value.found
    source = fault.source
    assert (f"{source.line}:{source.column}", str(fault.code)) == (place, code)
