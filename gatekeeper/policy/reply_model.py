"""What does a policy say, once it is compiled, of how replies are read?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from gatekeeper.domain.reply import ReplyKind

if TYPE_CHECKING:
    from gatekeeper.policy.model import Source


@dataclass(frozen=True, slots=True)
class ReplyRule:
    """What keyword sets and free-text patterns have in common."""

    id: str
    language: str
    kind: ReplyKind
    certain: bool
    title: str
    citation: str
    verified_on: date
    positives: tuple[str, ...]
    """Replies that this rule decides."""
    negatives: tuple[str, ...]
    """Replies that it does not."""
    source: Source


@dataclass(frozen=True, slots=True)
class KeywordSet(ReplyRule):
    """Words that, as the whole of a reply, have one agreed meaning."""

    words: tuple[str, ...]
    alone: bool
    """Whether nothing may stand beside the word: no second of it, no please, no thanks."""
    sentence: str | None
    """How it counts as one sentence of several: `certain`, `uncertain`, `first` for certain as the
    first and uncertain further on, None for not at all. A question never counts."""


@dataclass(frozen=True, slots=True)
class ReplyPattern(ReplyRule):
    """A way to say in one's own words that messages must end; screening compiles it."""

    gate: Mapping[str, Any]
    """The words without which the pattern is not tried."""
    find: Mapping[str, Any]
    """Word sets and token patterns, in the detectors' grammar."""
    context: Mapping[str, Any] = field(default_factory=dict)
    where: Callable[..., Source] | None = field(default=None, repr=False, compare=False)
    """Where a part of it stands in its file, to tell a fault by."""


@dataclass(frozen=True, slots=True)
class ReplyLanguage:
    """One file of `replies/`: all that is read in one language."""

    language: str
    fillers: tuple[str, ...]
    """Words that may stand beside a keyword and change nothing: please, thanks."""
    reactions: tuple[str, ...]
    """What a phone writes before a quoted message that its owner marked: `Liked`, `Laughed at`."""
    slips: tuple[str, ...]
    """Words that are also read with one letter left out or doubled, or two swapped."""
    keywords: tuple[KeywordSet, ...]
    patterns: tuple[ReplyPattern, ...]
    innocent: tuple[str, ...]
    """Replies that mean nothing of the kind, whatever rule is asked."""
    source: Source
