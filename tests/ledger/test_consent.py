"""Does recorded consent bind, and stay provable without lying open?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from gatekeeper.domain.consent import Basis, ConsentAct
from gatekeeper.domain.owner import Owner
from gatekeeper.errors import InputRejected
from gatekeeper.journal.sealed import Kept
from gatekeeper.ledger.consent_input import ConsentInput, Evidence
from tests.support.journal import KEYRING
from tests.support.ledgers import NOW, TENANT, Books

NUMBER = "+12122000123"
TEXT = "By ticking this box you agree to everything"


async def test_an_event_is_in_the_store_when_it_is_acknowledged(books: Books) -> None:
    event = await books.desk.record(TENANT, ConsentInput(number=NUMBER, event=ConsentAct.OPT_OUT))
    assert await books.desk.history(TENANT, "(212) 200-0123") == (event,)


async def test_newest_first(books: Books) -> None:
    for days in (3, 1, 2):
        at = NOW - timedelta(days=days)
        given = ConsentInput(number=NUMBER, event=ConsentAct.PURCHASE, at=at, source="purchase")
        await books.desk.record(TENANT, given)
    ats = [event.at for event in await books.desk.history(TENANT, NUMBER)]
    assert ats == sorted(ats, reverse=True)


async def test_a_tenant_sees_nothing_of_another(books: Books) -> None:
    await books.desk.record(TENANT, ConsentInput(number=NUMBER, event=ConsentAct.OPT_IN))
    assert await books.desk.history("other", NUMBER) == ()


async def test_the_same_event_twice_is_one_event(books: Books) -> None:
    given = ConsentInput(number=NUMBER, event=ConsentAct.OPT_IN, at=NOW - timedelta(days=1))
    first, second = [await books.desk.record(TENANT, given) for _ in range(2)]
    assert first == second
    assert await books.desk.history(TENANT, NUMBER) == (first,)


async def test_evidence_is_sealed_and_named_by_its_digest(books: Books) -> None:
    given = ConsentInput(
        number=NUMBER,
        event=ConsentAct.OPT_IN,
        basis=Basis.EXPRESS_WRITTEN,
        evidence=Evidence(text_shown=TEXT, ip="198.51.100.7"),
    )
    event = await books.desk.record(TENANT, given)
    (line,) = books.records("consent")
    owner = Owner(TENANT, KEYRING.subject(TENANT, NUMBER))
    kept = books.sealed.get(owner, Kept(event.id, line.content["evidence"])) or b""
    assert TEXT.encode() in kept and b"198.51.100.7" in kept


async def test_neither_number_nor_evidence_lies_open_on_disk(books: Books) -> None:
    given = ConsentInput(number=NUMBER, event=ConsentAct.OPT_IN, evidence=Evidence(text_shown=TEXT))
    await books.desk.record(TENANT, given)
    whole = b"".join(p.read_bytes() for p in books.folder.rglob("*") if p.is_file())
    assert b"2122000123" not in whole
    assert TEXT.encode() not in whole
    assert KEYRING.subject(TENANT, NUMBER).hex().encode() in whole


async def test_what_is_no_number_leaves_no_trace(books: Books) -> None:
    with pytest.raises(InputRejected):
        await books.desk.record(TENANT, ConsentInput(number="12", event=ConsentAct.OPT_OUT))
    assert books.numbers() == []
