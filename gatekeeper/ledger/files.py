"""Which changes does a file of consent events, or of numbers for a tenant's own list, hold?"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
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


async def listed_changes(desk: ConsentDesk, tenant: str, list_id: str, path: Path) -> Judged:
    """The lines of a file with one number each, for a list of the tenant's own."""
    with _open(path) as lines:
        judged = _numbers(desk, tenant, list_id, lines)
        while batch := await asyncio.to_thread(lambda: list(islice(judged, BATCH))):
            yield batch


def _numbers(
    desk: ConsentDesk, tenant: str, list_id: str, lines: Iterator[str]
) -> Iterator[Entry | BadLine]:
    for place, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            subject = desk.names.subject(tenant, canonical_number(line.strip()))
            yield listed_entry(tenant, list_id, subject, listed=True)
        except InputRejected as error:
            yield BadLine(place, str(error))


def _open(path: Path) -> TextIO:
    try:
        return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")
    except OSError as error:
        raise InputRejected(f"the gate cannot read the file: {error.strerror}") from None
