"""Is everything of a person found in the journal, and nothing of anybody else?"""

from __future__ import annotations

from typing import Any

from gatekeeper.domain.consent import ConsentAct
from gatekeeper.ledger.changes import consent_entry, listed_entry
from gatekeeper.ledger.consent_input import ConsentInput, Evidence
from gatekeeper.ledger.erase import erase
from gatekeeper.ledger.person_reading import Reading
from gatekeeper.ledger.rights_desk import Why
from tests.support.ledgers import TENANT, Books

ANA, BEN = "+12122000123", "+12122000124"
WHY = Why("letter", "operator:me")


async def decided(books: Books, request: str, *numbers: str, verdict: str = "allow") -> None:
    """A decision as the pipeline records it, about these people, and its outcome."""
    people = [books.rights.person(TENANT, number) for number in numbers]
    body: dict[str, Any] = {
        "request": request,
        "channel": "sms",
        "verdict": verdict,
        "digest": "not theirs",
        "sender": {"pseudonym": "of the tenant"},
        "recipients": [
            {"pseudonym": each.pseudonym, "verdict": verdict, "country": "US"} for each in people
        ],
    }
    await books.journal.append("decision", request, TENANT, body)
    if verdict == "allow":
        sent = {"request": request, "end": "sent", "status": 201}
        await books.journal.append("outcome", request, TENANT, sent)


def walked(books: Books, number: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    reading = Reading(books.rights, [books.rights.person(TENANT, number)], lambda _: None)
    return list(reading.records()), list(reading.consents())


async def test_decisions_and_outcomes_are_those_about_the_person(books: Books) -> None:
    await decided(books, "r1", ANA)
    await decided(books, "r2", BEN)
    await decided(books, "r3", BEN, ANA)
    await decided(books, "r4", ANA, verdict="block")
    records, _ = walked(books, ANA)
    found = sorted((row["id"], row["kind"]) for row in records)
    both = ("decision", "outcome")
    assert found == [*(("r1", k) for k in both), *(("r3", k) for k in both), ("r4", "decision")]
    ben = books.rights.person(TENANT, BEN).pseudonym
    assert ben not in str(records) and "not theirs" not in str(records)
    mine = books.rights.person(TENANT, ANA).pseudonym
    assert {row["recipient"]["pseudonym"] for row in records if "recipient" in row} == {mine}


async def test_consent_events_come_once_each_with_their_evidence(books: Books) -> None:
    proof = Evidence(text_shown="I agree", ip="198.51.100.7")
    given = ConsentInput(number=ANA, event=ConsentAct.OPT_IN, evidence=proof)
    for _ in range(2):
        await books.desk.record(TENANT, given)
    await books.desk.record(TENANT, ConsentInput(number=ANA, event=ConsentAct.OPT_OUT))
    await books.desk.record(TENANT, given.model_copy(update={"number": BEN}))
    records, (opt_in, opt_out) = walked(books, ANA)
    assert records == []
    assert (opt_in["act"], opt_out["act"]) == ("opt_in", "opt_out")
    assert [each["state"] for each in opt_in["evidence"]] == ["readable", "readable"]
    assert opt_in["evidence"][0]["content"]["text_shown"] == "I agree"
    assert opt_out["evidence"] == []


async def test_erased_and_missing_evidence_are_told_apart(books: Books) -> None:
    proof = Evidence(text_shown="I agree")
    await books.desk.record(
        TENANT, ConsentInput(number=ANA, event=ConsentAct.OPT_IN, evidence=proof)
    )
    ben = books.rights.person(TENANT, BEN)
    await erase(books.rights, books.rights.person(TENANT, ANA), WHY)
    await books.desk.record(TENANT, ConsentInput(number=BEN, event=ConsentAct.OPT_IN))
    (event,) = await books.desk.history(TENANT, BEN)
    lost = consent_entry(TENANT, ben.owner.subject, event, "0" * 64)
    await books.ledger.commit(books.store, [lost])
    assert [each["state"] for each in walked(books, ANA)[1][0]["evidence"]] == ["erased"]
    assert [each["state"] for each in walked(books, BEN)[1][0]["evidence"]] == ["missing"]


async def test_changes_of_lists_and_records_of_other_kinds_are_shown_without_names(
    books: Books,
) -> None:
    person = books.rights.person(TENANT, ANA)
    entry = listed_entry(TENANT, "internal", person.owner.subject, listed=True)
    await books.ledger.commit(books.store, [entry])
    body: dict[str, Any] = {"pseudonym": person.pseudonym, "what": "a reply", "consents": ["c1"]}
    body["others"] = [{"pseudonym": "x"}]
    await books.journal.append("review", "v1", TENANT, body)
    records, _ = walked(books, ANA)
    listed, review = ({k: v for k, v in row.items() if k != "at"} for row in records)
    assert listed == {
        "kind": "listed",
        "tenant": TENANT,
        "id": "internal",
        "list": "internal",
        "listed": True,
    }
    head = {"kind": "review", "tenant": TENANT, "id": "v1"}
    assert review == head | {"what": "a reply", "consents": ["c1"]}


async def test_two_tenants_of_one_number_stay_apart(books: Books) -> None:
    for tenant in (TENANT, "other"):
        await books.desk.record(tenant, ConsentInput(number=ANA, event=ConsentAct.OPT_OUT))
    await decided(books, "r1", ANA)
    elsewhere = Reading(books.rights, [books.rights.person("other", ANA)], lambda _: None)
    assert list(elsewhere.records()) == []
    assert [event["tenant"] for event in elsewhere.consents()] == ["other"]
    people = [books.rights.person(tenant, ANA) for tenant in (TENANT, "other")]
    both = Reading(books.rights, people, lambda _: None)
    assert len(list(both.records())) == 2 and len(list(both.consents())) == 2
