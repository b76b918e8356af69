"""Do the parts of a detector make sense, each alone and together? Every fault, not only the first.

A fault here is what can do nothing, or not what it says: a key that nobody reads beside the others,
a word set that no pattern names, bounds that are turned round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import re2

from gatekeeper.domain.fault_codes import Code, Faulty
from gatekeeper.policy.faults import suggest
from gatekeeper.screening.linear import linear
from gatekeeper.screening.steps import BUILT_IN, END, SIGNS, START
from gatekeeper.screening.validator_names import known_validators, loads

if TYPE_CHECKING:
    from gatekeeper.screening.grammar import Context, Find, Gate, Parts, Pattern

LONGEST_PATTERN = 2_000
HEAVY = 12_000
"""Instructions of a pattern past which RE2 may run out of memory for its fast way."""
MOST_DIGITS = 40
_LETTER = re.compile(r"[^\W_]")
_LETTER_OR_SIGN = re.compile(rf"[^\W_]|[{SIGNS}]")


def gate_faults(gate: Gate) -> Iterator[Faulty]:
    """What is wrong with a gate alone."""
    if not (gate.opened_by_words or gate.digits or gate.shape):
        yield Faulty(Code.DETECTOR, "a gate needs literals, prefixes, words, digits or a shape")
    if gate.digits:
        least, most = gate.digits
        if not 1 <= least <= most <= MOST_DIGITS:
            told = f"fewest and most digits, from 1 to {MOST_DIGITS}: [{least}, {most}] is neither"
            yield Faulty(Code.DETECTOR, told, "digits")
    if gate.shape:
        if gate.digits:
            told = "digits and shape are two kinds of gate: choose one"
            yield Faulty(Code.DETECTOR, told, "shape")
        yield from pattern_faults(gate.shape, 0, "shape")


def find_faults(find: Find) -> Iterator[Faulty]:
    """What is wrong with what a detector looks for."""
    kinds = {"validator": find.numeric, "re2": find.re2, "literals": find.literals,
             "link": find.link, "tokens": find.tokens}  # fmt: skip
    named = [kind for kind, said in kinds.items() if said]
    if len(named) != 1:
        told = f"; it has {' and '.join(named)}" if named else ""
        told = f"find needs exactly one of validator, re2, literals, link, tokens{told}"
        yield Faulty(Code.DETECTOR, told)
    if find.validator:
        yield from _validator_faults(find.validator, textual=bool(find.re2))
    for index, pattern in enumerate(find.re2):
        yield from pattern_faults(pattern, find.group, "re2", index)
    yield from _unread(find)
    yield from _step_faults(find)


def _validator_faults(name: str, *, textual: bool) -> Iterator[Faulty]:
    if loads(name, textual=textual):
        return
    if loads(name, textual=not textual):
        kind = "numbers whose digits may stand apart" if textual else "values that re2 finds"
        told = f"{name} is a validator of {kind}; it does not serve here"
    else:
        told = f"unknown validator {name}{suggest(name, known_validators(name, textual=textual))}"
    yield Faulty(Code.UNKNOWN_WORD, told, "validator")


_READ_BESIDE = {
    "groups": "numeric",
    "gaps": "numeric",
    "group": "re2",
    "except_": "re2",
    "shortest": "re2",
    "entropy": "re2",
    "unless": "tokens",
}
"""Which keys are read only beside which other; anywhere else they would do nothing."""


def _unread(find: Find) -> Iterator[Faulty]:
    for key, beside in _READ_BESIDE.items():
        if key in find.model_fields_set and not getattr(find, beside):
            name, other = key.rstrip("_"), beside.replace("numeric", "a validator of numbers")
            yield Faulty(Code.DETECTOR, f"{name} is read only beside {other}", name)


def _step_faults(find: Find) -> Iterator[Faulty]:
    for name in sorted(BUILT_IN.intersection(find.words)):
        told = f"{name} is a step of its own, no word set; give the set another name"
        yield Faulty(Code.DETECTOR, told, "words", name)
    for name, words in find.words.items():
        yield from _signs(words, "words", name)
    for key in ("tokens", "unless"):
        for number, pattern in enumerate(getattr(find, key)):
            yield from _pattern_steps(find, pattern, key, number)


def _pattern_steps(find: Find, pattern: Pattern, *place: str | int) -> Iterator[Faulty]:
    fixed = 0
    for number, step in enumerate(pattern):
        name = getattr(step, "maybe", step)
        fixed += isinstance(step, str | tuple) and step not in (START, END)
        if isinstance(name, str) and name not in BUILT_IN and name not in find.words:
            told = f"unknown word set {name}{suggest(name, (*find.words, *BUILT_IN))}"
            yield Faulty(Code.UNKNOWN_WORD, told, *place, number)
        if name == START and (number or name is not step):
            yield Faulty(Code.DETECTOR, "start stands first in a pattern", *place, number)
        if isinstance(step, tuple):
            yield from _signs(step, *place, number)
    if not fixed:
        told = "a pattern needs a word or a form that must stand there: this one fits anything"
        yield Faulty(Code.DETECTOR, told, *place)


def context_faults(context: Context) -> Iterator[Faulty]:
    """What is wrong with a context alone."""
    for key in ("raise_", "lower", "against", "require"):
        yield from _signs(getattr(context, key), key.rstrip("_"), said=_LETTER_OR_SIGN)
    for index, exempt in enumerate(context.exempt):
        for key in ("words", "unless"):
            yield from _signs(getattr(exempt, key), "exempt", index, key, said=_LETTER_OR_SIGN)
        if exempt.value:
            yield from pattern_faults(exempt.value, 0, "exempt", index, "value")


def parts_faults(parts: Parts) -> Iterator[Faulty]:
    """What is wrong with the parts together."""
    gate, find = parts.gate, parts.find
    if find.numeric and gate.digits is None:
        told = "a validator needs a digits gate: the lengths it is tried on"
        yield Faulty(Code.DETECTOR, told, "gate")
    if find.literals and (gate.digits or not gate.opened_by_words):
        told = "literals: true needs words in the gate, not digits or a shape alone"
        yield Faulty(Code.DETECTOR, told, "find", "literals")
    for index, name in enumerate(gate.words):
        if name not in find.words:
            told = f"gate names the unknown word set {name}{suggest(name, find.words)}"
            yield Faulty(Code.UNKNOWN_WORD, told, "gate", "words", index)
    yield from _grouped(parts)


def _grouped(parts: Parts) -> Iterator[Faulty]:
    """Ways of writing whose digits are not as many as the gate lets in."""
    least, most = parts.gate.digits or (1, MOST_DIGITS)
    for index, groups in enumerate(parts.find.groups):
        if not least <= sum(groups) <= most:
            told = f"{sum(groups)} digits, where the gate takes {least} to {most}"
            yield Faulty(Code.UNREACHABLE, told, "find", "groups", index)


def _signs(
    words: Iterable[str], *place: str | int, said: re.Pattern[str] = _LETTER
) -> Iterator[Faulty]:
    for index, word in enumerate(words):
        if not said.search(word):
            told = f"{word!r} has neither letter nor digit: signs are passed over in texts"
            yield Faulty(Code.DETECTOR, told, *place, index)


def weight(pattern: str) -> int:
    """How many instructions RE2 has for a pattern; past `HEAVY` its fast way needs too much."""
    return int(linear(pattern).programsize)


def pattern_faults(pattern: str, group: int, *place: str | int) -> Iterator[Faulty]:
    """Why RE2 does not take a pattern, or not within bounds; no other engine ever sees one."""
    if len(pattern) > LONGEST_PATTERN:
        told = f"a pattern of {len(pattern)} characters; the most are {LONGEST_PATTERN}"
        yield Faulty(Code.PATTERN, told, *place)
        return
    try:
        compiled = linear(pattern)
    except re2.error as wrong:
        why = wrong.args[0].decode(errors="replace") if wrong.args else "too large"
        yield Faulty(Code.PATTERN, f"not an RE2 pattern: {pattern}: {why}", *place)
        return
    if compiled.groups < group:
        yield Faulty(Code.PATTERN, f"pattern has no group {group}: {pattern}", *place)
