"""What does the journal hold about a person? Each record, as that person may be shown it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from gatekeeper.errors import KeyringError
from gatekeeper.journal.intents import FORWARDING
from gatekeeper.journal.record import Line
from gatekeeper.journal.scan import Scan
from gatekeeper.journal.sealed import Kept
from gatekeeper.ledger.changes import CONSENT, LISTED
from gatekeeper.ledger.rights_book import ERASED, KINDS
from gatekeeper.ledger.rights_desk import Known, RightsDesk

Json = dict[str, Any]


@dataclass(slots=True)
class Reading:
    """One walk over the journal and the sealed evidence for one person, of one tenant or more."""

    desk: RightsDesk
    people: Sequence[Known]
    advance: Callable[[int], None]
    counts: Counter[str] = field(default_factory=Counter)
    _events: dict[tuple[str, str], Json] = field(default_factory=dict)
    _wanted: dict[Kept, tuple[Known, Json]] = field(default_factory=dict)
    _sent: set[tuple[str, str]] = field(default_factory=set)

    def records(self) -> Iterator[Json]:
        """Decisions, outcomes, changes of lists and all else, in the journal's order."""
        words = [word for person in self.people for word in _words(person)]
        scan = Scan(self.desk.folder, words, advance=self.advance)
        by_tenant = {person.tenant: person for person in self.people}
        for line in scan.lines():
            person = by_tenant.get(line.tenant)
            shown = self._shown(line, person, scan.awaited) if person else None
            if shown is not None:
                self.counts[line.kind] += 1
                yield {"kind": line.kind, "tenant": line.tenant, "at": line.at, **shown}

    def consents(self) -> Iterator[Json]:
        """The consent events, each once, with their evidence opened; call it after `records`."""
        found = self.desk.sealed.find(self._wanted, self.advance)
        opened = {}
        for kept, blob in found:
            try:
                opened[kept] = self.desk.sealed.opened(self._wanted[kept][0].owner, blob)
            except KeyringError:
                self._wanted[kept][1]["evidence"].append({"state": "altered"})
                continue
            self._tell(kept, opened[kept])
        for kept in self._wanted.keys() - opened.keys():
            self._tell(kept, None)
        yield from self._events.values()

    def _tell(self, kept: Kept, content: bytes | None) -> None:
        person, event = self._wanted[kept]
        if content is not None:
            told: Json = {"state": "readable", "content": _content(content)}
        else:
            erased = self.desk.book.notes(person.tenant, ERASED, person.pseudonym)
            gone = any(note.body["complete"] for note in erased)
            told = {"state": "erased" if gone else "missing"}
        event["evidence"].append(told)
        self.counts[f"evidence_{told['state']}"] += 1

    def _shown(self, line: Line, person: Known, awaited: set[str]) -> Json | None:
        body = line.content
        if line.kind == CONSENT:
            self._keep(line, person, body)
            return None
        if line.kind == "decision":
            return self._decision(line, person, body, awaited)
        if line.kind == "outcome":
            return self._outcome(line, body)
        if line.kind in KINDS:  # they stand in sections of their own
            return None
        if line.kind == LISTED and body.get("subject") != person.owner.subject.hex():
            return None
        return {"id": line.id} | {k: v for k, v in body.items() if _plain(k, v)}

    def _keep(self, line: Line, person: Known, body: Json) -> None:
        if body.get("subject") != person.owner.subject.hex():
            return
        event = self._events.get((line.tenant, line.id))
        if event is None:
            told = {"tenant": line.tenant, "recorded_at": line.at, **body["event"], "evidence": []}
            event = self._events[line.tenant, line.id] = told
            self.counts[CONSENT] += 1
        if body.get("evidence") is not None:
            self._wanted[Kept(line.id, body["evidence"])] = person, event

    def _decision(self, line: Line, person: Known, body: Json, awaited: set[str]) -> Json | None:
        mine = [r for r in body.get("recipients", ()) if r.get("pseudonym") == person.pseudonym]
        if not mine:
            return None
        if body.get("verdict") in FORWARDING:
            awaited.add(line.id)
            self._sent.add((line.tenant, line.id))
        whole = {k: v for k, v in body.items() if k not in _NOT_THEIRS}
        return {"id": line.id, **whole, "recipient": mine[0]}

    def _outcome(self, line: Line, body: Json) -> Json | None:
        if (line.tenant, line.id) not in self._sent:
            return None
        self._sent.discard((line.tenant, line.id))
        return {"id": line.id, **body}


_NOT_THEIRS = frozenset({"recipients", "sender", "digest", "request"})
"""Parts of a decision that tell of others, or of the bytes of the request."""


def _content(raw: bytes) -> Any:
    """Evidence is JSON; what is not is shown as text."""
    try:
        return msgspec.json.decode(raw)
    except msgspec.DecodeError:
        return raw.decode(errors="replace")


def _words(person: Known) -> tuple[bytes, bytes]:
    return person.owner.subject.hex().encode(), person.pseudonym.encode()


def _plain(key: str, value: Any) -> bool:
    """What may be shown of a record that this part knows nothing of: no nested data of others."""
    if key in ("n", "subject", "pseudonym"):
        return False
    parts = value if isinstance(value, list) else [value]
    return all(part is None or isinstance(part, str | int | float | bool) for part in parts)
