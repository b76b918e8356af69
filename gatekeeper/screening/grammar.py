"""What may a detector's YAML say, and is what it says sound?

    gate:     at least one of literals, prefixes, words, digits, shape: the cheap condition
    find:     one of
                validator + groups, gaps   numbers whose digits may stand apart (digits gate)
                re2 + group, except, entropy, validator   linear-time patterns
                literals: true             the gate's words themselves
                link + words               links with a sign; the sets are hosts, or brands
                words + tokens, unless     token grammar for the spaCy tier
    context:  window, raise, lower, against, require (words either side), exempt (whole text)

A token pattern is a list of steps: the name of a word set, a list of words, `{gap: n}` (up to n
other words of the same sentence), `{maybe: set or list}`, or one of the built-in steps: `number`,
`other` (a word outside the vocabulary), `start`, `end` (of a sentence), `url`, `email`, `money`,
`percent`, and what other detectors have found before: `card`, `id`, `secret`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Protocol, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from gatekeeper.policy.faults import refusal
from gatekeeper.screening.grammar_faults import Stands, refuse, told
from gatekeeper.screening.soundness import (
    context_faults,
    find_faults,
    gate_faults,
    parts_faults,
)

Words = tuple[Annotated[str, Field(min_length=1)], ...]


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
        refuse(gate_faults(self))
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


LinkSign = Literal[
    "host", "address", "userinfo", "forged", "lookalike", "redirect", "download", "foreign"
]
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
    link: LinkSign | None = None
    """Links that bear this sign; the word sets are hosts, or brands with their hosts."""
    words: dict[str, Words] = {}
    tokens: tuple[Pattern, ...] = ()
    unless: tuple[Pattern, ...] = ()
    """Token patterns that, found in the same sentence, take the match away."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        refuse(find_faults(self))
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

    @model_validator(mode="after")
    def _sound(self) -> Self:
        refuse(context_faults(self))
        return self


class Parts(Part):
    """The inner grammar of one detector, validated."""

    gate: Gate
    find: Find
    context: Context

    @model_validator(mode="after")
    def _sound(self) -> Self:
        refuse(parts_faults(self))
        return self

    def words(self) -> tuple[str, ...]:
        """The whole words that open the gate."""
        named = (word for name in self.gate.words for word in self.find.words[name])
        return (*self.gate.literals, *named)


class Stated(Stands, Protocol):
    """What is read of a detector, or of a pattern of replies."""

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
        raise refusal(told(detector, raw, Parts, invalid)) from None
