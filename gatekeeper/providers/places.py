"""Where in what a provider is sent does each character of a text stand?

A text is written within others: a variable in JSON in a form, a sentence in XML in a form. Each
layer tells where its characters begin and end in the layer around it, so that a masked character
changes its own bytes and no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from gatekeeper.domain.match import Span

MASK = "*"
"""In the GSM 7-bit alphabet (3GPP TS 23.038), so that a masked text needs no more segments."""
SILENCE = " "
"""Stands for what is spoken: a voice would read a sign aloud."""


class Placed(NamedTuple):
    """A text, and for each of its code points where it stands in the layer around it."""

    text: str
    spans: Sequence[tuple[int, int]]

    def within(self, outer: Placed) -> Placed:
        """The same text, placed in the layer around `outer`, in whose text it stands."""
        spans = [(outer.spans[a][0], outer.spans[b - 1][1]) for a, b in self.spans]
        return Placed(self.text, spans)


def utf8(text: str) -> Placed:
    """A text that stands in bytes as it is."""
    ends = list(accumulate(len(character.encode()) for character in text))
    return Placed(text, list(zip([0, *ends], ends, strict=False)))


def blotted(text: str, spans: Iterable[Span], mask: str = MASK) -> str | None:
    """A plain text with one mask for each code point of these spans; None if one lies outside."""
    covered = _covered(spans, len(text))
    if covered is None:
        return None
    return "".join(mask if at in covered else character for at, character in enumerate(text))


def masked(
    body: bytes, placed: Placed, spans: Iterable[Span], mask: bytes = MASK.encode()
) -> bytes | None:
    """The body with one mask for each code point of these spans; None if one lies outside.

    `mask` is written as it is: it must mean one character in the layers around the text.
    """
    covered = _covered(spans, len(placed.text))
    if covered is None:
        return None
    pieces: list[bytes] = []
    end = len(body)
    for start, stop in sorted({placed.spans[index] for index in covered}, reverse=True):
        pieces += (body[stop:end], mask)
        end = start
    return b"".join(reversed([*pieces, body[:end]]))


def _covered(spans: Iterable[Span], length: int) -> set[int] | None:
    covered: set[int] = set()
    for _, start, end in spans:
        if not 0 <= start < end <= length:
            return None
        covered.update(range(start, end))
    return covered


def by_path(spans: Iterable[Span]) -> Iterator[tuple[str, list[Span]]]:
    """The spans by the text that they lie in."""
    spans = list(spans)
    for path in dict.fromkeys(span.path for span in spans):
        yield path, [span for span in spans if span.path == path]
