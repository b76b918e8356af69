"""Which lines of a consent file are good, and what is wrong with the others?"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pydantic import ValidationError

from gatekeeper.domain.consent import ConsentEvent
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.consent_input import (
    ConsentInput,
    Evidence,
    canonical_number,
    event_of,
)
from gatekeeper.ledger.imports import BadLine

EVIDENCE_COLUMNS = tuple(Evidence.model_fields)
EVENT_COLUMNS = tuple(name for name in ConsentInput.model_fields if name != "evidence")
COLUMNS = (*EVENT_COLUMNS, *EVIDENCE_COLUMNS)
"""All columns that a file may have; `number` and `event` are mandatory."""


class Rows(Protocol):
    """What `csv.reader` makes."""

    line_num: int

    def __next__(self) -> list[str]:
        """The next row; csv.Error if the text is not CSV there."""


@dataclass(frozen=True, slots=True)
class GoodLine:
    """A line that holds: its number in the file, the canonical number, the event, its evidence."""

    line: int
    number: str
    event: ConsentEvent
    evidence: Evidence | None


Named = Callable[[str], bytes]
"""The store's name for the person of a canonical number."""


def read_lines(lines: Iterable[str], named: Named, now: datetime) -> Iterator[GoodLine | BadLine]:
    """Every data line of a CSV file with a header, judged on its own."""
    reader = csv.reader(lines, strict=True)
    header = next(reader, None)
    if header is None:
        raise InputRejected("the file is empty: the first line must name the columns")
    names = [name.strip().lower() for name in header]
    unknown = [name for name in names if name not in COLUMNS]
    if unknown or not {"number", "event"} <= set(names) or len(set(names)) != len(names):
        raise InputRejected(
            f"line 1: the header must hold number and event, and only: {', '.join(COLUMNS)}"
        )
    for line, row in _rows(reader):
        yield row if isinstance(row, BadLine) else _judge(line, names, row, named, now)


def _rows(reader: Rows) -> Iterator[tuple[int, list[str] | BadLine]]:
    """Each row that is not empty, with the number of the line on which it begins."""
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, BadLine(line, "not CSV: is a quotation mark left open?")
        else:
            if row:
                yield line, row


def _judge(
    line: int, names: list[str], row: list[str], named: Named, now: datetime
) -> GoodLine | BadLine:
    if len(row) != len(names):
        return BadLine(line, f"{len(row)} fields where the header names {len(names)}")
    if not all(map(_is_text, row)):
        return BadLine(line, "not UTF-8 text")
    values = {name: value.strip() for name, value in zip(names, row, strict=True) if value.strip()}
    try:
        given = _input(values)
        number = canonical_number(given.number)
        return GoodLine(line, number, event_of(given, named(number), now), given.evidence)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        return BadLine(line, f"{'.'.join(map(str, first['loc']))}: {first['msg']}")
    except InputRejected as error:
        return BadLine(line, str(error))


def _is_text(value: str) -> bool:
    """Whether it holds characters only: what is not UTF-8 is read as lone surrogates."""
    return value.isascii() or not any("\ud800" <= c <= "\udfff" for c in value)


def _input(values: dict[str, str]) -> ConsentInput:
    evidence = {name: values.pop(name) for name in EVIDENCE_COLUMNS if name in values}
    missing = tuple(values.pop("missing").split("|")) if "missing" in values else ()
    return ConsentInput.model_validate({**values, "missing": missing, "evidence": evidence or None})
