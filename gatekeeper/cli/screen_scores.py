"""In which words and figures is an evaluation shown, to people, to machines and to a build?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

import msgspec
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gatekeeper.cli.output import shown
from gatekeeper.cli.screen_evaluate import (
    BY_MATCH,
    BY_VERDICT,
    FALSE_POSITIVE,
    WAYS,
    Error,
    Evaluation,
)
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Family
from gatekeeper.policy.faults import suggest
from gatekeeper.screening.scores import Score, Share

SHOWN = 50
"""Errors that people are shown; machines get all of them."""
PER = 10_000
_LIMIT = re.compile(r"((?P<way>\w+):)?(?P<family>\w+)(\.(?P<figure>\w+))?=(?P<least>\S+)")
FIGURES = ("precision", "recall", "f1")
_WAYS = {
    BY_MATCH: "by match: possible or surer",
    BY_VERDICT: "by verdict: would be blocked or held",
}


class Limit(msgspec.Struct, frozen=True):
    """The least that a figure of a family must reach."""

    way: str
    family: Family
    figure: str
    least: float

    @classmethod
    def of(cls, said: str) -> Limit:
        """As `payment=0.9`, `payment.recall=0.9`, `verdict:payment.recall=0.9`; or BadParameter."""
        parts = _LIMIT.fullmatch(said)
        if parts is None:
            _refuse(f"{said}: write FAMILY=0.9, FAMILY.recall=0.9 or verdict:FAMILY.recall=0.9")
        way, figure = parts["way"] or BY_MATCH, parts["figure"] or "f1"
        for word, known in ((way, WAYS), (parts["family"], Family), (figure, FIGURES)):
            if word not in list(known):
                near = suggest(word, known) or f"; one of {', '.join(known)}"
                _refuse(f"{said}: there is no {word}{near}")
        try:
            least = float(parts["least"])
        except ValueError:
            least = -1.0
        if not 0 <= least <= 1:
            _refuse(f"{said}: the limit is a number from 0 to 1")
        return cls(way, Family(parts["family"]), figure, least)

    def broken(self, evaluation: Evaluation) -> str:
        """What to tell if the figure falls short or cannot be had; else nothing."""
        value = _figures(evaluation.scores[self.way][self.family])[self.figure]
        name = f"{self.family} {self.figure} by {self.way}"
        if value is None:
            return f"{name}: no text is labelled {self.family}, so there is no figure"
        return "" if value >= self.least else f"{name}: {value:.4f} is below {self.least}"


def _refuse(message: str) -> NoReturn:
    raise typer.BadParameter(message)


def _figures(score: Score) -> dict[str, float | None]:
    return dict(zip(FIGURES, (score.precision.value, score.recall.value, score.f1), strict=True))


def document(evaluation: Evaluation, broken: Iterable[str]) -> dict[str, Any]:
    """All of it, for machines; shares are from 0 to 1 and null where nothing was to be counted."""
    return {
        "texts": evaluation.texts,
        "bad_lines": evaluation.bad,
        "clean": evaluation.clean,
        "false_blocks": {
            "texts": evaluation.clean_stopped,
            "per_10000": _per(evaluation.false_blocks.value),
            "low": _per(evaluation.false_blocks.low),
            "high": _per(evaluation.false_blocks.high),
        },
        **{f"by_{way}": dict(_told_scores(evaluation, way)) for way in WAYS},
        "never_stopped": sorted(evaluation.never_stopped),
        "matrix": {row: dict(evaluation.matrix[row]) for row in sorted(evaluation.matrix)},
        "errors": [_told_error(error) for error in evaluation.errors],
        "limits_broken": list(broken),
    }


def _told_scores(evaluation: Evaluation, way: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for family, score in evaluation.scores[way].items():
        if score.speaks:
            told = msgspec.to_builtins(score)
            shares = {"precision": score.precision, "recall": score.recall}
            yield family, {**told, **msgspec.to_builtins(shares), "f1": score.f1}


def _told_error(error: Error) -> dict[str, Any]:
    return {**msgspec.to_builtins(error), "detectors": list(error.detectors)}


def _per(share: float | None) -> float | None:
    return None if share is None else round(share * PER, 3)


def show(evaluation: Evaluation, broken: Iterable[str]) -> None:
    """The same as tables for people."""
    console = Console(highlight=False)
    stopped, per = evaluation.clean_stopped, evaluation.false_blocks
    console.print(f"{evaluation.texts:,} texts, {evaluation.clean:,} of them clean")
    console.print(
        f"[bold]false blocks: {stopped:,} of {evaluation.clean:,} clean texts[/bold], "
        f"{_share(per, PER, '{:.1f}')} per {PER:,}"
    )
    for way, title in _WAYS.items():
        console.print(_scores(evaluation, way, title))
    if any(_marked(evaluation, f) and s.speaks for f, s in evaluation.scores[BY_VERDICT].items()):
        console.print("* no rule in force blocks or holds a message for this family")
    console.print(_matrix(evaluation))
    if evaluation.errors:
        console.print(_errors(evaluation.errors))
    for told in broken:
        console.print(f"[red]limit broken:[/red] {escape(told)}")


def _scores(evaluation: Evaluation, way: str, title: str) -> Table:
    table = Table(title=title, box=None, title_justify="left", title_style="bold")
    table.add_column("family", no_wrap=True)
    for name in ("TP", "FP", "FN", "TN"):
        table.add_column(name, justify="right")
    for name in ("precision (95 %)", "recall (95 %)", "F1"):
        table.add_column(name, no_wrap=True)
    for family, score in evaluation.scores[way].items():
        if score.speaks:
            counts = (f"{n:,}" for n in (score.tp, score.fp, score.fn, score.tn))
            f1 = "-" if score.f1 is None else f"{score.f1:.3f}"
            name = f"{family} *" if way == BY_VERDICT and _marked(evaluation, family) else family
            table.add_row(name, *counts, _share(score.precision), _share(score.recall), f1)
    return table


def _marked(evaluation: Evaluation, family: Family) -> bool:
    """Whether no rule stops the family's messages: then no detector can make its recall better."""
    return family in evaluation.never_stopped


def _share(share: Share, times: float = 1.0, form: str = "{:.3f}") -> str:
    if share.value is None or share.low is None or share.high is None:
        return "-"
    value, low, high = (form.format(n * times) for n in (share.value, share.low, share.high))
    return f"{value} ({low} to {high})"


def _matrix(evaluation: Evaluation) -> Table:
    table = Table(title="what would become of them", box=None, title_justify="left")
    table.title_style = "bold"
    table.add_column("labelled", no_wrap=True)
    seen = {verdict for row in evaluation.matrix.values() for verdict in row}
    verdicts = [verdict.label for verdict in Verdict if verdict.label in seen]
    for verdict in verdicts:
        table.add_column(verdict, justify="right")
    for row in sorted(evaluation.matrix):
        table.add_row(row, *(f"{evaluation.matrix[row][v]:,}" for v in verdicts))
    return table


def _gravity(error: Error) -> tuple[bool, bool, int]:
    """What is stopped though it is clean is shown first."""
    return error.kind != FALSE_POSITIVE, error.by != BY_VERDICT, error.line


def _errors(errors: list[Error]) -> Table:
    left = f"; {len(errors) - SHOWN:,} more in --json" if len(errors) > SHOWN else ""
    table = Table(title=f"errors: {len(errors):,}{left}", box=None, title_justify="left")
    table.title_style = "bold"
    for name in ("line", "id", "what", "by", "family", "detectors that matched"):
        table.add_column(name, overflow="fold")
    with_text = any(error.text is not None for error in errors)
    if with_text:
        table.add_column("text", overflow="fold")
    for error in sorted(errors, key=_gravity)[:SHOWN]:
        text = [shown(error.text or "")] if with_text else []
        told = ", ".join(error.detectors) or "none"
        what = error.kind.replace("_", " ")
        table.add_row(
            str(error.line), shown(str(error.id)), what, error.by, error.family, told, *text
        )
    return table
