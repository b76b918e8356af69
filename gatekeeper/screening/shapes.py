"""Which detectors' shapes stand in a text? One RE2 Set tells, asked only where a digit stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import re2

from gatekeeper.screening.prefilter import Spans

MEMORY = 8 << 20
"""Bytes that all shapes may use together."""


class Shapes:
    """The shapes of all gates."""

    def __init__(self, shapes: Iterable[tuple[int, str]], worded: frozenset[int]) -> None:
        """Each shape with its detector's index; `worded` gates ask for their words as well."""
        options = re2.Options()
        options.log_errors, options.max_mem = False, MEMORY
        self._set = re2.Set.SearchSet(options)
        self._owners: list[int] = []
        for index, shape in shapes:
            self._set.Add(shape)
            self._owners.append(index)
        if self._owners:
            self._set.Compile()
        self._worded = worded.intersection(self._owners)

    def narrowed(self, text: str, hits: Mapping[int, Spans], *, numeric: bool) -> dict[int, Spans]:
        """The hits with the gates that a shape opens, without those whose shape is missing."""
        seen = self._seen(text) if numeric and self._owners else frozenset()
        worded = self._worded
        opened = {i: spans for i, spans in hits.items() if i not in worded or i in seen}
        opened.update({i: [] for i in seen if i not in self._worded})
        return opened

    def _seen(self, text: str) -> frozenset[int]:
        return frozenset(self._owners[found] for found in self._set.Match(text) or ())
