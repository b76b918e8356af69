"""Where in a text does a detector's pattern or number stand?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

import re2

from gatekeeper.screening import digits
from gatekeeper.screening.grammar import Find, Parts
from gatekeeper.screening.prefilter import Spans
from gatekeeper.screening.scan import Candidate, Scan
from gatekeeper.screening.validators import Validator, entropy, validator

MOST_MATCHES = 32
"""Candidates taken per detector and text; past them the text counts as not inspected."""


class Finder(Protocol):
    """Finds one detector's candidates once its gate is open."""

    def find(self, scan: Scan, hits: Spans) -> Iterable[Candidate]:
        """Candidates in the scan's view; `hits` is where the gate's literals stand."""


class LiteralFinder:
    """The gate's literals are the match."""

    def find(self, scan: Scan, hits: Spans) -> Iterator[Candidate]:
        """One candidate for each literal."""
        scan.unfinished |= len(hits) > MOST_MATCHES
        return (Candidate(start, end) for start, end in hits[:MOST_MATCHES])


class PatternFinder:
    """RE2 patterns whose value is not a placeholder and random enough."""

    def __init__(self, find: Find) -> None:
        self._patterns = [re2.compile(pattern) for pattern in find.re2]
        self._group = find.group
        self._except = frozenset(word.lower() for word in find.except_)
        self._entropy = find.entropy
        self._shortest = find.shortest

    def find(self, scan: Scan, hits: Spans) -> Iterator[Candidate]:
        """One candidate for each value that counts."""
        for pattern in self._patterns:
            matches = list(islice(pattern.finditer(scan.view.text), MOST_MATCHES))
            scan.unfinished |= len(matches) == MOST_MATCHES
            for match in matches:
                value = match.group(self._group)
                if value and self._counts(value):
                    start, end = match.span(self._group)
                    yield Candidate(start, end, 0, ("pattern",))

    def _counts(self, value: str) -> bool:
        return (
            len(value) >= self._shortest
            and value.lower() not in self._except
            and entropy(value) >= self._entropy
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one detector wants of a number."""

    index: int
    check: Validator
    groups: frozenset[tuple[int, ...]]
    gaps: frozenset[str]
    cued: bool
    """Whether its literals must occur as well."""

    def admits(self, number: digits.Number, scan: Scan) -> bool:
        """Whether the number is written in a way that the detector accepts."""
        return not (
            (self.cued and self.index not in scan.hits)
            or (self.groups and number.groups not in self.groups)
            or (self.gaps and not self.gaps.issuperset(gap.strip() for gap in number.gaps))
        )


class NumberFinder:
    """All detectors of numbers at once: each window goes to those that want its length."""

    def __init__(self, rules: Iterable[tuple[int, Parts]]) -> None:
        self._wanted: dict[int, list[Wanted]] = {}
        for index, parts in rules:
            shortest, longest = parts.gate.digits or (0, 0)
            find, cued = parts.find, bool(parts.gate.literals or parts.gate.prefixes)
            check = validator(find.validator or "any")
            wanted = Wanted(index, check, frozenset(find.groups), frozenset(find.gaps), cued)
            for length in range(shortest, longest + 1):
                self._wanted.setdefault(length, []).append(wanted)
        self._lengths = frozenset(self._wanted)
        self._most = max(self._wanted, default=0)

    def find(self, scan: Scan) -> Iterator[tuple[int, Candidate]]:
        """Candidates with the index of their detector."""
        windows = (n for run in scan.runs for n in run.numbers(self._lengths, self._most))
        for count, number in enumerate(windows):
            if count == digits.MOST_WINDOWS:
                scan.unfinished = True
                return
            for wanted in self._wanted[len(number.digits)]:
                evidence = wanted.check(number) if wanted.admits(number, scan) else None
                if evidence is not None:
                    yield wanted.index, Candidate(*number.span, evidence.steps, evidence.trace)


def distinct(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a span overlaps none of those already taken."""
    return all(end <= a or b <= start for a, b in spans)
