"""Where do the bad lines of an import go? Into a file, as they come; the first few are printed too.

The file tells line and reason, nothing of what the line held. A spreadsheet that opens it meets no
formula: a cell that could begin one is given an apostrophe (CWE-1236).
"""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import TextIO

import typer

SHOWN = 5
"""Bad lines that are printed too; all are in the file."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class BadLines:
    """The file of one import; it has its name when the import has ended, or is not there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._draft = path.with_name(f".{path.name}.{os.getpid()}")
        self._file: TextIO | None = None
        self.count = 0

    def __enter__(self) -> BadLines:
        """Nothing is written before the first bad line."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Give the file its name, also when the import ended early: what it tells is so."""
        if self._file is not None:
            self._file.close()
            self._draft.replace(self._path)
        elif kind is None:
            self._path.unlink(missing_ok=True)

    def add(self, line: int, reason: str) -> None:
        """Write one line's fault down."""
        if self._file is None:
            self._file = self._draft.open("w", newline="", encoding="utf-8")
            csv.writer(self._file).writerow(("line", "reason"))
        csv.writer(self._file).writerow((line, safe(reason)))
        self.count += 1
        if self.count <= SHOWN:
            typer.echo(f"line {line}: {reason}", err=True)


def safe(cell: str) -> str:
    """The text as no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
