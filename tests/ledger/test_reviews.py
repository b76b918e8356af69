"""Does what was opened stay open until a person has said what it meant, and does that bind?"""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from gatekeeper.domain.consent import ConsentAct, Scope
from gatekeeper.errors import DependencyUnavailable, InputRejected
from gatekeeper.ledger.changes import Entry
from gatekeeper.ledger.reviews import CLOSED, REVIEW, Found, Reviews, items
from tests.support.ledgers import NOW, Books, clock

SUBJECT = bytes(range(16))


async def opened(books: Books, name: str, tenant: str = "acme") -> None:
    body: dict[str, Any] = {
        "application": "shop", "provider": "twilio", "message": "SM" + name, "channel": "sms",
        "rule": "en.perhaps", "language": "en", "pseudonym": "p", "subject": SUBJECT.hex(),
        "said": "stop", "certain": False,
    }  # fmt: skip
    await books.journal.append(REVIEW, name, tenant, body)


def reviews(books: Books) -> Reviews:
    async def commit(entries: list[Entry]) -> None:
        await books.ledger.commit(books.store, entries)

    return Reviews(books.folder / "journal", books.journal, commit, clock)


async def test_what_is_not_closed_is_open(books: Books) -> None:
    for name, tenant in (("r1", "acme"), ("r2", "other"), ("r3", "acme"), ("r1", "acme")):
        await opened(books, name, tenant)
    listed = partial(items, books.folder / "journal")
    assert [item.id for item in listed()] == ["r1", "r2", "r3"], "told twice is one item"
    assert [item.id for item in listed(tenant="acme")] == ["r1", "r3"]
    first = listed()[0]
    assert (first.message, first.rule, first.found) == ("SMr1", "en.perhaps", None)
    await reviews(books).close(first, Found.NO_OPT_OUT, "a joke", "user:eve")
    assert [item.found for item in listed()] == ["no_opt_out", None, None]
    (closed,) = books.records(CLOSED)
    assert closed.content == {"found": "no_opt_out", "reason": "a joke", "by": "user:eve"}
    assert await books.store.events_of(SUBJECT) == ()


async def test_a_stop_that_a_person_finds_binds_when_it_is_acknowledged(books: Books) -> None:
    await opened(books, "r1")
    (item,) = items(books.folder / "journal")
    closed = await reviews(books).close(item, Found.OPT_OUT, "they mean it", "user:eve")
    assert closed.found == "opt_out"
    (event,) = await books.store.events_of(SUBJECT)
    assert (event.act, event.scope, event.at) == (ConsentAct.OPT_OUT, Scope(), NOW)
    with pytest.raises(InputRejected, match="closed already"):
        await reviews(books).close(closed, Found.NO_OPT_OUT, "no", "user:mallory")


async def test_an_item_is_not_closed_before_its_opt_out_binds(books: Books) -> None:
    async def away(_entries: list[Entry]) -> None:
        raise DependencyUnavailable("store", "away")

    await opened(books, "r1")
    (item,) = items(books.folder / "journal")
    desk = Reviews(books.folder / "journal", books.journal, away, clock)
    with pytest.raises(DependencyUnavailable):
        await desk.close(item, Found.OPT_OUT, "they mean it", "user:eve")
    assert books.records(CLOSED) == []
