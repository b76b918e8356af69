"""What would the content rules say of these texts?"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, BinaryIO, Protocol

import msgspec
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gatekeeper.checks import content
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.match import Match
from gatekeeper.domain.message import TextPart
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel, Family, Likelihood, Role
from gatekeeper.errors import PolicyError
from gatekeeper.rollout.ready import Judge, loaded
from gatekeeper.settings import Settings

LONGEST_LINE = 1_048_576
"""Bytes of one line; a longer one is reported and skipped."""


class Line(msgspec.Struct):
    """One text to screen, with the caller's own id."""

    id: str | int
    text: str


class Found(msgspec.Struct):
    """One match; offsets are code points of the text given, half-open."""

    family: str
    detector: str
    likelihood: str
    verdict: str
    start: int
    end: int


class Answer(msgspec.Struct):
    """What the content rules say of one text."""

    id: str | int
    verdict: str
    matches: list[Found]


@dataclass(frozen=True, slots=True)
class ContentJudge:
    """The screener with the content rules in force now for a text message."""

    judge: Judge
    at: datetime
    _known: dict[tuple[Family, Likelihood], Verdict] = field(default_factory=dict)

    def matches(self, text: str) -> tuple[Match, ...]:
        """What the detectors find."""
        return self.judge.screener.screen((TextPart("text", Role.BODY, text),))

    def verdict(self, match: Match) -> Verdict:
        """What the rules make of one match: they ask for its family and likelihood alone."""
        key = match.family, match.likelihood
        if key not in self._known:
            self._known[key] = self._judged(match)
        return self._known[key]

    def _judged(self, match: Match) -> Verdict:
        facts = Facts(at=self.at, channel=Channel.SMS, matches=(match,))
        findings = (
            content.CHECK.run(facts, rule)
            for rule in self.judge.policy.applicable(content.CHECK.name, facts)
        )
        return max((found.effect for found in findings if found), default=Verdict.ALLOW)

    def answer(self, line: Line) -> Answer:
        """The answer to one line."""
        matches = self.matches(line.text)
        verdicts = [self.verdict(match) for match in matches]
        found = [_found(m, v) for m, v in zip(matches, verdicts, strict=True)]
        return Answer(line.id, max(verdicts, default=Verdict.ALLOW).label, found)


def screen(
    text: Annotated[str | None, typer.Argument(help="A text to screen and explain.")] = None,
    ndjson: Annotated[
        bool, typer.Option("--ndjson", help="Read {id, text} lines, write one answer for each.")
    ] = False,
) -> None:
    """Screen texts by the shipped detectors and content rules; nothing is sent or kept.

    With TEXT: exit status 0 if it would go out, 1 if not. With --ndjson: 0 if every line could be
    read, else 2, with the line numbers on standard error.
    """
    if (text is None) == (not ndjson):
        raise typer.BadParameter("give either a TEXT or --ndjson")
    try:
        judge = ContentJudge(loaded(Settings().policies), datetime.now(UTC))
    except PolicyError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    if text is None:
        raise typer.Exit(2 if stream(judge, sys.stdin.buffer, sys.stdout.buffer) else 0)
    raise typer.Exit(0 if explain(judge, text) else 1)


class Answers(Protocol):
    """What can answer lines, one by one."""

    def answer(self, line: Line) -> msgspec.Struct:
        """The answer to one line."""


def stream(judge: Answers, lines: BinaryIO, answers: BinaryIO) -> int:
    """Answer every line as it comes; the number of lines that could not be read."""
    bad, encoder = 0, msgspec.json.Encoder()
    for number, raw in enumerate(_lines(lines), start=1):
        if raw.isspace():
            continue
        try:
            line = _line(raw)
        except (msgspec.DecodeError, ValueError) as wrong:
            bad += 1
            typer.echo(f"line {number}: {_told(wrong)}", err=True)
            continue
        answers.write(encoder.encode(judge.answer(line)) + b"\n")
        answers.flush()
    return bad


_DECODER = msgspec.json.Decoder(Line)


def _line(raw: bytes) -> Line:
    if len(raw) > LONGEST_LINE:
        raise ValueError(f"longer than {LONGEST_LINE} bytes")
    try:
        return _DECODER.decode(raw)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        return msgspec.convert(json.loads(raw), Line)  # which reads lone surrogates too


def _lines(lines: BinaryIO) -> Iterator[bytes]:
    """The lines; of one that is too long only the beginning."""
    while raw := lines.readline(LONGEST_LINE + 1):
        rest = raw
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = lines.readline(LONGEST_LINE + 1)
        yield raw


def _told(wrong: Exception) -> str:
    """The fault without what the line holds."""
    if isinstance(wrong, UnicodeDecodeError):
        return "not UTF-8"
    if isinstance(wrong, json.JSONDecodeError):
        return f"not JSON: {wrong.msg} at column {wrong.colno}"
    return str(wrong)


def _found(match: Match, verdict: Verdict) -> Found:
    return Found(
        match.family,
        match.detector,
        match.likelihood.label,
        verdict.label,
        match.start,
        match.end,
    )


def explain(judge: ContentJudge, text: str) -> bool:
    """Print what was found, where and why; whether the text would go out."""
    matches = judge.matches(text)
    verdict = max(map(judge.verdict, matches), default=Verdict.ALLOW)
    console = Console()
    console.print(f"verdict: [bold]{verdict.label}[/bold]")
    if matches:
        table = Table("family", "detector", "likelihood", "verdict", "from", "to", "why")
        for match in matches:
            told = judge.verdict(match).label
            why = escape("; ".join(match.trace))
            likelihood = match.likelihood.label.replace("_", " ")
            span = str(match.start), str(match.end)
            table.add_row(match.family, match.detector, likelihood, told, *span, why)
        console.print(table)
    return verdict.forwards
