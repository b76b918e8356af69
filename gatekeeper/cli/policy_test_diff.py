"""How does a row that does not hold show what was expected, what was got, and why?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape

from gatekeeper.checks.compared_consent import told as consent_told
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.policy.model import Policy
from gatekeeper.rollout.explain_tree import clocks, trace
from gatekeeper.rollout.tables import RowResult, rule_ids

_LABEL, _COLUMN = 16, 34


def show_row(shown: Console, row: RowResult, policy: Policy) -> None:
    """Expected beside got, each finding that is missing or too many with its reason, the facts."""
    shown.print(f"[red]FAIL[/red] {escape(f'{row.source}: {row.name}')}")
    for line in row_lines(row, policy):
        shown.print(f"     {line}")


def row_lines(row: RowResult, policy: Policy) -> Iterator[str]:
    """The lines below a row's name, in rich's markup."""
    for problem in row.problems:
        yield f"[red]{escape(problem)}[/red]"
    yield from _sides(row)
    expected = set(row.expect.findings or ())
    for rule in sorted(expected - set(rule_ids(row.decision.findings))):
        yield from _missing(rule, row, policy)
    for finding in row.decision.findings:
        yield from _found(finding, row, expected)
    for label, value in _facts(row.facts):
        yield f"[dim]{label:<{_LABEL}}{escape(value)}[/dim]"


def _sides(row: RowResult) -> Iterator[str]:
    expect, decision = row.expect, row.decision
    words = expect.verdict if isinstance(expect.verdict, str) else " or ".join(expect.verdict)
    yield f"[bold]{'':<{_LABEL}}{'expected':<{_COLUMN}}got[/bold]"
    yield _side("verdict", words, decision.verdict.label)
    got = sorted({str(finding.reason) for finding in decision.findings})
    if expect.reasons or expect.not_reasons:
        wanted = [*expect.reasons, *(f"not {reason}" for reason in expect.not_reasons)]
        yield _side("reasons", ", ".join(wanted), ", ".join(got) or "none")
    if "next_allowed_at" in expect.model_fields_set or decision.next_allowed_at:
        yield from _instants(row)


def _instants(row: RowResult) -> Iterator[str]:
    """In UTC, then on the clock of each candidate zone."""
    named = "next_allowed_at" in row.expect.model_fields_set
    expected, got = row.expect.next_allowed_at, row.decision.next_allowed_at
    first = _utc(expected) if named else "(not said)"
    yield _side("next allowed at", first, _utc(got))
    zones = row.facts.places.zones
    there = [clocks(row.facts, moment) if moment else ("",) * len(zones)
             for moment in (expected if named else None, got)]  # fmt: skip
    for left, right in zip(*there, strict=True):
        yield _side("", left, right)


def _utc(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat() if moment else "none"


def _side(label: str, expected: str, got: str) -> str:
    colour = "" if expected == got else "[red]"
    close = "[/red]" if colour else ""
    return f"{label:<{_LABEL}}{escape(expected):<{_COLUMN}}{colour}{escape(got)}{close}"


def _missing(rule: str, row: RowResult, policy: Policy) -> Iterator[str]:
    """Why a rule that was expected did not fire."""
    found = trace(rule, row.facts, policy, row.decision)
    if found is None:
        yield f"[red]- {escape(rule)}[/red]: there is no such rule"
        return
    word = found.outcome.replace("_", " ")
    yield f"[red]- {escape(rule)}[/red]: {word}: {escape(found.why)}"
    if found.value is not None:
        yield f"    is: {escape(found.value)}; asked: {escape(found.limit or '')}"
    yield f"    [dim]{escape(found.citation)}[/dim]"


def _found(finding: Finding, row: RowResult, expected: set[str]) -> Iterator[str]:
    extra = row.expect.findings is not None and finding.rule not in expected
    mark = "[red]+[/red]" if extra else " "
    said = f"{finding.rule}: {finding.verdict.label} ({finding.mode}), {finding.reason}"
    yield f"{mark} found {escape(said)}: {escape(finding.detail)}"
    if extra:
        yield f"    [dim]{escape(finding.citation)}[/dim]"


def _facts(facts: Facts) -> Iterator[tuple[str, str]]:
    """What most rules ask; a number is not shown, its place is."""
    where = ", ".join(sorted(facts.places.regions)) or "not known"
    yield "place", f"{where} (by {facts.places.confidence.replace('_', ' ')})"
    yield "time", ", ".join(clocks(facts, facts.at)) or facts.at.isoformat()
    yield "message", f"{facts.channel}, {facts.purpose}, {facts.technology}"
    sender = facts.sender
    yield "sender", f"{sender.kind}, {sender.state}".replace("_", " ")
    yield "consent", consent_told(facts.consent)
    lists = ", ".join(f"{name} {each.answer}" for name, each in facts.listings.items())
    yield "lists", lists or "none asked"
    if facts.sent:
        yield "sent before", str(len(facts.sent))
    if facts.matches:
        found = (f"{m.family} ({m.detector}, {m.likelihood.label})" for m in facts.matches)
        yield "in the text", ", ".join(found)
