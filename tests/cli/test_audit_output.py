"""What a person sees of a record, whatever stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatekeeper.cli import audit_output
from gatekeeper.journal.layout import Place
from gatekeeper.journal.read import Entry
from gatekeeper.journal.record import Head, Record, draft, link, parse
from gatekeeper.journal.verify import Report

AT = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)


def entry(kind: str, body: Mapping[str, object]) -> Entry:
    (raw,), _ = link("000001.h.0.00000000", Head(), [draft(Record(kind, "r1", "acme", body), AT)])
    record = parse(raw)
    assert record is not None
    return Entry(Place(Path("x"), 1, 0, raw, True), record)


def test_text_in_a_record_is_never_taken_for_markup(capsys: pytest.CaptureFixture[str]) -> None:
    body = {"verdict": "[red]x[/nothing]", "reason": "[bold]", "note": {"[a]": ["[/b]"]}}
    audit_output.line(entry("decision", body), as_json=False)
    audit_output.request([entry("decision", body)], as_json=False)
    shown = capsys.readouterr().out
    assert "[red]x[/nothing] [bold]" in shown
    assert "[a] [/b]" in shown


def test_a_record_of_an_unknown_kind_is_shown_all_the_same(
    capsys: pytest.CaptureFixture[str],
) -> None:
    audit_output.request([entry("novelty", {"a_field": 7, "empty": None})], as_json=False)
    shown = capsys.readouterr().out
    assert "novelty" in shown
    assert "a field" in shown
    assert "empty" not in shown


def test_a_broken_proof_counts_all_faults(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report(streams=1, records=2)
    report.fault(Path("f.jsonl"), 3, "not a record")
    report.note(Path("f.jsonl"), 9, "a torn last line")
    audit_output.proof(report, "gatekeeper-ed25519:x", as_json=False)
    shown = capsys.readouterr().out
    assert "FAULT f.jsonl:3: not a record" in shown
    assert "note  f.jsonl:9: a torn last line" in shown
    assert "NOT WHOLE: 1 fault in 2 records" in shown
