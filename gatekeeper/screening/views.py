"""What does a text say once its disguise is taken off, and where does each character stand?

A view is a plain text with, for each of its characters, the span of the original text that it
comes from, so that a match in any view points at exactly the original code points.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

from gatekeeper.screening.characters import CONFUSABLE, DRAWN_ALIKE, PlainTable, lettered, plain

_TABLE = PlainTable()
_WORD = re.compile(r"\w*[^\x00-\x7f]\w*")
_LATIN = re.compile(r"[A-Za-z]")
_DIGIT = re.compile(r"[0-9]")


class View(Struct, frozen=True, gc=False):
    """A plain text, its lower-case twin of the same length, and the way back to the original."""

    text: str
    folded: str
    starts: Sequence[int] | None = None
    """For each character its first original code point; None when both texts run in step."""
    ends: Sequence[int] | None = None
    """For each character the code point after its last original one."""
    steps: tuple[str, ...] = ()
    """What was undone to get here, for the trace."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original half-open span of a non-empty span of this view."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


@dataclass(slots=True)
class Draft:
    """A view under construction: pieces of text with the spans they come from."""

    base: View
    pieces: list[str]
    starts: list[int]
    ends: list[int]

    @classmethod
    def over(cls, base: View) -> Draft:
        """An empty draft whose spans are given in characters of `base`."""
        return cls(base, [], [], [])

    def keep(self, start: int, end: int) -> None:
        """Take over a stretch of the base as it is."""
        self.pieces.append(self.base.text[start:end])
        self.starts.extend(range(start, end))
        self.ends.extend(range(start + 1, end + 1))

    def put(self, text: str, start: int, end: int) -> None:
        """Write `text`, each character of which stands for the base's whole stretch."""
        if text:
            self.pieces.append(text)
            self.starts.extend([start] * len(text))
            self.ends.extend([end] * len(text))

    def compose(self, mark: str, end: int) -> bool:
        """Join an accent with the letter before it, as keyboards write them; False if none fits."""
        if not self.pieces or not unicodedata.combining(mark):
            return False
        whole = unicodedata.normalize("NFC", self.pieces[-1] + mark)
        if len(whole) != 1:
            return False
        self.pieces[-1] = whole
        self.ends[-1] = end
        return True

    def view(self, step: str) -> View:
        """The finished view, with spans in the original text."""
        text, base = "".join(self.pieces), self.base
        starts: list[int] = self.starts
        ends: list[int] = self.ends
        if base.starts is not None and base.ends is not None:
            starts = [base.starts[i] for i in starts]
            ends = [base.ends[i - 1] for i in ends]
        return View(text, fold(text), starts, ends, (*base.steps, step) if step else base.steps)


def fold(text: str) -> str:
    """Lower case that keeps the length of the text."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def normalise(text: str) -> View:
    """The plain view of a message text; ASCII stands as it is."""
    if text.isascii():
        return View(text, text.lower())
    out = text.translate(_TABLE)
    if _TABLE.odd.isdisjoint(text):
        out = _latin(out)
        return View(out, fold(out))
    draft = Draft.over(View(text, ""))
    for i, character in enumerate(text):
        if not draft.compose(character, i + 1):
            draft.put(plain(character), i, i + 1)
    return plain_view(draft.view("plain characters"))


def unlettered(text: str) -> View | None:
    """The plain view with signs that are drawn of letters as blanks; None if there are none."""
    if text.isascii() or not any(map(lettered, set(text))):
        return None
    draft = Draft.over(View(text, ""))
    for i, character in enumerate(text):
        draft.put(" " if lettered(character) else plain(character), i, i + 1)
    return draft.view("signs as gaps")


def plain_view(view: View) -> View:
    """The same view with lookalike letters in mixed words made Latin."""
    text = _latin(view.text)
    return View(text, fold(text), view.starts, view.ends, view.steps)


def _latin(text: str) -> str:
    return text if text.isascii() else _WORD.sub(_latin_word, text)


def _latin_word(word: re.Match[str]) -> str:
    """A wholly Cyrillic or Greek word stays; one that mixes in Latin or digits was forged."""
    written = word.group()
    if _LATIN.search(written):
        return "".join(DRAWN_ALIKE.get(c, c) for c in written)
    if _DIGIT.search(written):
        return "".join(CONFUSABLE.get(c, c) for c in written)
    return written
