"""Which detectors' shapes stand in a text? Asked only where a digit stands.

Shapes that open a gate alone are one RE2 Set: a single pass, however many they are. One that must
hold beside words is its detector's own affair, and is looked for only where its words stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import re2

from gatekeeper.screening.linear import linear
from gatekeeper.screening.prefilter import Spans

MEMORY = 4 << 20
"""Bytes that the shapes of the set may use together; what it keeps of texts grows to this."""


class Shapes:
    """The shapes of all gates."""

    def __init__(self, shapes: Iterable[tuple[int, str]], worded: frozenset[int]) -> None:
        """Each shape with its detector's index; `worded` gates ask for their words as well."""
        options = re2.Options()
        options.log_errors, options.max_mem = False, MEMORY
        self._set = re2.Set.SearchSet(options)
        self._owners: list[int] = []
        self._beside: dict[int, Any] = {}
        for index, shape in shapes:
            if index in worded:
                self._beside[index] = linear(shape)
            else:
                self._set.Add(shape)
                self._owners.append(index)
        if self._owners:
            self._set.Compile()

    def narrowed(self, text: str, hits: Mapping[int, Spans], *, numeric: bool) -> dict[int, Spans]:
        """The hits with the gates that a shape opens, without those whose shape is missing."""
        beside = self._beside
        opened = {
            i: spans
            for i, spans in hits.items()
            if i not in beside or (numeric and beside[i].search(text) is not None)
        }
        if numeric and self._owners:
            opened.update({self._owners[found]: [] for found in self._set.Match(text) or ()})
        return opened
