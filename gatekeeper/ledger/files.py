"""Which changes does a file of consent events, or of numbers for a tenant's own list, hold?"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TextIO

from gatekeeper.domain.consent import ConsentAct
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.changes import Entry, listed_entry
from gatekeeper.ledger.consent import ConsentDesk
from gatekeeper.ledger.consent_csv import GoodLine, read_lines
from gatekeeper.ledger.consent_input import canonical_number
from gatekeeper.ledger.imports import BATCH, BadLine, Judged
from gatekeeper.store.number_line import UNMARKED, split_mark


async def consent_changes(desk: ConsentDesk, tenant: str, path: Path) -> Judged:
    """The lines of a consent CSV, their evidence sealed batch by batch."""
    with _open(path) as lines:
        judged = read_lines(lines, partial(desk.names.subject, tenant), desk.clock())
        while raw := await asyncio.to_thread(lambda: list(islice(judged, BATCH))):
            batch = [await _checked(desk, tenant, line) for line in raw]
            good = [line for line in batch if isinstance(line, GoodLine)]
            entries = await desk.entries(tenant, [(g.number, g.event, g.evidence) for g in good])
            yield [*entries, *(line for line in batch if isinstance(line, BadLine))]


async def _checked(desk: ConsentDesk, tenant: str, line: GoodLine | BadLine) -> GoodLine | BadLine:
    """The line, bad if it speaks of another event that is not there."""
    if isinstance(line, GoodLine):
        if line.event.act is ConsentAct.CORRECTION:
            return BadLine(line.line, "corrections are recorded one by one, not from a file")
        try:
            await desk.check(desk.names.subject(tenant, line.number), line.event)
        except InputRejected as error:
            return BadLine(line.line, str(error))
    return line


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file with one number a line, for a list that a tenant keeps person by person."""

    tenant: str
    list_id: str
    path: Path
    marked: bool = False
    """Whether each line says if the number comes (A, +) or goes (D, -)."""
    removals: Path | None = None
    """A second file, of numbers that go."""


async def listed_changes(desk: ConsentDesk, file: ListedFile) -> Judged:
    """The lines of a file with one number each, for a list of the tenant's own."""
    paths = [(file.path, False)] + ([(file.removals, True)] if file.removals else [])
    for path, goes in paths:
        with _open(path) as lines:
            judged = _numbers(desk, file, lines, goes=goes)
            while batch := await asyncio.to_thread(lambda: list(islice(judged, BATCH))):  # noqa: B023
                yield batch


def _numbers(
    desk: ConsentDesk, file: ListedFile, lines: Iterator[str], *, goes: bool
) -> Iterator[Entry | BadLine]:
    for place, line in enumerate(lines, start=1):
        bare = line.strip()
        if not bare or bare.startswith("#") or (place == 1 and not re.search(r"\d", bare)):
            continue
        try:
            leaves, number = _marked(bare) if file.marked else (goes, bare)
            first = re.split("[,;\t]", number, maxsplit=1)[0].strip(' "')
            subject = desk.names.subject(file.tenant, canonical_number(first))
            yield listed_entry(file.tenant, file.list_id, subject, listed=not leaves)
        except InputRejected as error:
            yield BadLine(place, str(error))


def _marked(line: str) -> tuple[bool, str]:
    goes, rest = split_mark(line.encode(errors="surrogateescape"))
    if goes is None:
        raise InputRejected(UNMARKED)
    return goes, rest.decode(errors="surrogateescape")


def _open(path: Path) -> TextIO:
    try:
        return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")
    except OSError as error:
        raise InputRejected(f"the gate cannot read the file: {error.strerror}") from None
