"""Is each decision of a stretch of time read once, in whichever pieces?"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.journal.layout import segments, streams
from gatekeeper.journal.record import Head, Record, draft, link, stamp
from gatekeeper.rollout import traffic
from gatekeeper.rollout.traffic import Piece, Read, Span, decisions, pieces
from tests.support.traffic import DAY, busy_day, write

ALL = Span()
COUNT = 60
HOUR = timedelta(hours=1)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A day's decisions in several segments."""
    write(tmp_path, busy_day(COUNT), segment=25)
    return tmp_path


def ids(folder: Path, span: Span = ALL, read: Read | None = None) -> list[str]:
    counted = read or Read()
    return [told.id for piece in pieces(folder, span) for told in decisions(piece, span, counted)]


def add(folder: Path, *records: Record) -> None:
    """Further records at the end of the stream."""
    last = segments(streams(folder)[-1])[-1].path
    lines, _ = link("s", Head(), [draft(record, DAY) for record in records])
    last.write_bytes(last.read_bytes() + b"".join(line + b"\n" for line in lines))


REFUSED: dict[str, Any] = {"application": "a", "channel": "sms", "verdict": "block",
                           "reason": "request.ambiguous", "recipients": []}  # fmt: skip


def test_every_decision_is_read_in_order(journal: Path) -> None:
    assert ids(journal) == [f"r{n:08d}" for n in range(COUNT)]


@pytest.mark.parametrize("size", [1, 700, 2000, 5000, 1 << 20])
def test_each_line_belongs_to_one_piece_whatever_their_size(
    journal: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traffic, "PIECE", size)
    assert ids(journal) == [f"r{n:08d}" for n in range(COUNT)]


def test_what_another_stream_holds_is_read_too(journal: Path) -> None:
    write(journal, busy_day(5, seed=2))
    assert len(ids(journal)) == COUNT + 5


def test_a_stretch_of_time_is_half_open(journal: Path) -> None:
    span = Span(since=stamp(DAY + 6 * HOUR), until=stamp(DAY + 12 * HOUR))
    assert ids(journal, span) == [f"r{n:08d}" for n in range(COUNT // 4, COUNT // 2)]


def test_segments_of_another_time_are_not_opened(journal: Path) -> None:
    span = Span(since=stamp(DAY + 23 * HOUR))
    assert {piece.path.name for piece in pieces(journal, span)} == {"000003.jsonl"}
    before = Span(until=stamp(DAY))
    assert pieces(journal, before) == []


def test_only_the_tenant_is_read_that_is_asked_for(journal: Path) -> None:
    every, own = ids(journal), ids(journal, Span(tenant="acme"))
    assert 0 < len(own) < len(every)
    read = Read()
    add(journal, Record("decision", "x", "bravo", REFUSED))
    assert ids(journal, Span(tenant="acme"), read) == own
    assert read.refused == 0


def test_what_was_refused_before_it_was_judged_is_counted_apart(journal: Path) -> None:
    read = Read()
    add(journal, Record("decision", "x", "acme", REFUSED), Record("outcome", "x", "acme", {}))
    assert len(ids(journal, Span(), read)) == COUNT
    assert (read.refused, read.unreadable) == (1, 0)


def test_a_line_that_cannot_be_read_is_counted(journal: Path) -> None:
    read = Read()
    add(journal, Record("decision", "x", "acme", {"recipients": [{"odd": True}]}))
    assert len(ids(journal, Span(), read)) == COUNT
    assert read.unreadable == 1


def test_a_line_that_is_being_written_is_left_out(journal: Path) -> None:
    last = segments(streams(journal)[-1])[-1].path
    last.write_bytes(last.read_bytes()[:-20])
    assert len(ids(journal)) == COUNT - 1


def test_what_a_recovery_has_cut_off_does_not_count(journal: Path) -> None:
    first = segments(streams(journal)[0])[0].path
    ends = [n + 1 for n, byte in enumerate(first.read_bytes()) if byte == ord("\n")]
    piece = Piece(first, 0, ends[9], keep=ends[9])
    assert len(list(decisions(piece, Span(), Read()))) == 10
    torn = Piece(first, 0, ends[9] - 5, keep=ends[9] - 5)
    assert len(list(decisions(torn, Span(), Read()))) == 9
