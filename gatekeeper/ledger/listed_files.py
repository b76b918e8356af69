"""Which changes does a file of numbers hold, for a list that a tenant keeps person by person?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from gatekeeper.errors import InputRejected
from gatekeeper.ledger.changes import Entry, listed_entry
from gatekeeper.ledger.consent import ConsentDesk
from gatekeeper.ledger.consent_input import canonical_number
from gatekeeper.ledger.import_words import BadLine, Batch, Judged
from gatekeeper.ledger.imports import batches
from gatekeeper.ledger.textlines import opened
from gatekeeper.store.number_line import UNMARKED, split_mark


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
        with closing(opened(path)) as lines:
            async for batch in batches(_numbers(desk, file, lines, goes=goes)):
                entries = [line for line in batch if isinstance(line, Entry)]
                bad = [line for line in batch if isinstance(line, BadLine)]
                yield Batch(entries, bad, len(batch), read=lines.read, size=lines.size)


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
