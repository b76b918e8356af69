"""How likely is a candidate, given the words around it?"""

from __future__ import annotations

from gatekeeper.domain.words import Likelihood
from gatekeeper.screening.grammar import Context, Exempt
from gatekeeper.screening.linear import linear
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
        if self._lacks(required) or self._exempted(scan, candidate) is not None:
            return None
        steps, weighed = self._weighed(around, words)
        told = ((required, "required"), *weighed)
        trace = [*candidate.trace, *(f"{how} by: {word}" for word, how in told if word)]
        if scan.view.steps:
            trace.append(f"view: {', '.join(scan.view.steps)}")
        return Likelihood(min(5, max(1, self._base + candidate.steps + steps))), tuple(trace)

    def dropped(self, scan: Scan, candidate: Candidate) -> tuple[str, str]:
        """Why `weigh` has no match of a candidate: the key of the context, and what it says."""
        around = scan.around(candidate.start, candidate.end, self._window)
        if self._lacks(self._require.first(around, around.split(" "))):
            return "require", f"none of its required words stands within {self._window} words"
        return "exempt", f"exempt by: {self._exempted(scan, candidate)}"

    def _lacks(self, required: str | None) -> bool:
        return bool(self._require) and required is None

    def _exempted(self, scan: Scan, candidate: Candidate) -> str | None:
        """The first word that exempts, if one does."""
        for exemption in self._exemptions:
            if (word := exemption.word(scan, candidate)) is not None:
                return word
        return None

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
        self._value = linear(exempt.value) if exempt.value else None

    def word(self, scan: Scan, candidate: Candidate) -> str | None:
        """The word that exempts the candidate; None if it is not exempt."""
        value = scan.view.folded[candidate.start : candidate.end]
        if self._value is not None and not self._value.fullmatch(value):
            return None
        return None if scan.said(self._unless) else scan.said(self._words)
