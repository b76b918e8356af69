"""What do these texts tell their recipient: who sends, how to stop, what it costs, who speaks?

One pass of a set of linear-time patterns over the plain text; the patterns stand in the policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import re2

from gatekeeper.domain.disclosure import Element, Told
from gatekeeper.domain.fault_codes import Code
from gatekeeper.domain.message import TextPart
from gatekeeper.domain.words import Role
from gatekeeper.policy.disclosures import DisclosureLanguage, DisclosureRow
from gatekeeper.policy.faults import Fault, refusal
from gatekeeper.screening.views import normalise

LONGEST = 10_000
"""Code points that are read, of all parts together."""
MEMORY = 64 << 20
"""Bytes that the compiled set may take: patterns over letters of all scripts need room."""
LEAST_COMMON = 2
"""Common words of a language, without which it is not told."""
_UNSEEN = frozenset({Role.FILENAME, Role.REFERENCE, Role.DIGITS})
"""Parts that no recipient reads or hears."""
_WORD = re.compile(r"[^\W\d_]+")


class _Pattern(NamedTuple):
    row: DisclosureRow
    compiled: Any
    """Only where some matches are excepted; the set alone answers for the others."""

    def holds(self, text: str) -> bool:
        """Whether one of its matches is none of the excepted words."""
        if self.compiled is None:
            return True
        found = (match.group(1).strip() for match in self.compiled.finditer(text))
        return any(name not in self.row.excepted for name in found)


class Disclosures:
    """The disclosures of all languages, compiled once; safe to share."""

    def __init__(self, languages: Sequence[DisclosureLanguage]) -> None:
        """Compile; PolicyError with every pattern that is not in order, at its place."""
        faults: list[Fault] = []
        self._set = re2.Set.SearchSet(_options())
        self._patterns = tuple(_added(self._set, languages, faults))
        if faults:
            raise refusal(faults)
        if self._patterns:
            self._set.Compile()
        self._common = {each.language: each.common for each in languages if each.common}

    def read(self, parts: Sequence[TextPart], names: Sequence[str] = ()) -> Told:
        """What the parts tell together; a text that holds one of the `names` names its sender."""
        texts = [part.text for part in parts if part.role not in _UNSEEN and part.text]
        if not texts:
            return Told()
        text = normalise("\n".join(texts)[:LONGEST]).folded
        elements = {pattern.row.element for pattern in self._matching(text)}
        if any(name.casefold() in text for name in names if name.strip()):
            elements.add(Element.SENDER)
        return Told(frozenset(elements), self._language(text))

    def rows(self, text: str) -> frozenset[str]:
        """Ids of the rows that find their element in a text."""
        return frozenset(each.row.id for each in self._matching(normalise(text).folded))

    def _matching(self, text: str) -> Iterator[_Pattern]:
        if self._patterns:
            hits = (self._patterns[index] for index in self._set.Match(text) or ())
            yield from (pattern for pattern in hits if pattern.holds(text))

    def _language(self, text: str) -> str | None:
        """The language with the most common words, if there are enough and no other has as many."""
        words = _WORD.findall(text)
        counts = sorted(
            (
                (sum(word in common for word in words), name)
                for name, common in self._common.items()
            ),
            reverse=True,
        )
        if not counts or counts[0][0] < LEAST_COMMON:
            return None
        ahead = len(counts) == 1 or counts[0][0] > counts[1][0]
        return counts[0][1] if ahead else None


def _added(
    to: Any, languages: Sequence[DisclosureLanguage], faults: list[Fault]
) -> Iterator[_Pattern]:
    """The patterns in the order in which they were added to the set."""
    for row in (row for language in languages for row in language.rows):
        for pattern in row.re2:
            try:
                to.Add(pattern)
                compiled = re2.compile(pattern, _options()) if row.excepted else None
            except re2.error:
                faults.append(
                    Fault(row.source, f"{row.id}: not an RE2 pattern: {pattern}", Code.PATTERN)
                )
                continue
            if compiled is not None and compiled.groups < 1:
                message = f"{row.id}: excepted words need a group in the pattern: {pattern}"
                faults.append(Fault(row.source, message, Code.PATTERN))
            yield _Pattern(row, compiled)


def _options() -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = MEMORY
    return options
