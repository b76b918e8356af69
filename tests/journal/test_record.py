"""Lines: exact bytes, chained, readable by any JSON parser."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.errors import JournalError
from gatekeeper.journal.record import (
    GENESIS,
    MAX_LINE,
    Head,
    Position,
    Record,
    digest,
    draft,
    link,
    parse,
    stamp,
)

AT = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
STREAM = "000001.host.0.00000000"


def lines(*bodies: dict[str, Any]) -> list[bytes]:
    return link(STREAM, Head(), [draft(Record("decision", "r", "acme", b), AT) for b in bodies])[0]


def test_a_line_reads_as_documented() -> None:
    (line,) = lines({"verdict": "allow"})
    assert line == (
        b'{"v":1,"stream":"000001.host.0.00000000","seq":1,"prev":"' + b"0" * 64 + b'",'
        b'"at":"2026-11-20T21:00:00.000000Z","kind":"decision","id":"r","tenant":"acme",'
        b'"body":{"verdict":"allow"}}'
    )


def test_each_line_names_the_sha256_of_the_one_before() -> None:
    first, second, third = (json.loads(line) for line in lines({}, {}, {}))
    raw = lines({}, {}, {})
    assert [first["prev"], second["prev"], third["prev"]] == [
        GENESIS,
        sha256(raw[0]).hexdigest(),
        sha256(raw[1]).hexdigest(),
    ]


def test_a_chain_goes_on_after_a_head() -> None:
    some = [draft(Record("decision", f"r{n}", "acme", {}), AT) for n in range(4)]
    whole, end = link(STREAM, Head(), some)
    first, middle = link(STREAM, Head(), some[:2])
    second, head = link(STREAM, middle, some[2:])
    assert (first + second, head) == (whole, end)
    assert head == Head(4, digest(whole[-1]))


@given(
    body=st.dictionaries(
        st.text(max_size=10),
        st.recursive(
            st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
            lambda inner: st.lists(inner, max_size=3),
            max_leaves=5,
        ),
        max_size=4,
    ),
    tenant=st.text(max_size=10),
)
def test_whatever_is_recorded_reads_back_from_one_line(body: dict[str, Any], tenant: str) -> None:
    try:
        part = draft(Record("decision", "r", tenant, body), AT)
    except JournalError:
        return
    (line,), _ = link(STREAM, Head(), [part])
    assert b"\n" not in line
    read = parse(line)
    assert read is not None
    assert (read.content, read.tenant) == (body, tenant)
    assert read.position == Position(STREAM, 1)
    assert json.loads(line)["body"] == body


@pytest.mark.parametrize("microsecond", [0, 1, 500_000, 999_999])
def test_every_instant_is_written_in_full(microsecond: int) -> None:
    at = AT.replace(microsecond=microsecond).astimezone(timezone(timedelta(hours=-5)))
    (raw,), _ = link(STREAM, Head(), [draft(Record("decision", "r", "acme", {}), at)])
    line = parse(raw)
    assert line is not None
    assert line.at == stamp(at) == f"2026-11-20T21:00:00.{microsecond:06d}Z"


def test_instants_are_utc_and_sort_as_text() -> None:
    eastern = timezone(timedelta(hours=-5))
    assert stamp(datetime(2026, 11, 20, 16, 0, tzinfo=eastern)) == stamp(AT)
    assert stamp(AT) < stamp(AT + timedelta(microseconds=1)) < stamp(AT + timedelta(seconds=1))


@pytest.mark.parametrize("body", [{"text": "\ud800"}, {"x": object()}, {"blob": "a" * MAX_LINE}])
def test_what_cannot_be_a_line_is_refused_before_it_is_queued(body: dict[str, Any]) -> None:
    with pytest.raises(JournalError):
        draft(Record("decision", "r", "acme", body), AT)


@pytest.mark.parametrize("raw", [b"", b"{}", b"\xff", b"null", b"\x00" * 40])
def test_other_bytes_are_no_record(raw: bytes) -> None:
    assert parse(raw) is None


def test_a_record_of_another_format_version_is_not_read_as_ours() -> None:
    assert parse(lines({})[0].replace(b'"v":1', b'"v":2')) is None
