"""Staging: a file or a difference becomes a copy, in little memory, or leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatekeeper.store.copies import Copy
from gatekeeper.store.number_line import Grammar
from gatekeeper.store.segments import DATED, PLAIN, unpack
from gatekeeper.store.staging import Source, Staged, stage

SMALL = st.sets(st.integers(2_125_000_000, 2_127_999_999), max_size=30)


def text(numbers: set[int], mark: str = "") -> list[bytes]:
    return ["".join(f"{mark}{n}\n" for n in sorted(numbers)).encode()]


def staged(path: Path, source: Source) -> Staged:
    return stage(path, source, lambda *_: None, lambda *_: None)


def numbers(path: Path) -> set[int]:
    copy = Copy(path)
    found = set[int]()
    for segment in copy.segments():
        entries = unpack(segment.prefix, segment.packed, copy.form.width)
        assert len(entries) == segment.count
        found |= {(int(e) >> 18) - 10**10 for e in entries}
    return found


@given(base=SMALL, come=SMALL, go=SMALL, in_one=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_difference_adds_and_removes_and_what_does_both_stays(
    tmp_path: Path, base: set[int], come: set[int], go: set[int], in_one: bool
) -> None:
    first, second = tmp_path / "first.numbers", tmp_path / "second.numbers"
    staged(first, Source(Grammar(), text(base)))
    if in_one:
        source = Source(Grammar(marked=True), text(come, "A,") + text(go, "D,"), base=Copy(first))
    else:
        source = Source(Grammar(), text(come), text(go), Copy(first))
    made = staged(second, source)
    now = (base - go) | come
    assert numbers(second) == now
    assert (made.count, made.added, made.removed) == (len(now), len(now - base), len(base - now))
    assert Copy(second).digest() == made.digest
    assert {path.name for path in tmp_path.iterdir()} == {"first.numbers", "second.numbers"}


@given(SMALL)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_same_numbers_have_the_same_digest_in_whatever_order(
    tmp_path: Path, some: set[int]
) -> None:
    forward, back = tmp_path / "a.numbers", tmp_path / "b.numbers"
    lines = [f"{n}\n".encode() for n in some]
    one = staged(forward, Source(Grammar(), lines))
    other = staged(back, Source(Grammar(), [*reversed(lines), *lines]))
    assert one.digest == other.digest


def test_days_and_answers_make_their_own_kind_of_list(tmp_path: Path) -> None:
    path = tmp_path / "v.numbers"
    assert staged(path, Source(Grammar(), [b"2125551234\n"])).form.width == PLAIN
    dated = staged(path, Source(Grammar(dated=True), [b"2125551234,2026-01-01\n"])).form
    assert (dated.width, dated.partial) == (DATED, False)
    answers = staged(path, Source(Grammar(dated=True), [b"2125551234,2026-01-01,no\n"])).form
    assert (answers.width, answers.partial) == (DATED, True)


def test_a_difference_to_a_list_with_days_keeps_them(tmp_path: Path) -> None:
    first, second = tmp_path / "first.numbers", tmp_path / "second.numbers"
    dated = Grammar(dated=True)
    staged(first, Source(dated, [b"2125551234,2026-01-01\n2125551235,2026-01-01\n"]))
    marked = Grammar(dated=True, marked=True)
    staged(second, Source(marked, [b"A,2125551234,2026-03-01\nD,2125551235\n"], base=Copy(first)))
    (segment,) = Copy(second).segments()
    assert segment.count == 1
    assert int.from_bytes(segment.packed[4:]) == 20_513


def test_what_cannot_be_read_to_its_end_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"2125551234\n"
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        staged(tmp_path / "list" / "v.numbers", Source(Grammar(), broken()))
    assert list((tmp_path / "list").iterdir()) == []


def test_progress_and_bad_lines_are_told(tmp_path: Path) -> None:
    seen, bad = list[tuple[str, int]](), list[int]()
    source = Source(Grammar(), [b"2125551234\nx\n", b"2125551235\n", b"12\n"])
    made = stage(
        tmp_path / "v.numbers", source, lambda n, _: bad.append(n), lambda *s: seen.append(s)
    )
    assert seen == [("read", 2), ("read", 3), ("read", 4), ("sorted", 2)]
    assert (bad, made.count) == ([2, 4], 2)
