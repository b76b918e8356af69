"""How right are the detectors and the content rules about texts that somebody has labelled?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import typer
from msgspec import Struct

from gatekeeper.cli.screen_judge import ContentJudge
from gatekeeper.cli.screen_labels import Labelled
from gatekeeper.cli.screen_lines import Lines, Unread
from gatekeeper.cli.screen_progress import Advance, no_progress
from gatekeeper.domain.match import Match
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Family, Likelihood
from gatekeeper.screening.scores import Score, Share

BY_MATCH, BY_VERDICT = "match", "verdict"
WAYS = (BY_MATCH, BY_VERDICT)
"""Found by a match that is possible or surer; or by one that blocks or holds the message."""
FALSE_POSITIVE, FALSE_NEGATIVE = "false_positive", "false_negative"
CLEAN, UNSURE = "clean", "unsure"
"""Rows of texts without a label; of the unsure ones some family is neither right nor wrong."""


class Error(Struct, frozen=True, omit_defaults=True):
    """A text that was taken for what it is not labelled, or not for what it is."""

    line: int
    id: str | int
    by: str
    kind: str
    family: str
    detectors: tuple[str, ...] = ()
    """Detectors of the family that matched, with their likelihood and verdict; nothing if none."""
    text: str | None = None
    """Only where it was asked for."""


@dataclass(slots=True)
class Evaluation:
    """What was counted so far."""

    keep_text: bool = False
    texts: int = 0
    bad: int = 0
    clean: int = 0
    clean_stopped: int = 0
    """Clean texts that would be blocked or held."""
    labelled: Counter[Family] = field(default_factory=Counter)
    scores: dict[str, dict[Family, Score]] = field(
        default_factory=lambda: {way: {family: Score() for family in Family} for way in WAYS}
    )
    matrix: dict[str, Counter[str]] = field(default_factory=dict)
    """Texts by label and verdict; one with two labels counts in both rows."""
    errors: list[Error] = field(default_factory=list)
    never_stopped: frozenset[Family] = frozenset()
    """Families of which no rule blocks or holds a message, whatever is found."""

    @property
    def false_blocks(self) -> Share:
        """The share of clean texts that would not go out."""
        return Share.of(self.clean_stopped, self.clean)

    def told(self) -> str:
        """How far it is, in one line."""
        return f"{self.texts:,} texts evaluated"

    def add(self, judge: ContentJudge, number: int, line: Labelled) -> None:
        """Count one line; ValueError if its labels cannot be read."""
        labels, may = line.families_told(), line.families_allowed()
        matches = judge.matches(line.text)
        verdicts = {match: judge.verdict(match) for match in matches}
        verdict = max(verdicts.values(), default=Verdict.ALLOW)
        self.texts += 1
        self.labelled.update(labels)
        for row in sorted(labels) or (UNSURE if may else CLEAN,):
            self.matrix.setdefault(row, Counter())[verdict.label] += 1
        if not labels and not may:
            self.clean, self.clean_stopped = self.clean + 1, self.clean_stopped + stops(verdict)
        found = {
            BY_MATCH: {m.family for m in matches if m.likelihood >= Likelihood.POSSIBLE},
            BY_VERDICT: {m.family for m, v in verdicts.items() if stops(v)},
        }
        for way, families in found.items():
            for family, score in self.scores[way].items():
                if family not in may:
                    score.add(labelled=family in labels, found=family in families)
        for way, kind, family in _errors(found, labels, may):
            told = tuple(_told(m, v) for m, v in verdicts.items() if m.family is family)
            text = line.text if self.keep_text else None
            self.errors.append(Error(number, line.id, way, kind, family, told, text))


def stops(verdict: Verdict) -> bool:
    """Whether a verdict keeps a message from its recipient until somebody acts."""
    return verdict >= Verdict.HOLD


def _errors(
    found: dict[str, set[Family]], labels: frozenset[Family], may: frozenset[Family]
) -> Iterator[tuple[str, str, Family]]:
    for way, families in found.items():
        for family in sorted(families - labels - may):
            yield way, FALSE_POSITIVE, family
        for family in sorted(labels - families - may):
            yield way, FALSE_NEGATIVE, family


def _told(match: Match, verdict: Verdict) -> str:
    return f"{match.detector} ({match.likelihood.label}, {verdict.label})"


def evaluate(
    judge: ContentJudge,
    lines: BinaryIO,
    evaluation: Evaluation,
    advance: Advance = no_progress,
) -> Evaluation:
    """Read and count every line; what cannot be read is told by its number."""
    for number, size, line in Lines(lines, Labelled):
        advance(size, 1)
        try:
            if isinstance(line, Unread):
                raise ValueError(line.why)
            evaluation.add(judge, number, line)
        except ValueError as wrong:
            evaluation.bad += 1
            typer.echo(f"line {number}: {wrong}", err=True)
    return evaluation
