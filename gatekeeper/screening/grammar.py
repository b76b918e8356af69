"""What may a detector's YAML say, and is what it says sound?

    gate:     at least one of literals, prefixes, words, digits, shape: the cheap condition
    find:     one of
                validator + groups, gaps   numbers whose digits may stand apart (digits gate)
                re2 + group, except, entropy, validator   linear-time patterns
                literals: true             the gate's words themselves
                words + tokens, unless     token grammar for the spaCy tier
    context:  window, raise, lower, against, require (words either side), exempt (whole text)

A token pattern is a list of steps: the name of a word set, a list of words, `{gap: n}` (up to n
other words of the same sentence), `{maybe: set or list}`, or one of the built-in steps: `number`,
`other` (a word outside the vocabulary), `start`, `end` (of a sentence), `url`, `email`, `money`,
`percent`, and what other detectors have found before: `card`, `id`, `secret`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Protocol, Self

import re2
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from gatekeeper.domain.fault_codes import Code, Faulty
from gatekeeper.policy.faults import Fault, refusal
from gatekeeper.policy.model import Source
from gatekeeper.screening.text_validators import text_validator
from gatekeeper.screening.validators import validator

Words = tuple[Annotated[str, Field(min_length=1)], ...]
LONGEST_PATTERN = 2_000
PATTERN_MEMORY = 1 << 20
"""Bytes that RE2 may use for one pattern; it refuses one that needs more."""
NUMBER, OTHER, START, END = "number", "other", "start", "end"
"""Built-in steps: digits, a word outside the vocabulary, the start and end of a sentence."""
FORMS = ("url", "email", "money", "percent", "card", "id", "secret")
"""Built-in steps for what has a form of its own, or was found before the grammar is read."""
BUILT_IN = frozenset({NUMBER, OTHER, START, END, *FORMS})


class Part(BaseModel):
    """A part of a detector: unknown keys are errors, values are frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Gate(Part):
    """The cheap condition that must hold before any of the rest is looked at."""

    literals: Words = ()
    """Whole words or phrases."""
    prefixes: Words = ()
    """Texts that count wherever they stand, also inside a word."""
    words: Words = ()
    """Names of word sets in `find` whose words are literals too."""
    digits: tuple[int, int] | None = None
    """Fewest and most digits of a number."""
    shape: str | None = None
    """An RE2 pattern of something with a digit in it; beside words, both must hold."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if not (self.opened_by_words or self.digits or self.shape):
            raise ValueError("a gate needs literals, prefixes, words, digits or a shape")
        if self.shape:
            if self.digits:
                raise ValueError("digits and shape are two kinds of gate: choose one")
            _linear(self.shape, 0, "shape")
        return self

    @property
    def opened_by_words(self) -> bool:
        """Whether it asks for a word or a prefix."""
        return bool(self.literals or self.prefixes or self.words)


class Gap(Part):
    """Up to so many words of any kind within the sentence."""

    gap: int = Field(ge=1, le=12)


class Maybe(Part):
    """One word of the set or list, or none."""

    maybe: str | Words


Step = str | Words | Gap | Maybe
Pattern = Annotated[tuple[Step, ...], Field(min_length=1)]


class Find(Part):
    """What to look for once the gate is open."""

    validator: str | None = None
    """Of a number; beside `re2`, of the value that a pattern finds."""
    groups: tuple[tuple[int, ...], ...] = ()
    """Only these ways of writing; empty means any."""
    gaps: Words = ()
    """Only these signs between the groups, spaces around them aside; empty means any."""
    re2: Words = ()
    """Patterns in RE2 syntax over the plain text, letter case ignored only with `(?i)`."""
    group: int = Field(0, ge=0)
    """Which capturing group of `re2` is the match."""
    except_: Words = Field((), alias="except")
    """Values that are placeholders or plain words, never a match."""
    shortest: int = 1
    """Fewest characters of a value."""
    entropy: float = 0.0
    """Least Shannon entropy of the value, in bits per character."""
    literals: bool = False
    """The gate's literals and prefixes are themselves the match."""
    words: dict[str, Words] = {}
    tokens: tuple[Pattern, ...] = ()
    unless: tuple[Pattern, ...] = ()
    """Token patterns that, found in the same sentence, take the match away."""

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        number = bool(self.validator) and not self.re2
        if sum([number, bool(self.re2), self.literals, bool(self.tokens)]) != 1:
            raise ValueError("find needs exactly one of validator, re2, literals, tokens")
        if self.validator:
            try:
                text_validator(self.validator) if self.re2 else validator(self.validator)
            except KeyError as unknown:
                raise ValueError(f"unknown validator {self.validator}") from unknown
        for index, pattern in enumerate(self.re2):
            _linear(pattern, self.group, "re2", index)
        for name in self.set_names():
            if name not in BUILT_IN and name not in self.words:
                raise ValueError(f"unknown word set {name}")
        for name in BUILT_IN.intersection(self.words):
            raise ValueError(f"{name} is a step of its own, no word set")
        if any(START in pattern[1:] for pattern in (*self.tokens, *self.unless)):
            raise ValueError("start stands first in a pattern")
        return self

    @property
    def numeric(self) -> bool:
        """Whether it looks for numbers whose digits may stand apart."""
        return bool(self.validator) and not self.re2

    def set_names(self) -> list[str]:
        """All word sets that the patterns name."""
        return [step for step in self.steps() if isinstance(step, str)]

    def steps(self) -> list[str | Words | Gap]:
        """All steps of all patterns, of a `maybe` what it may be."""
        steps = [step for pattern in (*self.tokens, *self.unless) for step in pattern]
        return [step.maybe if isinstance(step, Maybe) else step for step in steps]


class Exempt(Part):
    """When a match is not what it looks like: these words anywhere in the text."""

    words: Words
    unless: Words = ()
    """Words that lift the exemption."""
    value: str | None = None
    """The match must also have this shape (RE2, whole value) to be exempt."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.value:
            _linear(self.value, 0, "value")
        return self


class Context(Part):
    """Which words near a match make it more or less likely."""

    window: int = Field(6, ge=1, le=20)
    """Words looked at on either side."""
    raise_: Words = Field((), alias="raise")
    lower: Words = ()
    against: Words = ()
    """Names of something else that is written alike: two steps down, and nothing raises."""
    require: Words = ()
    """Without one of these near, there is no match."""
    exempt: tuple[Exempt, ...] = ()


class Parts(Part):
    """The inner grammar of one detector, validated."""

    gate: Gate
    find: Find
    context: Context

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        if self.find.numeric and self.gate.digits is None:
            raise ValueError("a validator needs a digits gate: the lengths it is tried on")
        if self.find.literals and self.gate.digits:
            raise ValueError("literals: true needs words in the gate, not digits")
        for name in self.gate.words:
            if name not in self.find.words:
                raise ValueError(f"gate names the unknown word set {name}")
        return self

    def words(self) -> tuple[str, ...]:
        """The whole words that open the gate."""
        named = (word for name in self.gate.words for word in self.find.words[name])
        return (*self.gate.literals, *named)


class Stated(Protocol):
    """What is read of a detector, or of a pattern of replies."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def source(self) -> Source:
        """Where it stands."""

    @property
    def where(self) -> Callable[..., Source] | None:
        """Where a part of it stands, if that is known."""

    @property
    def gate(self) -> Mapping[str, Any]:
        """As the file says."""

    @property
    def find(self) -> Mapping[str, Any]:
        """As the file says."""

    @property
    def context(self) -> Mapping[str, Any]:
        """As the file says."""


def parse(detector: Stated) -> Parts:
    """Validate a detector's parts; PolicyError with its place and every fault."""
    raw: dict[str, Any] = {
        "gate": detector.gate,
        "find": detector.find,
        "context": detector.context,
    }
    try:
        return Parts.model_validate(raw)
    except ValidationError as invalid:
        errors = invalid.errors(include_input=False, include_url=False)
        raise refusal(_fault(detector, error) for error in errors) from None


def _fault(detector: Stated, error: ErrorDetails) -> Fault:
    wrong = error.get("ctx", {}).get("error")
    code, within = (wrong.code, wrong.path) if isinstance(wrong, Faulty) else (Code.DETECTOR, ())
    source = detector.where(*error["loc"], *within) if detector.where else detector.source
    path = ".".join(map(str, error["loc"]))
    return Fault(source, f"{detector.id}: {path}: {error['msg']}", code)


def _linear(pattern: str, group: int, *path: str | int) -> None:
    """The pattern compiles by RE2, within bounds; patterns of authors never see another engine."""
    if len(pattern) > LONGEST_PATTERN:
        told = f"a pattern of {len(pattern)} characters; the most are {LONGEST_PATTERN}"
        raise Faulty(Code.PATTERN, told, *path)
    options = re2.Options()
    options.log_errors = False
    options.max_mem = PATTERN_MEMORY
    try:
        groups = re2.compile(pattern, options).groups
    except re2.error as wrong:
        raise Faulty(Code.PATTERN, f"not an RE2 pattern: {pattern}", *path) from wrong
    if groups < group:
        raise Faulty(Code.PATTERN, f"pattern has no group {group}: {pattern}", *path)
