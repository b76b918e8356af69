"""How is a person, or a machine, shown why the screener says what it says of one text?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gatekeeper.cli.output import shown
from gatekeeper.cli.screen_judge import ContentJudge
from gatekeeper.domain.match import Match
from gatekeeper.domain.words import Likelihood
from gatekeeper.screening.explain import Explanation
from gatekeeper.screening.recorder import MATCH, VALIDATOR, Reading, Weighed

FEW = 3
"""Candidates of one detector that its validator refused, shown one by one; more are counted."""


def document(judge: ContentJudge, told: Explanation, line: int | None = None) -> dict[str, Any]:
    """All of it as one JSON object of a stable shape; `line` only where each line is a text."""
    return {
        **({} if line is None else {"line": line}),
        "policy": judge.judge.policy.hash,
        "verdict": judge.verdict_of(told.matches).label,
        "views": [_view(reading) for reading in told.readings],
        "candidates": [_candidate(each) for each in told.weighed],
        "matches": [_match(judge, match) for match in told.matches],
    }


def _view(reading: Reading) -> dict[str, Any]:
    gates = [
        {"detector": each.detector, "opened_by": each.by, "words": list(each.words)}
        for each in reading.opened
    ]
    half_open = list(reading.half_open)
    return {"name": reading.name, "text": reading.text, "gates": gates, "half_open": half_open}


def _candidate(weighed: Weighed) -> dict[str, Any]:
    return {
        "view": weighed.reading,
        "detector": weighed.detector,
        "family": weighed.family,
        "start": weighed.start,
        "end": weighed.end,
        "before": weighed.base.label,
        "evidence": list(weighed.evidence),
        "steps": weighed.steps,
        "context": list(weighed.context),
        "after": weighed.after and weighed.after.label,
        "outcome": weighed.outcome,
        "why": weighed.why,
    }


def _match(judge: ContentJudge, match: Match) -> dict[str, Any]:
    return {
        "family": match.family,
        "detector": match.detector,
        "category": match.category,
        "severity": match.severity,
        "likelihood": match.likelihood.label,
        "start": match.start,
        "end": match.end,
        "exact": match.exact,
        "trace": list(match.trace),
        "verdict": judge.verdict(match).label,
        "rules": [
            {
                "rule": finding.rule,
                "verdict": finding.verdict.label,
                "mode": finding.mode,
                "citation": finding.citation,
            }
            for finding in judge.findings(match)
        ],
    }


def show(judge: ContentJudge, told: Explanation, line: int | None = None) -> None:
    """The same as tables for people."""
    console = Console(highlight=False)
    before = "" if line is None else f"line {line}, "
    verdict = judge.verdict_of(told.matches).label
    console.print(f"{before}verdict: [bold]{verdict}[/bold]")
    console.print(_views(told))
    if told.weighed:
        console.print(_candidates(told))
    if told.matches:
        console.print(_matches(judge, told))


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, box=None, title_justify="left", title_style="bold")
    for name in columns:
        table.add_column(name, overflow="fold")
    return table


def _views(told: Explanation) -> Table:
    table = _table("views that were read", "", "view", "text", "gates that opened")
    for number, reading in enumerate(told.readings):
        gates = "\n".join(_gates(reading)) or "none"
        table.add_row(str(number), escape(reading.name), shown(reading.text), escape(gates))
    return table


def _gates(reading: Reading) -> Iterator[str]:
    for each in reading.opened:
        yield f"{each.detector} by {', '.join(each.words) or each.by}"
    for detector in reading.half_open:
        yield f"{detector}: its word stands there, its shape or number does not"


def _candidates(told: Explanation) -> Table:
    names = ("view", "detector", "from", "to", "evidence", "context", "likelihood", "outcome")
    table = _table("candidates", *names)
    refused = Counter(each.detector for each in told.weighed if each.outcome == VALIDATOR)
    for each in told.weighed:
        if each.outcome != VALIDATOR or refused[each.detector] <= FEW:
            table.add_row(*map(escape, _row(each)))
    for detector, count in refused.items():
        if count > FEW:
            why = f"its validator refuses {count} numbers or values"
            table.add_row("", detector, "", "", "", "", "", why)
    return table


def _row(each: Weighed) -> tuple[str, ...]:
    evidence = "; ".join(each.evidence)
    if each.steps:
        evidence += f" ({each.steps:+d})"
    likelihood = _word(each.base)
    if each.after is not None:
        likelihood += f" -> {_word(each.after)}"
    outcome = MATCH if each.outcome == MATCH else f"dropped: {each.why}"
    span = str(each.start), str(each.end)
    context = "; ".join(each.context)
    return str(each.reading), each.detector, *span, evidence, context, likelihood, outcome


def _matches(judge: ContentJudge, told: Explanation) -> Table:
    names = ("family", "detector", "likelihood", "from", "to", "verdict", "rule", "citation")
    table = _table("matches", *names)
    for match in told.matches:
        kind = f"{match.family} ({match.category})" if match.category else match.family
        cells = kind, match.detector, _word(match.likelihood), str(match.start), str(match.end)
        findings = judge.findings(match)
        rules = "\n".join(
            f"{f.rule} ({f.mode})" if f.mode != "enforce" else f.rule for f in findings
        )
        cited = "\n".join(finding.citation for finding in findings)
        verdict = judge.verdict(match).label
        table.add_row(*map(escape, (*cells, verdict, rules or "none", cited)))
    return table


def _word(likelihood: Likelihood) -> str:
    return likelihood.label.replace("_", " ")
