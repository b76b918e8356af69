"""Which ways of saying a thing in one's own words does a skeleton hold? The gate decides cheaply
whether spaCy reads it at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gatekeeper.domain.fault_codes import Code
from gatekeeper.errors import PolicyError
from gatekeeper.policy.faults import Fault, found_in, refusal
from gatekeeper.policy.reply_model import ReplyPattern
from gatekeeper.screening.grammar import Find, Parts, parse
from gatekeeper.screening.prefilter import Prefilter, Spans
from gatekeeper.screening.skeleton import skeleton

if TYPE_CHECKING:
    from gatekeeper.screening.phrasing import Phrasing


class Phrasings:
    """The patterns of all languages, compiled once."""

    def __init__(self, patterns: Sequence[ReplyPattern]) -> None:
        """Compile; PolicyError with every fault and its place."""
        self._patterns = patterns
        parts = _parsed(patterns)
        words = [(i, word) for i, part in enumerate(parts) for word in part.words()]
        prefixes = [(i, text) for i, part in enumerate(parts) for text in part.gate.prefixes]
        self._prefilter = Prefilter(words, prefixes)
        self._phrasings = _compiled([part.find for part in parts]) if parts else []
        self.words = frozenset(w for part in parts for w in _words(part))

    @property
    def strings(self) -> Sequence[str]:
        """Every word that spaCy keeps: those of the patterns, and never one of a text."""
        return list(self._phrasings[0].vocab.strings) if self._phrasings else []

    def opened(self, plain: str) -> dict[int, Spans]:
        """The patterns whose gate a skeleton opens, and where."""
        if not self._patterns:
            return {}
        return {i: spans for i, spans in self._prefilter.hits(plain).items() if i >= 0}

    def read(self, plain: str) -> tuple[list[ReplyPattern], bool]:
        """The patterns that hold, in file order, and whether all was read."""
        hits = self.opened(plain)
        if not hits:
            return [], True
        from gatekeeper.screening.phrasing import Stretch
        from gatekeeper.screening.tier import MOST_CHARACTERS, stretches

        spans = [span for opened in hits.values() for span in opened]
        found: set[int] = set()
        read = 0
        for start, end in stretches(spans, len(plain)):
            read += end - start
            if read > MOST_CHARACTERS:
                break
            stretch = Stretch.of(plain, start, end)
            found.update(index for index in hits if self._phrasings[index].says(stretch))
        return [self._patterns[index] for index in sorted(found)], read <= MOST_CHARACTERS


def _parsed(patterns: Sequence[ReplyPattern]) -> list[Parts]:
    parts: list[Parts] = []
    faults: list[Fault] = []
    known = _Skeletons()
    for pattern in patterns:
        try:
            parts.append(parse(_bare(pattern, known)))
        except PolicyError as error:
            faults += found_in(error, Code.REPLIES)
    if faults:
        raise refusal(faults)
    return parts


def _bare(pattern: ReplyPattern, known: _Skeletons) -> ReplyPattern:
    """The pattern with its words as a skeleton has them."""
    gate, find = _skeletons(pattern.gate, known), _skeletons(pattern.find, known)
    return replace(pattern, gate=gate, find=find)


class _Skeletons(dict[str, str]):
    """Each word's skeleton, worked out once: the patterns of a language share their words."""

    def __missing__(self, word: str) -> str:
        self[word] = bare = skeleton(word)
        return bare


def _skeletons(said: Any, known: _Skeletons) -> Any:
    if isinstance(said, str):
        return known[said]
    if isinstance(said, Mapping):
        return {known[key]: _skeletons(value, known) for key, value in said.items()}
    if isinstance(said, list | tuple):
        return tuple(_skeletons(each, known) for each in said)
    return said


def _words(parts: Parts) -> Iterator[str]:
    yield from parts.words()
    for words in parts.find.words.values():
        yield from words
    for step in parts.find.steps():
        if isinstance(step, tuple):
            yield from step


def _compiled(finds: list[Find]) -> list[Phrasing]:
    """The spaCy tier; its import costs a second, which commands that read nothing do not pay."""
    from gatekeeper.screening.phrasing import compiled

    return compiled(finds)
