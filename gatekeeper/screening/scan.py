"""What do the finders of one text share?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice

from gatekeeper.screening.digits import Run
from gatekeeper.screening.links import MOST_LINKS, Link, links
from gatekeeper.screening.prefilter import Spans
from gatekeeper.screening.steps import SIGNS
from gatekeeper.screening.views import View, normalise

_APART = re.compile(rf"(?:[^\w{SIGNS}]|_)+")
_KEPT = re.compile(f"[{SIGNS}]")
_REACH = 16
"""Characters allowed for per word of context."""


@dataclass(slots=True)
class Scan:
    """One view of a text with the prefilter's hits and the digit runs in it."""

    view: View
    hits: dict[int, Spans]
    runs: list[Run]
    known: list[tuple[int, int, str]] = field(default_factory=list)
    """Spans found so far that the grammar reads as a card, an id or a secret."""
    unfinished: bool = False
    """Set by a finder that reached its bound before the end of the text."""
    written: str = ""
    """What the view was made of, where letters still stand as they were drawn."""
    names: tuple[str, ...] = ()
    """The names that the sender goes by."""
    _bare: str | None = field(default=None)
    _words: list[str] = field(default_factory=list)
    _said: dict[int, str | None] = field(default_factory=dict)
    _links: list[Link] | None = field(default=None)

    def bare(self) -> str:
        """The whole text as words between single spaces, with a space at both ends."""
        if self._bare is None:
            self._bare = bare(self.view.folded)
        return self._bare

    def said(self, phrases: Phrases) -> str | None:
        """The first of the phrases that stands anywhere in the text, looked for once."""
        key = id(phrases)
        if key not in self._said:
            self._words = self._words or self.bare().split(" ")
            self._said[key] = phrases.first(self.bare(), self._words)
        return self._said[key]

    def links(self) -> list[Link]:
        """The links, one more than are read at most, with hosts as they were drawn."""
        if self._links is None:
            found = islice(links(self.view.text), MOST_LINKS + 1)
            self._links = [self._drawn(link) for link in found]
        return self._links

    def _drawn(self, link: Link) -> Link:
        if self.written.isascii() or self.view.text == self.written:
            return link
        start, end = self.view.span(link.start, link.end)
        as_drawn = next(links(self.written[start:end]), link)
        return replace(link, host=as_drawn.host)

    def around(self, start: int, end: int, words: int) -> str:
        """So many words before and after a span, as `bare` gives them, with the span left out."""
        reach, text = words * _REACH, self.view.folded
        before = bare(text[max(0, start - reach) : start]).split()[-words:]
        after = bare(text[end : end + reach]).split()[:words]
        return f" {' '.join(before)} \x00 {' '.join(after)} "


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of a view that a finder offers, with steps of likelihood from its evidence."""

    start: int
    end: int
    steps: int = 0
    trace: tuple[str, ...] = ()


def bare(text: str) -> str:
    """Words between single spaces: `One-Time  code:` reads ` one time code `.

    Signs of money and per cent are words of their own: `20% off` reads ` 20 % off `.
    """
    spaced = _KEPT.sub(r" \g<0> ", text.lower())
    return f" {_APART.sub(' ', spaced).strip()} "


class Phrases:
    """Context words, found in `bare` text at a cost that does not grow with their number."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_head: dict[str, list[str]] = {}
        for word in words:
            phrase = bare(normalise(word).folded)
            self._by_head.setdefault(phrase.split(" ", 2)[1], []).append(phrase)
        self._heads = self._by_head.keys()

    def __bool__(self) -> bool:
        return bool(self._by_head)

    def first(self, text: str, words: list[str]) -> str | None:
        """The first of them that stands in the text, which is made of these words."""
        if self._heads.isdisjoint(words):
            return None
        for word in dict.fromkeys(word for word in words if word in self._heads):
            for phrase in self._by_head[word]:
                if phrase in text:
                    return phrase.strip()
        return None
