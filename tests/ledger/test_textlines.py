"""Is every file read line by line, in bounded memory, and what cannot be read told of?"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from gatekeeper.errors import InputRejected
from gatekeeper.ledger.textlines import ENCODINGS, LONGEST, TOO_LONG, opened, why_unread

LINE = "number,\u00e9v\u00e9nement"


def lines(folder: Path, content: bytes, encoding: str | None = None) -> list[str]:
    path = folder / "file"
    path.write_bytes(content)
    with closing(opened(path, encoding)) as found:
        return list(found)


@pytest.mark.parametrize("name", ENCODINGS)
def test_a_named_encoding_is_used(tmp_path: Path, name: str) -> None:
    content = f"{LINE}\nb\n".encode(ENCODINGS[name])
    assert lines(tmp_path, content, name) == [f"{LINE}\n", "b\n"]


@pytest.mark.parametrize("mark", ["utf-8", "utf-8-sig", "utf-16"])
def test_without_a_name_the_files_own_mark_tells(tmp_path: Path, mark: str) -> None:
    assert lines(tmp_path, f"{LINE}\nb".encode(mark)) == [f"{LINE}\n", "b"]


def test_utf_32_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputRejected, match="UTF-32"):
        lines(tmp_path, LINE.encode("utf-32"))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_line_that_is_too_long_is_passed_over_and_the_next_is_read(
    tmp_path: Path, ending: str
) -> None:
    content = f"a{ending}{'x' * (3 * LONGEST + 7)}{ending}b{ending}"
    found = lines(tmp_path, content.encode())
    assert [text.strip() for text in found if text.strip()] == ["a", TOO_LONG, "b"]


def test_a_line_of_just_the_greatest_length_is_read(tmp_path: Path) -> None:
    text = "x" * (LONGEST - 1) + "\n"
    assert lines(tmp_path, (text + "b\n").encode()) == [text, "b\n"]


def test_a_file_without_an_end_of_line_holds_no_more_than_a_piece_of_it(tmp_path: Path) -> None:
    assert lines(tmp_path, b"x" * (5 << 20)) == [TOO_LONG + "\n"]


def test_bytes_read_grow_to_the_size_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"line\n" * 100_000)
    with closing(opened(path)) as found:
        next(found)
        assert 0 < found.read < found.size == 500_000
        assert sum(1 for _ in found) == 99_999
        assert found.read == found.size


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("plain \u00e9 \u4e2d \U0001f600", None),
        ("a\0b", "NUL"),
        ("\u00e9\0", "NUL"),
        ("a\udcff", "--encoding"),
        ("a\ufffd", "--encoding"),
        (TOO_LONG, "longer than"),
    ],
)
def test_what_is_no_text_is_told_why(value: str, told: str | None) -> None:
    reason = why_unread(["fine", value])
    assert reason is None if told is None else told in (reason or "")


def test_a_file_that_is_not_there_or_an_encoding_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRejected, match="cannot read the file"):
        opened(tmp_path / "none")
    with pytest.raises(InputRejected, match="utf-8, utf-16"):
        opened(tmp_path, "klingon")
