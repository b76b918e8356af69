"""How likely is a candidate, given the words around it?"""

from __future__ import annotations

import re2

from gatekeeper.domain.words import Likelihood
from gatekeeper.screening.grammar import Context, Exempt
from gatekeeper.screening.scan import Candidate, Scan, phrases


class Weighing:
    """One detector's context, ready to weigh candidates."""

    def __init__(self, base: Likelihood, context: Context) -> None:
        self._base = base
        self._window = context.window
        self._raise = phrases(context.raise_)
        self._lower = phrases(context.lower)
        self._against = phrases(context.against)
        self._require = phrases(context.require)
        self._exemptions = [_Exemption(exempt) for exempt in context.exempt]

    def weigh(self, scan: Scan, candidate: Candidate) -> tuple[Likelihood, tuple[str, ...]] | None:
        """Likelihood and trace; None when the context says that it is no match at all."""
        around = scan.around(candidate.start, candidate.end, self._window)
        required = _first(self._require, around)
        if self._require and required is None:
            return None
        if any(exemption.holds(scan, candidate) for exemption in self._exemptions):
            return None
        steps, weighed = self._weighed(around)
        told = ((required, "required"), *weighed)
        trace = [*candidate.trace, *(f"{how} by: {word}" for word, how in told if word)]
        if scan.view.steps:
            trace.append(f"view: {', '.join(scan.view.steps)}")
        return Likelihood(min(5, max(1, self._base + candidate.steps + steps))), tuple(trace)

    def _weighed(self, around: str) -> tuple[int, tuple[tuple[str | None, str], ...]]:
        against = _first(self._against, around)
        if against is not None:
            return -2, ((against, "lowered twice"),)
        raised, lowered = _first(self._raise, around), _first(self._lower, around)
        steps = (raised is not None) - (lowered is not None)
        return steps, ((raised, "raised"), (lowered, "lowered"))


class _Exemption:
    def __init__(self, exempt: Exempt) -> None:
        self._words = phrases(exempt.words)
        self._unless = phrases(exempt.unless)
        self._value = re2.compile(exempt.value) if exempt.value else None

    def holds(self, scan: Scan, candidate: Candidate) -> bool:
        value = scan.view.folded[candidate.start : candidate.end]
        if self._value is not None and not self._value.fullmatch(value):
            return False
        text = scan.bare()
        return _first(self._words, text) is not None and _first(self._unless, text) is None


def _first(words: tuple[str, ...], text: str) -> str | None:
    return next((word.strip() for word in words if word in text), None)
