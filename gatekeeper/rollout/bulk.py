"""In which words is a whole list asked about before it is sent, and answered?

One question stands for all rows; a row adds the recipient and whatever is its own.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any

from msgspec import Struct
from pydantic import ValidationError

from gatekeeper.domain.decision import Decision
from gatekeeper.domain.segments import segments
from gatekeeper.domain.words import Channel
from gatekeeper.errors import InputRejected
from gatekeeper.policy.faults import suggest
from gatekeeper.providers.json_once import decoded
from gatekeeper.rollout.whatif import CheckRequest

MOST_ROWS = 200_000
"""Rows of one request; a longer list comes in several."""
LONGEST_ROW = 131_072
FORMATS = {"text/csv": "csv", "application/x-ndjson": "ndjson", "application/ndjson": "ndjson"}
PLACE = ("region", "postal", "timezone", "line_type", "source", "as_of")
"""Columns of what is stated of the recipient."""
_OWN = tuple(
    field.alias or name
    for name, field in CheckRequest.model_fields.items()
    if name not in ("recipient", "assume", "consent", "explain")
)
COLUMNS = (*_OWN, *PLACE)
"""All columns that a row may have; whatever a row leaves out is as the question says."""
WRITTEN = frozenset({Channel.SMS})
"""Channels whose texts are billed by the segment."""


class BulkRow(Struct, frozen=True):
    """One row that can be read."""

    line: int
    question: CheckRequest


class BadRow(Struct, frozen=True):
    """One row that cannot; `error` repeats nothing that stands in it."""

    line: int
    error: str


class RowVerdict(Struct, frozen=True, omit_defaults=True):
    """What would become of one row."""

    line: int
    to: str
    verdict: str
    reason: str | None = None
    rule: str | None = None
    citation: str | None = None
    detail: str | None = None
    next_allowed_at: str | None = None
    segments: int | None = None
    """SMS segments of the text; None on other channels."""
    repeats: int | None = None
    """The line on which this recipient stood first."""
    findings: tuple[str, ...] = ()
    """All rules that found something, those in shadow among them."""


def verdict_of(row: BulkRow, decision: Decision, repeats: int | None) -> RowVerdict:
    """The answer for one row."""
    primary, question = decision.primary, row.question
    later = decision.next_allowed_at
    return RowVerdict(
        line=row.line,
        to=question.to,
        verdict=decision.verdict.label,
        reason=primary.reason if primary else None,
        rule=primary.rule if primary else None,
        citation=primary.citation if primary else None,
        detail=primary.detail if primary else None,
        next_allowed_at=later.isoformat() if later else None,
        segments=segments(question.text).count if question.channel in WRITTEN else None,
        repeats=repeats,
        findings=tuple(dict.fromkeys(finding.rule for finding in decision.findings)),
    )


def rows_of(body: bytes, form: str, said: Mapping[str, str]) -> Iterator[BulkRow | BadRow]:
    """Every row of a list (`csv` with a header, or `ndjson`), read on its own.

    `said` are the columns that the question fills in for all rows. InputRejected for a list that
    cannot be read at all: not UTF-8, no header, an unknown column, too many rows.
    """
    unknown_columns(said)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputRejected("the list is not UTF-8") from None
    rows = _csv(text) if form == "csv" else _ndjson(text)
    for count, (line, values) in enumerate(rows):
        if count >= MOST_ROWS:
            raise InputRejected(f"more than {MOST_ROWS} rows: send the list in several requests")
        yield values if isinstance(values, BadRow) else _row(line, values, said)


def unknown_columns(names: Iterable[str]) -> None:
    """InputRejected for a column that no row has."""
    for name in names:
        if name not in COLUMNS:
            near = suggest(name, COLUMNS)
            raise InputRejected(f"there is no column {name[:40]!r}{near}; {', '.join(COLUMNS)}")


def _csv(text: str) -> Iterator[tuple[int, dict[str, Any] | BadRow]]:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
    except csv.Error:
        raise InputRejected("line 1: the header is not CSV") from None
    if not any(names):
        raise InputRejected("the list is empty: its first line must name the columns")
    unknown_columns(names)
    if len(set(names)) != len(names):
        raise InputRejected("line 1: a column is named twice")
    while True:
        line = reader.line_num + 1
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, BadRow(line, "not CSV: is a quotation mark left open?")
            continue
        if not values:
            continue
        if len(values) != len(names):
            told = f"{len(values)} fields where the header names {len(names)}"
            yield line, BadRow(line, told)
            continue
        yield line, {n: v.strip() for n, v in zip(names, values, strict=True) if v.strip()}


def _ndjson(text: str) -> Iterator[tuple[int, dict[str, Any] | BadRow]]:
    for line, raw in enumerate(text.split("\n"), start=1):
        if not raw.strip():
            continue
        if len(raw) > LONGEST_ROW:
            yield line, BadRow(line, "the row is too long")
            continue
        try:
            values = decoded(raw)
        except ValueError:
            yield line, BadRow(line, "not JSON with each key once")
            continue
        if not isinstance(values, dict):
            yield line, BadRow(line, "not a JSON object")
            continue
        odd = next((name for name in values if name not in COLUMNS), None)
        if odd is not None:
            told = f"there is no column {odd[:40]!r}{suggest(odd, COLUMNS)}"
            yield line, BadRow(line, told)
            continue
        yield line, values


def _row(line: int, values: Mapping[str, Any], said: Mapping[str, str]) -> BulkRow | BadRow:
    whole = {**said, **values}
    place = {name: whole.pop(name) for name in PLACE if name in whole}
    if place:
        whole["recipient"] = place
    try:
        return BulkRow(line, CheckRequest.model_validate(whole))
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False)[0]
        name = ".".join(str(step) for step in fault["loc"] if step != "recipient")
        missing = fault["type"] == "missing"
        return BadRow(line, f"{name} is missing" if missing else f"{name}: {fault['msg']}")


class Summary:
    """What a list comes to: how many rows would not go, and why."""

    def __init__(self) -> None:
        self.rows = self.bad = self.repeats = self.segments = 0
        self.verdicts: dict[str, int] = {}
        self.reasons: dict[str, int] = {}
        self.policies: set[str] = set()

    def add(self, row: RowVerdict | BadRow) -> None:
        """Count one row."""
        self.rows += 1
        if isinstance(row, BadRow):
            self.bad += 1
            return
        self.verdicts[row.verdict] = self.verdicts.get(row.verdict, 0) + 1
        self.repeats += row.repeats is not None
        if row.verdict in GOES:
            self.segments += row.segments or 0
        elif row.reason:
            self.reasons[row.reason] = self.reasons.get(row.reason, 0) + 1

    @property
    def goes(self) -> int:
        """Rows that would leave."""
        return sum(self.verdicts.get(verdict, 0) for verdict in GOES)

    def told(self) -> dict[str, Any]:
        """The summary as JSON."""
        return {
            "rows": self.rows,
            "would_go": self.goes,
            "would_not_go": self.rows - self.goes - self.bad,
            "bad": self.bad,
            "repeats": self.repeats,
            "segments": self.segments,
            "by_verdict": dict(sorted(self.verdicts.items())),
            "by_reason": dict(sorted(self.reasons.items(), key=lambda each: (-each[1], each[0]))),
            "policies": sorted(self.policies),
        }


GOES = ("allow", "flag", "redact")
"""Verdicts under which a message leaves."""
