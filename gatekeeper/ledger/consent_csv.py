"""Which lines of a CSV file of consent are good, and what is wrong with the others?"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Protocol

from gatekeeper.errors import InputRejected
from gatekeeper.ledger.consent_input import ConsentInput, Evidence
from gatekeeper.ledger.consent_lines import GoodLine, Judge
from gatekeeper.ledger.import_words import BadLine
from gatekeeper.ledger.textlines import why_unread

EVIDENCE_COLUMNS = tuple(Evidence.model_fields)
EVENT_COLUMNS = tuple(name for name in ConsentInput.model_fields if name != "evidence")
COLUMNS = (*EVENT_COLUMNS, *EVIDENCE_COLUMNS)
"""All columns that a file may have; `number` and `event` are mandatory."""


class Rows(Protocol):
    """What `csv.reader` makes."""

    line_num: int

    def __next__(self) -> list[str]:
        """The next row; csv.Error if the text is not CSV there."""


def read_csv(lines: Iterable[str], judge: Judge) -> Iterator[GoodLine | BadLine]:
    """Every data line of a CSV file with a header, judged on its own."""
    reader = csv.reader(lines, strict=True)
    names = _header(reader)
    for line, row in _rows(reader):
        if isinstance(row, BadLine):
            yield row
        elif (reason := why_unread(row)) is not None:
            yield BadLine(line, reason)
        elif len(row) != len(names):
            yield BadLine(line, f"{len(row)} fields where the header names {len(names)}")
        else:
            yield judge.judge(line, partial(_input, names, row))


def _header(reader: Rows) -> list[str]:
    try:
        header = next(reader)
    except StopIteration:
        header = []
    except csv.Error:
        raise InputRejected("line 1: the header is not CSV") from None
    if not header:
        raise InputRejected("the file is empty: the first line must name the columns")
    names = [name.strip().lower() for name in header]
    if any("\0" in name for name in names):
        raise InputRejected("line 1: it holds NUL bytes; is the file in UTF-16 (--encoding)?")
    if len(names) == 1 and {";", "\t"} & set(names[0]):
        raise InputRejected("line 1: columns are separated by commas")
    unknown = [name for name in names if name not in COLUMNS]
    if unknown or not {"number", "event"} <= set(names) or len(set(names)) != len(names):
        raise InputRejected(
            f"line 1: the header must hold number and event, and only: {', '.join(COLUMNS)}"
        )
    return names


def _rows(reader: Rows) -> Iterator[tuple[int, list[str] | BadLine]]:
    """Each row that is not empty, with the number of the line on which it begins."""
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, BadLine(line, _not_csv(error, line, reader.line_num))
        else:
            if row:
                yield line, row


def _not_csv(error: csv.Error, first: int, last: int) -> str:
    """A quotation mark left open swallows lines, up to the size of one field: all are named."""
    if last > first:
        return f"not CSV: is a quotation mark left open? lines {first} to {last} were not read"
    if "field larger" in str(error):
        return f"a field is longer than {csv.field_size_limit()} characters"
    return "not CSV: is a quotation mark left open?"


def _input(names: Sequence[str], row: Sequence[str]) -> ConsentInput:
    values = {name: value.strip() for name, value in zip(names, row, strict=True) if value.strip()}
    evidence = {name: values.pop(name) for name in EVIDENCE_COLUMNS if name in values}
    missing = tuple(values.pop("missing").split("|")) if "missing" in values else ()
    return ConsentInput.model_validate({**values, "missing": missing, "evidence": evidence or None})
