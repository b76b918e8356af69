"""Which detectors' words occur in a text? One linear pass, whatever the number of detectors."""

from __future__ import annotations

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick

from gatekeeper.screening.number_words import COUNTED
from gatekeeper.screening.views import normalise

Spans = list[tuple[int, int]]
NOTHING: dict[int, Spans] = {}
SPELLED = -1
"""Key under which number words are counted."""


class Prefilter:
    """All literals of all detectors in one automaton."""

    def __init__(
        self, words: Iterable[tuple[int, str]], prefixes: Iterable[tuple[int, str]]
    ) -> None:
        """`words` count when whole, `prefixes` anywhere; each with its detector's index."""
        owners: dict[tuple[str, bool], list[int]] = {}
        for owner, literal in words:
            owners.setdefault((normalise(literal).folded, True), []).append(owner)
        for owner, literal in prefixes:
            owners.setdefault((normalise(literal).folded, False), []).append(owner)
        for literal in COUNTED:
            owners.setdefault((literal, False), []).append(SPELLED)
        self._owners = list(owners.items())
        self._automaton = AhoCorasick([literal for literal, _ in owners])

    def hits(self, folded: str) -> dict[int, Spans]:
        """For each detector whose literals occur, where; empty for most texts."""
        found = self._automaton.find_matches_as_indexes(folded, True)
        if not found:
            return NOTHING
        hits: dict[int, Spans] = {}
        for index, start, end in found:
            (_, whole), owners = self._owners[index]
            if not whole or _stands_alone(folded, start, end):
                for owner in owners:
                    hits.setdefault(owner, []).append((start, end))
        return hits


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit touches the word, but for a plural s."""
    if start and text[start - 1].isalnum():
        return False
    rest = text[end : end + 2]
    return not rest[:1].isalnum() or (rest[0] == "s" and not rest[1:].isalnum())
