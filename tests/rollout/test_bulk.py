"""Is a list read row by row, each row on its own, and summed up rightly?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.domain.decision import Decision
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Mode
from gatekeeper.errors import InputRejected
from gatekeeper.rollout.bulk import BadRow, BulkRow, RowVerdict, Summary, rows_of, verdict_of

SAID = {"channel": "sms", "from": "+13122000100", "text": "Hello"}
NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)


def read(text: str, form: str = "csv", **said: str) -> list[BulkRow | BadRow]:
    return list(rows_of(text.encode(), form, {**SAID, **said}))


def test_a_row_overlays_what_the_question_says() -> None:
    first, second = read("to,text,region\n+12122000123,Hi,US-TX\n+12122000124,,\n")
    assert isinstance(first, BulkRow) and isinstance(second, BulkRow)
    assert (first.line, first.question.text) == (2, "Hi")
    assert first.question.recipient is not None and first.question.recipient.region == "US-TX"
    assert (second.question.text, second.question.recipient) == ("Hello", None)


def test_a_text_may_go_over_several_lines_and_lines_are_counted_as_an_editor_counts() -> None:
    first, second = read('to,text\n1,"two\nlines"\n2,one\n')
    assert (first.line, second.line) == (2, 4)
    assert isinstance(first, BulkRow) and first.question.text == "two\nlines"


def test_a_mark_of_byte_order_is_no_part_of_the_header() -> None:
    assert isinstance(read("\ufeffto\n1\n")[0], BulkRow)


def test_numbers_of_json_are_taken_as_text() -> None:
    (row,) = read('{"to": 12122000123}', "ndjson")
    assert isinstance(row, BulkRow) and row.question.to == "12122000123"


@given(st.text(max_size=300))
def test_no_text_is_an_error_of_ours(text: str) -> None:
    for form in ("csv", "ndjson"):
        try:
            rows = list(rows_of(text.encode("utf-8", "replace"), form, SAID))
        except InputRejected:
            continue
        assert all(isinstance(row, BulkRow | BadRow) for row in rows)


def test_what_is_wrong_repeats_nothing_of_the_row() -> None:
    (row,) = read("to,at\n+12122000123,4111111111111111x\n")
    assert isinstance(row, BadRow) and "4111" not in row.error


@pytest.mark.parametrize(
    "raw",
    [
        '{"to": ' + "[" * 50_000,
        '{"to": "1", "to": "2"}',
        '{"to": NaN}',
        '{"to": "\\ud800"}',
        '{"to": 1e999}',
        '{"to": [1]}',
    ],
)
def test_a_row_without_one_meaning_is_bad_and_the_next_is_read(raw: str) -> None:
    bad, good = read(raw + '\n{"to": "2"}', "ndjson")
    assert isinstance(bad, BadRow)
    assert isinstance(good, BulkRow)


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gatekeeper.rollout.bulk.MOST_ROWS", 2)
    with pytest.raises(InputRejected, match="more than 2 rows"):
        read("to\n1\n2\n3\n")


def test_a_verdict_tells_its_first_reason_and_the_next_allowed_time() -> None:
    finding = Finding(
        "us.quiet_hours", Reason.QUIET_HOURS, Verdict.DEFER, Mode.ENFORCE, 8, "a law", "Too late.",
    )  # fmt: skip
    decision = Decision(Verdict.DEFER, (finding,), "h", NOON, NOON)
    (row,) = read("to\n1\n")
    assert isinstance(row, BulkRow)
    told = verdict_of(row, decision, 7)
    assert (told.reason, told.rule, told.citation) == ("quiet_hours", "us.quiet_hours", "a law")
    assert (told.next_allowed_at, told.segments, told.repeats) == (NOON.isoformat(), 1, 7)


def test_a_summary_counts_each_row_once_and_reasons_only_of_rows_that_do_not_go() -> None:
    summary = Summary()
    for row in (
        RowVerdict(2, "1", "allow", segments=2),
        RowVerdict(3, "2", "flag", reason="content.link", segments=1),
        RowVerdict(4, "3", "defer", reason="quiet_hours", segments=1),
        RowVerdict(5, "1", "block", reason="consent.revoked", repeats=2),
        RowVerdict(6, "4", "block", reason="quiet_hours"),
        BadRow(7, "not CSV"),
    ):
        summary.add(row)
    told = summary.told()
    assert (told["rows"], told["would_go"], told["would_not_go"], told["bad"]) == (6, 2, 3, 1)
    assert (told["segments"], told["repeats"]) == (3, 1)
    assert list(told["by_reason"].items()) == [("quiet_hours", 2), ("consent.revoked", 1)]
