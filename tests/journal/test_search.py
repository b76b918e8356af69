"""Finding records by what a reviewer knows of them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gatekeeper.journal.layout import segments, streams
from gatekeeper.journal.search import Query, about, search
from tests.support.journal import KEYRING, decision, opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("journal")
    asyncio.run(written(folder))
    return folder


async def written(folder: Path) -> None:
    journal = await opened(folder)
    for n in range(20):
        await journal.append("decision", f"r{n}", "acme", decision("block" if n % 5 else "allow"))
        await journal.append("outcome", f"r{n}", "acme", {"end": "sent", "status": 201})
    heard = {"pseudonym": KEYRING.pseudonym("acme", CARA), "sender": None, "said": "stop"}
    await journal.append("inbound", "i0", "acme", heard)
    stopped = {"n": 1, "subject": KEYRING.subject("acme", CARA).hex(), "event": {}}
    await journal.append("consent", "c0", "acme", stopped)
    voice = decision("hold", channel="voice")
    await journal.append("decision", "v0", "bo lt", voice)
    await journal.close()


def found(folder: Path, query: Query, limit: int = 100) -> list[str]:
    return [entry.line.id for entry in search(folder, query, limit=limit)]


CARA = "+12122000777"
DECISIONS = Query(kind="decision")
BLOCKED = [f"r{n}" for n in range(19, -1, -1) if n % 5]


def number(value: str) -> Query:
    def names(tenant: str) -> frozenset[str]:
        subject = KEYRING.subject(tenant, value).hex()
        return frozenset({KEYRING.pseudonym(tenant, value), subject})

    return Query(names=names)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(verdict="block"), BLOCKED),
        (Query(rule="consent-revoked", channel="sms"), BLOCKED),
        (Query(reason="consent.revoked", tenant="acme"), BLOCKED),
        (Query(channel="voice"), ["v0"]),
        (Query(tenant="bo lt"), ["v0"]),
        (Query(id="r3"), ["r3", "r3"]),
        (Query(id="r3", kind="outcome"), ["r3"]),
        (Query(rule="nothing"), []),
        (replace(DECISIONS, tenant="acme", verdict="allow"), ["r15", "r10", "r5", "r0"]),
    ],
)
def test_what_matches_is_found_newest_first(
    folder: Path, query: Query, expected: list[str]
) -> None:
    assert found(folder, query) == expected


def test_a_number_is_found_under_its_tenants_pseudonym_as_recipient_or_sender(
    folder: Path,
) -> None:
    everyone = [f"r{n}" for n in range(19, -1, -1)]
    assert found(folder, number("+12122000123")) == everyone
    assert found(folder, replace(number("+13122000100"), verdict="block")) == BLOCKED
    assert found(folder, number("+12122000999")) == []
    assert found(folder, number(CARA)) == ["c0", "i0"], "what she said, and what came of it"


def test_the_limit_keeps_the_newest(folder: Path) -> None:
    assert found(folder, DECISIONS, limit=3) == ["v0", "r19", "r18"]


def test_since_is_inclusive_and_until_is_not(folder: Path) -> None:
    ((first,), (last,)) = (list(search(folder, Query(id=i, kind="decision"))) for i in ("r0", "v0"))
    start, end = (datetime.fromisoformat(entry.line.at) for entry in (first, last))
    within = replace(DECISIONS, since=start, until=end)
    assert found(folder, within)[-1] == "r0"
    assert found(folder, within)[0] == "r19"
    assert "r0" not in found(folder, replace(within, since=start + timedelta(microseconds=1)))
    assert found(folder, Query(since=datetime(2100, 1, 1, tzinfo=UTC))) == []


def test_all_records_of_a_request_come_oldest_first(folder: Path) -> None:
    assert [entry.line.kind for entry in about(folder, "r7")] == ["decision", "outcome"]


def test_a_damaged_line_is_told_when_it_cannot_be_ruled_out(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "streams" / streams(folder)[0].name / "000001.jsonl"
    path.parent.mkdir(parents=True)
    path.write_bytes(b'{"id":"r0", torn\n' + segments(streams(folder)[0])[0].path.read_bytes())
    told: list[int] = []
    query = Query(id="r0")
    results = list(search(tmp_path, query, damaged=lambda _, line: told.append(line)))
    assert (len(results), told) == (2, [1])
