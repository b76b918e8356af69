"""Which text does a person mean: the words on the command line, or what stands in a file?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import typer

from gatekeeper.cli.screen_lines import LONGEST_LINE
from gatekeeper.cli.screen_stream import STDIN, opened

LINES = (".ndjson", ".jsonl")
"""Endings of files that hold a JSON object in each line."""


class Given(NamedTuple):
    """A text, and the number of its line where each line is one."""

    line: int | None
    text: str


def given(text: str | None, file: str | None, *, lines: bool) -> Iterator[Given]:
    """The text that is meant, or each line of it that is not blank."""
    whole = _whole(text, file)
    if not lines:
        yield Given(None, whole)
        return
    for number, line in enumerate(whole.splitlines(), start=1):
        if line.strip():
            yield Given(number, line)


def _whole(text: str | None, file: str | None) -> str:
    if file is None and text is not None and not _named(text):
        return text
    named = file if file is not None else text
    if named is not None and named.endswith(LINES):
        raise typer.BadParameter(f"{named} holds lines of JSON: add --ndjson, or use --evaluate")
    return _read(named)


def _named(text: str) -> bool:
    """Whether the words are the name of a file, or stand for standard input."""
    if text == STDIN:
        return True
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False  # too long for a name, or with what none has: a text


def _read(file: str | None) -> str:
    with opened(file) as (stream, _):
        raw = stream.read(LONGEST_LINE + 1)
    if len(raw) > LONGEST_LINE:
        raise typer.BadParameter(f"longer than {LONGEST_LINE} bytes; no message is")
    try:
        return raw.decode("utf-8-sig").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        raise typer.BadParameter("not UTF-8; save the file as UTF-8") from None
