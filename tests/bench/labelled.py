"""How much of each family is found in the labelled texts, and what is found there in error?

    python -m tests.bench.labelled [--misses]

A text is found if a match of the family is flagged or stopped by the content rules; stopped if it
is blocked or held. `--misses` lists each text that is read wrongly, by its id and its part. The
texts are the project's own (see tests/support/labelled.py): rules may be tuned on the first part.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gatekeeper.domain.verdict import Verdict
from tests.support.content_rules import Ruled, ruled
from tests.support.labelled import HELD_OUT, TUNE, Labelled, labelled

Read = list[tuple[Labelled, Ruled]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one family, over texts that hold it and texts that do not."""

    positives: int
    found: int
    """Texts that hold it and are flagged or stopped for it."""
    stopped: int
    """Texts that hold it and are blocked or held for it."""
    wrong: int
    """Texts that do not hold it and are flagged or stopped for it."""
    wrongly_stopped: int

    @property
    def recall(self) -> float:
        return self.found / self.positives if self.positives else 1.0

    @property
    def precision(self) -> float:
        """Of all texts found, those that hold it."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0


def read(texts: Iterable[Labelled]) -> Read:
    """Each text with what the rules say of it."""
    return [(one, ruled(one.text)) for one in texts]


def families(texts: Iterable[Labelled]) -> list[str]:
    """Every family that a text is labelled with."""
    return sorted({label for one in texts for label in one.labels})


def figures(texts: Read, family: str) -> Figures:
    """The figures of one family."""
    told = [(one, said.families(), said.families(Verdict.REDACT)) for one, said in texts]
    holding = [(found, stopped) for one, found, stopped in told if family in one.labels]
    others = [(f, s) for one, f, s in told if family not in one.labels | one.may]
    return Figures(
        len(holding),
        sum(family in found for found, _ in holding),
        sum(family in stopped for _, stopped in holding),
        sum(family in found for found, _ in others),
        sum(family in stopped for _, stopped in others),
    )


def misses(texts: Read) -> Iterator[str]:
    """A line for each family missed in a text, and for each found in error."""
    for one, said in texts:
        for family in sorted(one.labels - said.families()):
            yield f"{family} | {one.part} {one.id} | missed | {one.text}"
        for match, verdict in said.matches:
            if verdict >= Verdict.FLAG and match.family.value not in one.labels | one.may:
                told = f"{match.detector} fired ({verdict.label})"
                yield f"{match.family} | {one.part} {one.id} | {told} | {one.text}"


def main() -> None:
    """Print the table, and the misses if asked."""
    parts = {part: read(labelled(part)) for part in (TUNE, HELD_OUT)}
    head = f"{'family':<14}{'part':<10}{'texts':>6}{'found':>7}{'recall':>8}{'stopped':>9}"
    print(f"{head}{'in error':>10}{'stopped in error':>18}{'precision':>11}")
    for family in families(one for texts in parts.values() for one, _ in texts):
        for part, texts in parts.items():
            of = figures(texts, family)
            line = f"{family:<14}{part:<10}{of.positives:>6}{of.found:>7}{of.recall:>8.2f}"
            rest = f"{of.stopped:>9}{of.wrong:>10}{of.wrongly_stopped:>18}{of.precision:>11.2f}"
            print(line + rest)
    if "--misses" in sys.argv:
        print(*sorted(line for texts in parts.values() for line in misses(texts)), sep="\n")


if __name__ == "__main__":
    main()
