"""Can an app export and erase a person of its own tenant, and of no other?"""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.domain.registry import Tenant
from gatekeeper.ledger.changes import document_entry
from gatekeeper.ledger.registrar import NewApplication
from gatekeeper.proxy.person_api import PersonData
from tests.support.acme import ANA, FRIENDS, STOPPED
from tests.support.gate import Stand, Told

pytestmark = pytest.mark.asyncio(loop_scope="module")

FRIEND = FRIENDS["America/New_York"]
EXPORT, ERASE = "/v1/people/export", "/v1/people/erase"


def asks(number: str, **more: Any) -> dict[str, Any]:
    return {"number": number, "reason": "letter of 2 May", **more}


async def test_a_persons_data_come_as_the_documented_document(acme: Stand) -> None:
    await acme.sms(to=ANA)
    told = await acme.native(EXPORT, asks(ANA))
    assert told.status == 200 and told.headers["Cache-Control"] == "no-store"
    document = PersonData.model_validate(told.body)
    assert document.number == ANA
    kinds = [row["kind"] for row in document.records]
    assert "decision" in kinds and kinds.count("decision") == kinds.count("outcome")
    (line,) = acme.records("exported")
    assert line.content["by"] == "application:shop"


async def test_evidence_is_opened_for_its_own_tenant(acme: Stand) -> None:
    told = await acme.native(EXPORT, asks(FRIEND))
    texts = [
        each["content"]["text_shown"]
        for event in told.body["consents"]
        for each in event["evidence"]
    ]
    assert any("I agree to automated marketing" in text for text in texts)


async def test_an_erased_person_gets_nothing_and_an_opt_out_still_binds(acme: Stand) -> None:
    told = await acme.native(ERASE, asks(STOPPED, basis="gdpr-17"))
    assert told.status == 200 and told.body["complete"]
    assert {"what": "opt_out"}.items() <= told.body["kept"][0].items()
    question = {"channel": "sms", "from": "+13122000201", "to": STOPPED, "text": "Hello"}
    checked = await acme.native("/v1/check", question)
    assert checked.body["reason"] == "consent.revoked"


async def test_another_tenants_application_finds_nothing(acme: Stand) -> None:
    ground = acme.gate.ground
    await ground.ledger.commit(ground.store, [document_entry(Tenant("rival", "Rival"))])
    await acme.gate.configuration.load()
    registry = acme.gate.configuration.current.registry
    new = NewApplication("theirs", "rival", "twilio", "AC" + "2f" * 16, "their-secret-token")
    key = await ground.registrar.add_application(new, registry, by="user:test")
    await acme.gate.configuration.load()
    rival = Stand(acme.settings, acme.carrier, key or "", acme.running)
    told = await rival.native(EXPORT, asks(ANA))
    assert told.status == 200
    assert told.body["consents"] == told.body["records"] == told.body["lists"] == []
    erased = await rival.native(ERASE, asks(ANA))
    assert erased.body["tenant"] == "rival" and erased.body["erased"]["grants"] == 0
    mine = await acme.native(EXPORT, asks(ANA))
    assert mine.body["consents"] and mine.body["erasures"] == []


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        (EXPORT, asks("5550100"), "number"),
        (EXPORT, {"number": ANA}, "reason"),
        (EXPORT, asks(ANA, reason=" "), "reason"),
        (ERASE, asks(ANA, basis="he asked us to"), "basis"),
        (ERASE, asks(ANA, reason=f"asked by {ANA}"), "phone number"),
        (ERASE, asks(ANA, tenant="rival"), "tenant: Extra"),
    ],
)
async def test_what_cannot_be_asked_is_refused_before_anything_is_done(
    acme: Stand, path: str, body: dict[str, Any], told: str
) -> None:
    before = len(acme.records("erased")) + len(acme.records("exported"))
    answer: Told = await acme.native(path, body)
    assert answer.status == 422 and told in answer.body["detail"]
    assert ANA not in str(answer.body)
    assert len(acme.records("erased")) + len(acme.records("exported")) == before


async def test_without_a_key_nothing_is_told(acme: Stand) -> None:
    for path in (EXPORT, ERASE):
        headers = {"Content-Type": "application/json", "Authorization": "Bearer gk_wrong"}
        told = await acme.ask("POST", path, b"{}", headers)
        assert told.status == 401
        assert "consents" not in told.body
