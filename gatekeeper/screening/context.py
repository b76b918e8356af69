"""How likely is a candidate, given the words around it?"""

from __future__ import annotations

import re2

from gatekeeper.domain.words import Likelihood
from gatekeeper.screening.grammar import Context, Exempt
from gatekeeper.screening.scan import Candidate, Phrases, Scan


class Weighing:
    """One detector's context, ready to weigh candidates."""

    def __init__(self, base: Likelihood, context: Context) -> None:
        self._base = base
        self._window = context.window
        self._raise = Phrases(context.raise_)
        self._lower = Phrases(context.lower)
        self._against = Phrases(context.against)
        self._require = Phrases(context.require)
        self._exemptions = [_Exemption(exempt) for exempt in context.exempt]

    def weigh(self, scan: Scan, candidate: Candidate) -> tuple[Likelihood, tuple[str, ...]] | None:
        """Likelihood and trace; None when the context says that it is no match at all."""
        around = scan.around(candidate.start, candidate.end, self._window)
        words = around.split(" ")
        required = self._require.first(around, words)
        if self._require and required is None:
            return None
        if any(exemption.holds(scan, candidate) for exemption in self._exemptions):
            return None
        steps, weighed = self._weighed(around, words)
        told = ((required, "required"), *weighed)
        trace = [*candidate.trace, *(f"{how} by: {word}" for word, how in told if word)]
        if scan.view.steps:
            trace.append(f"view: {', '.join(scan.view.steps)}")
        return Likelihood(min(5, max(1, self._base + candidate.steps + steps))), tuple(trace)

    def _weighed(
        self, around: str, words: list[str]
    ) -> tuple[int, tuple[tuple[str | None, str], ...]]:
        against = self._against.first(around, words)
        if against is not None:
            return -2, ((against, "lowered twice"),)
        raised = self._raise.first(around, words)
        lowered = self._lower.first(around, words)
        steps = (raised is not None) - (lowered is not None)
        return steps, ((raised, "raised"), (lowered, "lowered"))


class _Exemption:
    def __init__(self, exempt: Exempt) -> None:
        self._words = Phrases(exempt.words)
        self._unless = Phrases(exempt.unless)
        self._value = re2.compile(exempt.value) if exempt.value else None

    def holds(self, scan: Scan, candidate: Candidate) -> bool:
        value = scan.view.folded[candidate.start : candidate.end]
        if self._value is not None and not self._value.fullmatch(value):
            return False
        text = scan.bare()
        words = text.split(" ")
        return (
            self._words.first(text, words) is not None and self._unless.first(text, words) is None
        )
