"""Which records answer a reviewer's question? A scan of the segments, newest first."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from gatekeeper.journal.layout import places
from gatekeeper.journal.read import Damaged, Entry, newest_first, refuse
from gatekeeper.journal.record import Line, parse, stamp


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for; None means any. All that is given must hold."""

    id: str | None = None
    tenant: str | None = None
    names: Callable[[str], frozenset[str]] | None = None
    """What the number sought is called in a tenant's records, by the tenant's id: its pseudonym,
    and its subject in consent events."""
    rule: str | None = None
    reason: str | None = None
    verdict: str | None = None
    channel: str | None = None
    kind: str | None = None
    since: datetime | None = None
    """This instant or later."""
    until: datetime | None = None
    """Before this instant."""


def search(
    folder: Path, query: Query, *, limit: int = 100, damaged: Damaged = refuse
) -> Iterator[Entry]:
    """At most `limit` records that match, newest first; memory is bounded by the limit."""
    matches = _Matcher(query)
    left = limit
    for segment in newest_first(folder):
        found: deque[Entry] = deque(maxlen=left)
        for place in places(segment):
            if not place.whole or not matches.possible(place.raw):
                continue
            line = parse(place.raw)
            if line is None:
                damaged(place.path, place.number)
            elif matches.certain(line):
                found.append(Entry(place, line))
        yield from reversed(found)
        left -= len(found)
        if left <= 0:
            return


def about(folder: Path, record_id: str) -> list[Entry]:
    """All records of one id (a request's decision and outcome), oldest first."""
    return list(search(folder, Query(id=record_id), limit=1000))[::-1]


class _Matcher:
    """A query made ready: first a cheap look at the bytes, then the fields."""

    def __init__(self, query: Query) -> None:
        self._query = query
        ids = (query.id, query.tenant, query.rule, query.reason)
        words = (*ids, query.verdict, query.channel, query.kind)
        self._words = tuple(word.encode() for word in words if word and _plain(word))
        self._since = stamp(query.since) if query.since else ""
        self._until = stamp(query.until) if query.until else "~"

    def possible(self, raw: bytes) -> bool:
        """Whether the words occur at all (plain ones only: JSON may escape the others)."""
        return all(word in raw for word in self._words)

    def certain(self, line: Line) -> bool:
        """Whether the record matches."""
        query = self._query
        return (
            query.id in (None, line.id)
            and query.tenant in (None, line.tenant)
            and query.kind in (None, line.kind)
            and self._since <= line.at < self._until
            and self._body(line)
        )

    def _body(self, line: Line) -> bool:
        query = self._query
        if not any((query.rule, query.reason, query.verdict, query.channel, query.names)):
            return True
        body = line.content
        findings = [f for person in body.get("recipients", ()) for f in person.get("findings", ())]
        return (
            query.channel in (None, body.get("channel"))
            and query.verdict in (None, body.get("verdict"))
            and _among(query.rule, "rule", findings)
            and (query.reason == body.get("reason") or _among(query.reason, "reason", findings))
            and self._person(line.tenant, body)
        )

    def _person(self, tenant: str, body: dict[str, Any]) -> bool:
        if self._query.names is None:
            return True
        wanted = self._query.names(tenant)
        people = (*body.get("recipients", ()), body.get("sender") or {}, body)
        named = [person.get(key) for person in people for key in ("pseudonym", "subject")]
        return any(name in wanted for name in named)


def _plain(word: str) -> bool:
    return word.isascii() and word.isprintable() and not set(word) & set('"\\')


def _among(word: str | None, key: str, findings: list[dict[str, Any]]) -> bool:
    return word is None or any(finding.get(key) == word for finding in findings)
