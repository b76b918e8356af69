"""Where in a text does a detector's pattern or number stand?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from gatekeeper.screening import digits
from gatekeeper.screening.grammar import Find, Parts
from gatekeeper.screening.linear import linear
from gatekeeper.screening.prefilter import Spans
from gatekeeper.screening.scan import Candidate, Scan
from gatekeeper.screening.text_validators import text_validator
from gatekeeper.screening.validators import LINKED, Evidence, Validator, beside, entropy, validator

MOST_MATCHES = 32
"""Candidates taken per detector and text; past them the text counts as not inspected."""


_PATTERN = Evidence(0, ("pattern",))


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
        self._patterns = [linear(pattern) for pattern in find.re2]
        self._group = find.group
        self._except = frozenset(word.lower() for word in find.except_)
        self._entropy = find.entropy
        self._shortest = find.shortest
        self._check = text_validator(find.validator) if find.validator else None

    def find(self, scan: Scan, hits: Spans) -> Iterator[Candidate]:
        """One candidate for each value that counts."""
        for pattern in self._patterns:
            matches = list(islice(pattern.finditer(scan.view.text), MOST_MATCHES))
            scan.unfinished |= len(matches) == MOST_MATCHES
            for match in matches:
                if (candidate := self._candidate(match)) is not None:
                    yield candidate

    def _candidate(self, match: Any) -> Candidate | None:
        value = match.group(self._group)
        if not value or self.lacks(value):
            return None
        evidence = self._check(value) if self._check else _PATTERN
        if evidence is None:
            return None
        start, end = match.span(self._group)
        return Candidate(start, end, evidence.steps, evidence.trace)

    def lacks(self, value: str) -> str:
        """What a value lacks to be looked at further; nothing, if it lacks nothing."""
        if len(value) < self._shortest:
            return f"shorter than {self._shortest} characters"
        if value.lower() in self._except:
            return "one of the values under except"
        return "less random than its entropy asks" if entropy(value) < self._entropy else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one detector wants of a number."""

    index: int
    check: Validator
    groups: frozenset[tuple[int, ...]]
    gaps: frozenset[str]
    lengths: range
    linked: bool
    """Whether words may stand between the groups."""

    def evidence(self, number: digits.Number) -> Evidence | None:
        """What speaks for the number, if it is written in a way that the detector accepts."""
        return self.check(number) if self.accepts(number) else None

    def accepts(self, number: digits.Number) -> bool:
        """Whether the number is written in such a way."""
        return not (
            (number.run.linked and not self.linked)
            or (self.groups and number.groups not in self.groups)
            or (self.gaps and not self.gaps.issuperset(gap.strip() for gap in number.gaps))
        )


class NumberFinder:
    """All detectors of numbers at once: each window goes to those that want its length.

    A detector whose literals must occur as well is asked only where they do, so that it costs
    nothing elsewhere, however many there are.
    """

    def __init__(self, rules: Iterable[tuple[int, Parts]]) -> None:
        self._always: dict[int, list[Wanted]] = {}
        self._cued: dict[int, Wanted] = {}
        for index, parts in rules:
            wanted = _wanted(index, parts)
            if parts.gate.literals or parts.gate.prefixes or parts.gate.words:
                self._cued[index] = wanted
                continue
            for length in wanted.lengths:
                self._always.setdefault(length, []).append(wanted)

    def through(self, change: Callable[[Wanted], Wanted]) -> NumberFinder:
        """The same with each detector's wish replaced: to watch what becomes of it."""
        twin = NumberFinder(())
        twin._always = {n: [change(each) for each in found] for n, found in self._always.items()}
        twin._cued = {index: change(each) for index, each in self._cued.items()}
        return twin

    def least(self, hits: Mapping[int, Spans]) -> int:
        """Fewest digits that a run must have to be of use beside these hits."""
        cued = [self._cued[index].lengths.start for index in hits if index in self._cued]
        return min(digits.SHORTEST, *cued) if cued else digits.SHORTEST

    def find(self, scan: Scan) -> Iterator[tuple[int, Candidate]]:
        """Candidates with the index of their detector."""
        wanted = self._wanted(scan)
        lengths, most = frozenset(wanted), max(wanted, default=0)
        windows = (number for run in scan.runs for number in run.numbers(lengths, most))
        for count, number in enumerate(windows):
            if count == digits.MOST_WINDOWS:
                scan.unfinished = True
                return
            for one in wanted[len(number.digits)]:
                evidence = one.evidence(number)
                if evidence is not None:
                    yield one.index, Candidate(*number.span, evidence.steps, evidence.trace)

    def _wanted(self, scan: Scan) -> dict[int, list[Wanted]]:
        """By length, who is asked about this text."""
        cued = [self._cued[index] for index in scan.hits if index in self._cued]
        if not cued:
            return self._always
        by_length = {length: [*found] for length, found in self._always.items()}
        for one in cued:
            for length in one.lengths:
                by_length.setdefault(length, []).append(one)
        return by_length


def _wanted(index: int, parts: Parts) -> Wanted:
    shortest, longest = parts.gate.digits or (0, 0)
    find, name = parts.find, parts.find.validator or "any"
    lengths = range(shortest, longest + 1)
    groups, gaps = frozenset(find.groups), frozenset(find.gaps)
    check, cues = validator(name), (*parts.words(), *parts.gate.prefixes)
    if cues:
        check = beside(check, cues)
    return Wanted(index, check, groups, gaps, lengths, name in LINKED)


def distinct(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a span overlaps none of those already taken."""
    return all(end <= a or b <= start for a, b in spans)
