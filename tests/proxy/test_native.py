"""Do the native endpoints do what they are for, each for its own tenant only?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent, Scope
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.proxy.native import ROUTES, Native, history_of
from gatekeeper.proxy.person_api import People
from tests.support.acme import ANA, NEWS, STOPPED, STRANGER
from tests.support.gate import Stand
from tests.support.wire import ask, request

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)
EVERYTHING = Scope()


async def get(acme: Stand, path: str) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {acme.key}"}
    answer = await ask(acme.gate.port, request("GET", path, headers))
    assert answer is not None and answer.status == 200, answer
    return answer.body


def event(
    act: ConsentAct, days: int, scope: Scope = EVERYTHING, basis: Basis = Basis.NONE
) -> ConsentEvent:
    return ConsentEvent(f"{act}-{days}", act, NOW - timedelta(days=days), basis, scope)


async def test_every_route_has_its_handler(gate: Stand) -> None:
    handlers = set(Native(gate.gate, None, People(None), None).handlers())  # type: ignore[arg-type]
    assert handlers == {route.name for route in ROUTES}


async def test_a_check_answers_the_verdict_with_its_findings_and_sends_nothing(acme: Stand) -> None:
    question = {"channel": "sms", "from": NEWS, "to": STOPPED, "text": "Hello"}
    told = await acme.native("/v1/check", question)
    assert (told.body["verdict"], told.body["reason"]) == ("block", "consent.revoked")
    assert all(finding["citation"] for finding in told.body["findings"])
    assert acme.carrier.requests == []


async def test_consent_recorded_is_consent_read(acme: Stand) -> None:
    given = {"number": STRANGER, "event": "opt_in", "basis": "express_written", "channel": "sms"}
    recorded = await acme.native("/v1/consents", given)
    lacking = ["signature", "seller", "technology", "not_condition"]
    assert (recorded.body["missing"], recorded.body["unproven"]) == (lacking, True)
    assert len(recorded.body["warnings"]) == 2
    held = await get(acme, "/v1/consents?number=%2B12122000233")
    assert held["events"][0]["id"] == recorded.body["id"]
    assert (held["marketing"]["sms"], held["marketing"]["voice"]) == ("express_written", "none")


async def test_a_person_nobody_has_told_of_has_no_consent(acme: Stand) -> None:
    held = await get(acme, "/v1/consents?number=%2B12122000999")
    assert held["events"] == []
    assert set(held["marketing"].values()) == {"none"}


async def test_reasons_are_explained_where_a_refusal_points(acme: Stand) -> None:
    told = await acme.post([("To", STOPPED), ("From", NEWS), ("Body", "x")])
    path, _, anchor = told.body["more_info"].partition("#")
    answer = await ask(acme.gate.port, request("GET", path, {}))
    assert answer is not None and answer.status == 200
    assert f'id="{anchor}"'.encode() in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


async def test_health_is_told_by_dependency(acme: Stand) -> None:
    assert await get(acme, "/livez") == {"alive": True}
    assert await get(acme, "/readyz") == {
        "ready": True,
        "dependencies": {"journal": "ok", "store": "ok", "policy": "ok"},
    }


@pytest.mark.parametrize(
    ("events", "sms", "voice"),
    [
        ((), "none", "none"),
        ((event(ConsentAct.OPT_IN, 3, basis=Basis.EXPRESS),), "express", "express"),
        ((event(ConsentAct.OPT_OUT, 1, Scope(Channel.SMS)),), "revoked", "none"),
        ((event(ConsentAct.REASSIGNED, 1),), "reassigned", "reassigned"),
        ((event(ConsentAct.OPT_OUT, 1, Scope(purpose=Purpose.AUTHENTICATION)),), "none", "none"),
    ],
)
async def test_history_tells_what_holds_for_marketing(
    events: tuple[ConsentEvent, ...], sms: str, voice: str
) -> None:
    history = history_of(events, NOW)
    assert (history.marketing["sms"], history.marketing["voice"]) == (sms, voice)
    assert set(history.marketing) == set(Channel)
    assert [shape.id for shape in history.events] == [event.id for event in events]


async def test_a_tenant_cannot_be_named_it_comes_from_the_key(acme: Stand) -> None:
    told = await acme.native("/v1/consents", {"number": ANA, "event": "inquiry", "tenant": "x"})
    assert told.status == 422
