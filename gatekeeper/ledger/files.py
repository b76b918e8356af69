"""Which changes does a file of consent events hold?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from gatekeeper.domain.consent import ConsentAct, ConsentEvent
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.consent import ConsentDesk
from gatekeeper.ledger.consent_csv import read_csv
from gatekeeper.ledger.consent_lines import GoodLine, Judge
from gatekeeper.ledger.consent_ndjson import read_ndjson
from gatekeeper.ledger.import_words import BadLine, Batch, Judged
from gatekeeper.ledger.imports import batches
from gatekeeper.ledger.known_lines import sift
from gatekeeper.ledger.textlines import opened

FORMATS = {"csv": read_csv, "ndjson": read_ndjson}
"""What a file of consent events may be written as."""
UNPROVEN = "evidence"
_ENDINGS = {".ndjson": "ndjson", ".jsonl": "ndjson", ".json": "ndjson"}


@dataclass(frozen=True, slots=True)
class ConsentFile:
    """A file as the caller names it; what is not said is told by the file itself."""

    path: Path
    format: str | None = None
    encoding: str | None = None

    @property
    def form(self) -> str:
        """The format: as said, else by the name's ending; InputRejected for another."""
        form = self.format or _ENDINGS.get(self.path.suffix.lower(), "csv")
        if form not in FORMATS:
            raise InputRejected(f"a format is one of: {', '.join(FORMATS)}")
        return form


async def consent_changes(desk: ConsentDesk, tenant: str, file: ConsentFile) -> Judged:
    """The lines of a consent file batch by batch, those known before left out, evidence sealed."""
    reads = FORMATS[file.form]
    judge = Judge(partial(desk.names.subject, tenant), desk.clock())
    with closing(opened(file.path, file.encoding)) as lines:
        async for batch in batches(reads(lines, judge)):
            good = [line for line in batch if isinstance(line, GoodLine)]
            sifted = await sift(desk.store, good)
            told = [(line.subject, line.event, line.evidence) for line in sifted.fresh]
            bad = [*(line for line in batch if isinstance(line, BadLine)), *sifted.bad]
            yield Batch(
                await desk.entries(tenant, told),
                sorted(bad, key=lambda line: line.line),
                len(batch),
                known=sifted.known,
                read=lines.read,
                size=lines.size,
                lacking=Counter(each for line in sifted.fresh for each in _lacking(line.event)),
            )


def _lacking(event: ConsentEvent) -> Iterator[str]:
    """What an opt-in does not have, although a send may need it."""
    if event.act is ConsentAct.OPT_IN:
        yield from event.missing
    if event.unproven:
        yield UNPROVEN
