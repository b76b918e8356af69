"""Which holds are in force, and what was erased? The journal's records of rights, ready to ask.

The book lies beside the keys and is a projection: what the journal says after the book's mark is
taken in at each start. So a start after a crash, or with an older copy of the keys from a backup,
carries out again every erasure that the journal tells of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from gatekeeper.journal.layout import streams
from gatekeeper.journal.record import Line, stamp
from gatekeeper.journal.scan import Scan
from gatekeeper.journal.sealed import Kept, SealedStore
from gatekeeper.vault.keystore import KeyStore
from gatekeeper.vault.personkeys import PersonKeys

ERASED, EXPORTED, HOLD, RELEASED = "erased", "exported", "hold", "hold_released"
KINDS = (ERASED, EXPORTED, HOLD, RELEASED)
"""The kinds of journal records that tell of a person's rights."""

ALL = ""
"""In place of a pseudonym: a hold on everybody of the tenant."""
_MARK = "rights"


@dataclass(frozen=True, slots=True)
class Note:
    """One record of the journal about a person's rights."""

    kind: str
    id: str
    tenant: str
    at: str
    body: Mapping[str, Any]

    @property
    def pseudonym(self) -> str:
        """The journal's name for the person; empty for a whole tenant."""
        pseudonym: str = self.body.get("pseudonym") or ALL
        return pseudonym


class RightsBook:
    """What the journal tells of rights, by tenant and person. All methods block."""

    def __init__(self, store: KeyStore) -> None:
        self._store = store

    def catch_up(self, folder: Path, stream: str, keys: PersonKeys, sealed: SealedStore) -> int:
        """Take in what the journal in `folder` tells after the mark, and carry it out again.

        How much of what it says is erased was still there: keys, and pieces of evidence.

        `stream` is this start's own: everything before it is then taken in for good.
        """
        marked = self._store.rows("SELECT value FROM mark WHERE name = ?", [_MARK])
        known = {path.name for path in streams(folder)}
        since = marked[0][0] if marked and marked[0][0] in known else ""
        words = [b'"kind":"%b"' % kind.encode() for kind in KINDS]
        found = [line for line in Scan(folder, words, since).lines() if line.kind in KINDS]
        notes = [_note(line) for line in found]
        erased = [note.body for note in notes if note.kind == ERASED]
        gone = keys.destroy_ids([key for body in erased for key in body["keys"]])
        gone += sealed.scrub([Kept(*piece) for body in erased for piece in body["pieces"]])
        mark = "INSERT OR REPLACE INTO mark (name, value) VALUES (?, ?)"
        self._store.write((_PUT, map(_row, notes)), (mark, [(_MARK, stream)]))
        return gone

    def add(self, note: Note) -> None:
        """Take in what was just recorded."""
        self._store.write((_PUT, [_row(note)]))

    def holds(self, tenant: str, pseudonym: str | None, now: datetime) -> list[Note]:
        """The holds in force on a person and on the whole tenant; on anybody, if None."""
        released = {note.id for note in self.notes(tenant, RELEASED)}
        return [
            hold
            for hold in self.notes(tenant, HOLD)
            if hold.id not in released
            and (pseudonym is None or hold.pseudonym in (ALL, pseudonym))
            and not _over(hold, now)
        ]

    def notes(self, tenant: str | None, kind: str, pseudonym: str | None = None) -> list[Note]:
        """All of a kind, oldest first: of all tenants or one, of all persons or one."""
        rows = self._store.rows(_FIND, [kind, tenant, tenant, pseudonym, pseudonym])
        return [Note(kind, id_, of, at, msgspec.json.decode(body)) for id_, of, at, body in rows]


_PUT = """
INSERT OR REPLACE INTO note (id, kind, tenant, pseudonym, at, body) VALUES (?, ?, ?, ?, ?, ?)
"""
_FIND = """
SELECT substr(id, instr(id, ':') + 1), tenant, at, body FROM note
WHERE kind = ? AND (? IS NULL OR tenant = ?) AND (? IS NULL OR pseudonym = ?) ORDER BY at, id
"""


def _row(note: Note) -> tuple[str, str, str, str, str, bytes]:
    body = msgspec.json.encode(note.body)
    return f"{note.kind}:{note.id}", note.kind, note.tenant, note.pseudonym, note.at, body


def _note(line: Line) -> Note:
    return Note(line.kind, line.id, line.tenant, line.at, line.content)


def _over(hold: Note, now: datetime) -> bool:
    until: str | None = hold.body.get("until")
    return until is not None and until <= stamp(now)
