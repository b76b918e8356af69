"""Files of numbers as entries: every form read, every fault told, nothing lost or invented."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.store.entries import LISTED
from gatekeeper.store.number_line import Grammar
from gatekeeper.store.number_text import Tally, read_entries


def read(text: bytes, size: int = 1 << 22) -> tuple[list[int], Tally, list[tuple[int, str]]]:
    """All numbers, the tally and the bad lines of a text, read in chunks of `size` bytes."""
    tally, bad, source = Tally(), list[tuple[int, str]](), io.BytesIO(text)
    chunks = iter(lambda: source.read(size), b"")
    batches = read_entries(chunks, Grammar(), tally, lambda line, why: bad.append((line, why)))
    entries = [int(entry) for batch in batches for entry in batch.come]
    assert all(entry & 0x3FFFF == LISTED for entry in entries)
    return [(entry >> 18) - 10_000_000_000 for entry in entries], tally, bad


FORMS = [
    b"2125551234", b"12125551234", b"+12125551234", b"+1 (212) 555-1234", b"212-555-1234",
    b"212.555.1234", b"212,5551234", b"1-212-555-1234", b'"+12125551234"', b"2125551234\r",
    b"2125551234,2024-01-31", b"+12125551234,Jane Doe,x", b"212,5551234,added", b" 2125551234 ",
    b"2125551234;note", b'"212-555-1234","a,b"',
]  # fmt: skip


@pytest.mark.parametrize("line", FORMS)
def test_every_usual_form_of_a_number_is_read(line: bytes) -> None:
    assert read(line + b"\n") == ([2125551234], Tally(1, 0), [])
    assert read(line)[0] == [2125551234], "a last line without a newline counts too"


BAD = [b"212555123", b"22125551234", b"+442071838750", b"1125551234", b"2121551234", b"Jane",
       b"+4412125551234", b"21255512345", b"x2125551234"]  # fmt: skip


@pytest.mark.parametrize("line", BAD)
def test_what_is_no_number_of_the_plan_is_told_with_its_line(line: bytes) -> None:
    numbers, tally, bad = read(b"2125551234\n" + line + b"\n2125551235\n")
    assert sorted(numbers) == [2125551234, 2125551235]
    assert [number for number, _ in bad] == [2]
    assert (tally.lines, tally.bad) == (3, 1)


def test_a_header_empty_lines_and_comments_are_passed_over() -> None:
    numbers, tally, bad = read(b"phone,name\n\n# a note\n2125551234,x\n")
    assert (numbers, tally.bad, bad) == ([2125551234], 0, [])


@given(
    st.lists(
        st.integers(2_000_000_000, 9_999_999_999).filter(lambda n: n // 10**6 % 10 >= 2)
        | st.sampled_from([b"", b"bad line", b"123", b"\xff\xfa", b"+1 999 999 99999"]),
        max_size=40,
    ),
    st.integers(1, 60),
)
def test_however_the_file_is_cut_into_chunks_it_reads_the_same(
    lines: list[int | bytes], size: int
) -> None:
    text = b"\n".join(line if isinstance(line, bytes) else b"%d" % line for line in lines)
    numbers, tally, bad = read(text, size)
    assert sorted(numbers) == sorted(n for n in lines if isinstance(n, int))
    faults = [i for i, line in enumerate(lines, 1) if isinstance(line, bytes) and line]
    header = bool(lines) and lines[0] in (b"bad line", b"\xff\xfa")
    assert [number for number, _ in bad] == faults[header:]
    assert tally.lines == text.count(b"\n") + bool(text.rpartition(b"\n")[2])


@pytest.mark.parametrize("form", ["{}", "{:.3},{:.7}", "1{}", "+1{}", "({:.3}) {:.7}"])
def test_lines_of_one_form_read_like_lines_of_many(form: str) -> None:
    numbers = [2_002_000_000 + 7_919_997 * i for i in range(1000)]
    numbers = [n for n in numbers if n // 10**6 % 10 >= 2]
    lines = [form.format(str(n), str(n)[3:]) for n in numbers]
    if ":.3" not in form:
        lines = [form.format(n) for n in numbers]
    alone, _, no_faults = read("\n".join(lines).encode())
    mixed, _, faults = read("\n".join([*lines, "fault"]).encode())
    assert alone == mixed == numbers
    assert (no_faults, len(faults)) == ([], 1)
