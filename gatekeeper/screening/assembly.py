"""Does a message go on with a number that the one before it began?

What is kept of a message is its tail: the digits that it ends with, and whether words near them
name a card or an id. A match counts only where it stands partly in a tail, partly in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from gatekeeper.domain.match import Match
from gatekeeper.domain.message import TextPart
from gatekeeper.domain.words import Family, Role
from gatekeeper.screening.views import normalise

LONGEST_TAIL = 19
"""Digits: a card has no more."""
READ = 2_000
"""Code points read at either end of a text."""
_SPOKEN = frozenset({Role.BODY, Role.CAPTION, Role.TTS})
_TAIL = re.compile(r"(?<![0-9])[0-9](?:[\W_]{0,3}[0-9]){1,18}(?=[\W_]*\Z)")
_CUES = {
    "card": re.compile(r"\b(?:cards?|visa|mastercard|amex|debit|credit|tarjeta|carte|cvv|cvc)\b"),
    "ssn": re.compile(r"\b(?:ssn|social security|seguro social)\b"),
}
_FAMILIES = frozenset({Family.PAYMENT, Family.GOVERNMENT_ID})


class Screens(Protocol):
    """What finds matches in texts."""

    def screen(self, parts: Sequence[TextPart]) -> tuple[Match, ...]:
        """All matches in the parts."""


def tail_of(parts: Sequence[TextPart]) -> str:
    """The digits that a message ends with, behind the cue words near them; empty if there are none.

    For example `card 4111 1111`. A message that ends with more digits than a card has, or with one
    digit, leaves no tail.
    """
    texts = [part.text for part in parts if part.role in _SPOKEN and part.text.strip()]
    if not texts:
        return ""
    text = normalise(texts[-1][-READ:]).folded
    found = _TAIL.search(text)
    if found is None:
        return ""
    cues = [cue for cue, named in _CUES.items() if named.search(text)]
    return " ".join([*cues, found.group()])


def across(screener: Screens, tails: Sequence[str], parts: Sequence[TextPart]) -> tuple[Match, ...]:
    """Matches that begin in the tails of earlier messages, oldest first, and end in the first part
    that is read; their spans are what stands in that part."""
    first = next((part for part in parts if part.role in _SPOKEN and part.text.strip()), None)
    if first is None or not any(tails):
        return ()
    before = " ".join(tail for tail in tails if tail) + " "
    text = first.text.lstrip()
    skipped = len(first.text) - len(text)
    joined = TextPart(first.path, Role.JOINED, before + text[:READ])
    return tuple(
        _here(match, len(before), skipped)
        for match in screener.screen((joined,))
        if match.family in _FAMILIES and match.start < len(before) - 1 and match.end > len(before)
    )


def _here(match: Match, boundary: int, skipped: int) -> Match:
    """The match as what of it stands in the text."""
    end = match.end - boundary + skipped
    trace = (*match.trace, "across messages")
    return replace(match, start=skipped, end=end, trace=trace, exact=False)
