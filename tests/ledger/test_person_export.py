"""Is a person's document whole JSON, on record before its first byte, and bounded on the way?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatekeeper.domain.consent import ConsentAct
from gatekeeper.errors import InputRejected
from gatekeeper.journal import scan
from gatekeeper.ledger import person_export
from gatekeeper.ledger.changes import listed_entry
from gatekeeper.ledger.consent_input import ConsentInput, Evidence
from gatekeeper.ledger.erase import erase
from gatekeeper.ledger.imports import Progress
from gatekeeper.ledger.person_export import SCHEMA_VERSION, export
from gatekeeper.ledger.rights_desk import Why
from tests.ledger.test_person_reading import decided
from tests.support.ledgers import TENANT, Books

ANA = "+12122000123"
WHY = Why("letter", "operator:me")


async def exported(books: Books, *tenants: str) -> tuple[dict[str, Any], list[Progress]]:
    people = [books.rights.person(tenant, ANA) for tenant in tenants or (TENANT,)]
    news = [item async for item in export(books.rights, people, WHY)]
    text = b"".join(item for item in news if isinstance(item, bytes))
    return json.loads(text), [item for item in news if isinstance(item, Progress)]


async def filled(books: Books) -> None:
    proof = Evidence(text_shown="I agree")
    given = ConsentInput(number=ANA, event=ConsentAct.OPT_IN, evidence=proof)
    await books.desk.record(TENANT, given)
    subject = books.rights.person(TENANT, ANA).owner.subject
    entry = listed_entry(TENANT, "internal", subject, listed=True)
    await books.ledger.commit(books.store, [entry])
    await decided(books, "r1", ANA)


async def test_the_document_holds_every_section(books: Books) -> None:
    await filled(books)
    document, progress = await exported(books)
    person = books.rights.person(TENANT, ANA)
    assert (document["schema_version"], document["number"]) == (SCHEMA_VERSION, ANA)
    assert document["tenants"][TENANT]["pseudonym"] == person.pseudonym
    assert [row["kind"] for row in document["records"]] == ["listed", "decision", "outcome"]
    assert document["consents"][0]["evidence"][0]["content"]["text_shown"] == "I agree"
    assert {row["basis"] for row in document["consent_now"]} == {"express"}
    assert [(row["list"], row["answer"]) for row in document["lists"]] == [("internal", "hit")]
    assert document["counts"]["decision"] == document["counts"]["evidence_readable"] == 1
    assert progress[-1].done == progress[-1].total


async def test_the_export_is_on_record_before_its_first_byte(books: Books) -> None:
    await filled(books)
    news = export(books.rights, [books.rights.person(TENANT, ANA)], WHY)
    await anext(news)
    (line,) = books.records("exported")
    assert (line.content["reason"], line.content["by"]) == (WHY.reason, WHY.by)
    await news.aclose()
    document, _ = await exported(books)
    assert [row["id"] for row in document["exports"]] == [line.id]


async def test_what_was_erased_stands_in_the_next_export(books: Books) -> None:
    await filled(books)
    await erase(books.rights, books.rights.person(TENANT, ANA), WHY)
    document, _ = await exported(books)
    assert document["consents"][0]["evidence"] == [{"state": "erased"}]
    assert document["erasures"][0]["erased"]["evidence"] == 1
    assert "keys" not in document["erasures"][0]


async def test_an_operator_may_ask_for_all_tenants_at_once(books: Books) -> None:
    await filled(books)
    await books.desk.record("other", ConsentInput(number=ANA, event=ConsentAct.OPT_OUT))
    document, _ = await exported(books, TENANT, "other")
    assert set(document["tenants"]) == {TENANT, "other"}
    assert {row["tenant"] for row in document["consents"]} == {TENANT, "other"}
    assert len(books.records("exported")) == 2


async def test_a_person_nobody_knows_gets_an_empty_document(books: Books) -> None:
    document, _ = await exported(books)
    assert document["records"] == document["consents"] == document["lists"] == []


async def test_progress_is_told_on_the_way(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "BLOCK", 512)
    monkeypatch.setattr(person_export, "_TOLD", 1024)
    for n in range(20):
        await decided(books, f"r{n}", ANA)
    _, progress = await exported(books)
    assert len(progress) > 5
    assert [item.done for item in progress] == sorted(item.done for item in progress)


async def test_without_a_tenant_there_is_nothing_to_export(books: Books) -> None:
    with pytest.raises(InputRejected, match="no tenant"):
        await anext(export(books.rights, [], WHY))
