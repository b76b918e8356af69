"""A text is typed, or read from a file or a pipe, whole or line by line."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
import typer

from gatekeeper.cli.screen_lines import LONGEST_LINE
from gatekeeper.cli.screen_text import Given, given


def texts(text: str | None, file: str | None = None, *, lines: bool = False) -> list[Given]:
    """What is meant."""
    return list(given(text, file, lines=lines))


def test_words_are_a_text_and_the_name_of_a_file_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_bytes("één\r\ntwee\n\n".encode())
    assert texts("text.txt") == [(None, "text.txt")]
    for named in ((str(tmp_path / "text.txt"), None), (None, str(tmp_path / "text.txt"))):
        assert texts(*named) == [(None, "één\r\ntwee\n")]
        assert texts(*named, lines=True) == [(1, "één"), (2, "twee")]


@pytest.mark.parametrize("text", ["", "a\0b", "x" * 100_000, ".", "two\nlines"])
def test_what_cannot_be_a_file_is_a_text(text: str) -> None:
    assert texts(text) == [(None, text)]


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbfhello\n")))
    assert texts("-") == [(None, "hello")]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.txt", b"\xff\xfe", "not UTF-8; save the file as UTF-8"),
        ("a.txt", b"x" * (LONGEST_LINE + 1), f"longer than {LONGEST_LINE} bytes"),
        ("a.ndjson", b'{"id":1,"text":"a"}', "holds lines of JSON: add --ndjson"),
    ],
)
def test_a_file_that_holds_no_text_says_what_to_do(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(typer.BadParameter) as wrong:
        texts(str(tmp_path / name))
    assert why in str(wrong.value)


def test_a_file_that_is_not_there_is_told_if_it_was_named_as_one(tmp_path: Path) -> None:
    with pytest.raises(typer.BadParameter, match="No such file"):
        texts(None, str(tmp_path / "none.txt"))
