"""What did the rounds of the opt-out harness find, in a line each and in total?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

REFUSED, AWAY = 21610, 20503


@dataclass
class Tally:
    """Counts of all rounds, and of the one under way."""

    rounds: int = 0
    reached: int = 0
    """Messages that the carrier got."""
    faults: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    """Seconds from an opt-out's request to its acknowledgement."""
    before: Counter[int] = field(default_factory=Counter)
    """Answers to sends that were begun before an acknowledgement, by code."""
    after: Counter[int] = field(default_factory=Counter)
    """The same of those begun after it."""
    _marks: tuple[int, int, int, int] = (0, 0, 0, 0)

    def begin_round(self) -> None:
        """What comes now counts for a new round as well."""
        self._marks = self._totals()

    def acknowledged(self, seconds: float) -> None:
        """An opt-out was acknowledged after this time."""
        self.waits.append(seconds)

    def answered(self, code: int, *, after: bool) -> None:
        """A send was answered; `after`: its recipient's opt-out had been acknowledged before."""
        (self.after if after else self.before)[code] += 1
        if after and code not in (REFUSED, AWAY):
            self.faults.append(f"a send after an acknowledged opt-out was answered {code}")

    def round_line(self) -> str:
        """What this round has seen."""
        acks, before, after, away = (
            now - then for now, then in zip(self._totals(), self._marks, strict=True)
        )
        return (
            f"{acks} opt-outs acknowledged, {before} sends before one, {after} after one "
            f"({away} of them 503), {len(self.faults)} faults so far"
        )

    def wait_ms(self, share: float) -> float:
        """The time within which this share of the opt-outs was acknowledged, in milliseconds."""
        ordered = sorted(self.waits)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 if ordered else 0.0

    def _totals(self) -> tuple[int, int, int, int]:
        return len(self.waits), self.before.total(), self.after.total(), self.after[AWAY]

    def __str__(self) -> str:
        acks, before, after, away = self._totals()
        return (
            f"{self.rounds} rounds, {acks} opt-outs acknowledged (p50 {self.wait_ms(0.5):.0f} ms, "
            f"p99 {self.wait_ms(0.99):.0f} ms), {before} sends before one ({self.reached} reached "
            f"the carrier), {after} after one (refused, {away} of them by 503), "
            f"{len(self.faults)} faults"
        )
