"""Does the policy decide every row of a decision table as the table expects?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from gatekeeper.domain.decision import Decision
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.verdict import Verdict
from gatekeeper.evaluate import evaluate
from gatekeeper.policy.compile import incomplete
from gatekeeper.policy.faults import Fault, refusal
from gatekeeper.policy.model import Policy, Source
from gatekeeper.policy.row import Expect, Table, overlay, without_notes
from gatekeeper.policy.validate import parse
from gatekeeper.policy.yamlfile import MAX_BYTES, Located, read
from gatekeeper.rollout.given import Screens, facts_of


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with its `given` laid under it, ready to be judged."""

    name: str
    source: Source
    whole: dict[str, Any]
    expect: Expect


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of a row; `problems` are sentences of expected and got, none if it holds."""

    name: str
    source: Source
    decision: Decision
    problems: tuple[str, ...]
    facts: Facts
    expect: Expect

    @property
    def holds(self) -> bool:
        """Whether the decision is the expected one."""
        return not self.problems


def read_table(path: Path, name: str | None = None) -> tuple[TableRow, ...]:
    """The rows of a table file, known as `name` in places; raises PolicyError with all faults.

    A file that is not there raises OSError.
    """
    faults: list[Fault] = []
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    located = read(data, PurePosixPath(name or path.as_posix()), faults)
    table = parse(Table, located, faults) if located else None
    rows = tuple(table_rows(located, table, faults)) if located and table else ()
    if faults:
        raise refusal(faults)
    return rows


def run_table(
    rows: tuple[TableRow, ...], policy: Policy, screener: Screens, *, complete: bool = False
) -> Iterator[RowResult]:
    """Judge each row; with `complete`, a row that does not list its findings does not hold."""
    for row in rows:
        facts = facts_of(row.whole, screener, policy.trust)
        decision = evaluate(facts, policy)
        problems = tuple(_problems(row.expect, decision))
        if complete and row.expect.findings is None:
            problems += ("the row does not list its findings",)
        yield RowResult(row.name, row.source, decision, problems, facts, row.expect)


def rule_ids(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """The ids of the rules that found something, each once, sorted."""
    return tuple(sorted({finding.rule for finding in findings}))


def table_rows(located: Located, table: Table, faults: list[Fault]) -> Iterator[TableRow]:
    """The rows of a table that has its shape; what a row does not say is added to the faults."""
    given = without_notes(located.value.get("given") or {})
    for index, row in enumerate(table.rows):
        place = located.at("rows", index)
        said = without_notes(place.value)
        facts = {key: value for key, value in said.items() if key not in ("name", "expect")}
        whole = overlay(given, facts)
        faults.extend(incomplete(whole, place))
        yield TableRow(row.name, place.source(), whole, row.expect)


def _problems(expect: Expect, decision: Decision) -> Iterator[str]:
    labels = (expect.verdict,) if isinstance(expect.verdict, str) else expect.verdict
    if decision.verdict not in {Verdict.of(label) for label in labels}:
        yield f"verdict: expected {' or '.join(labels)}, got {decision.verdict.label}"
    yield from _findings_problems(expect, rule_ids(decision.findings))
    reasons = {str(finding.reason) for finding in decision.findings}
    for reason in expect.reasons:
        if reason not in reasons:
            yield f"reasons: expected {reason} among the findings"
    for reason in expect.not_reasons:
        if reason in reasons:
            yield f"not_reasons: {reason} is among the findings"
    if "next_allowed_at" in expect.model_fields_set:
        yield from _instant_problems(expect.next_allowed_at, decision.next_allowed_at)


def _findings_problems(expect: Expect, got: tuple[str, ...]) -> Iterator[str]:
    if expect.findings is None:
        return
    absent = sorted(set(expect.findings) - set(got))
    extra = sorted(set(got) - set(expect.findings))
    if absent:
        yield f"findings: expected but not found: {', '.join(absent)}"
    if extra:
        yield f"findings: found but not expected: {', '.join(extra)}"


def _instant_problems(expected: datetime | None, got: datetime | None) -> Iterator[str]:
    if expected != got:
        yield f"next_allowed_at: expected {_instant(expected)}, got {_instant(got)}"


def _instant(value: datetime | None) -> str:
    return value.astimezone(UTC).isoformat() if value else "none"
