"""Do apps record and read consent, and hear which tier is needed, each for its own tenant only?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent, Scope
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.errors import InputRejected
from gatekeeper.proxy.consent_api import history_of, question_of
from tests.support.acme import ANA, FRIENDS, STOPPED, STRANGER
from tests.support.gate import Stand
from tests.support.wire import ask, request

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)
EVERYTHING = Scope()
FRIEND = FRIENDS["America/New_York"].replace("+", "%2B")


async def get(acme: Stand, path: str, status: int = 200) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {acme.key}"}
    answer = await ask(acme.gate.port, request("GET", path, headers))
    assert answer is not None and answer.status == status, answer
    return answer.body


def event(
    act: ConsentAct, days: int, scope: Scope = EVERYTHING, basis: Basis = Basis.NONE
) -> ConsentEvent:
    return ConsentEvent(f"{act}-{days}", act, NOW - timedelta(days=days), basis, scope)


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


async def test_the_history_shows_every_event_with_its_marks_and_a_sentence(acme: Stand) -> None:
    number = "+12122000977"
    opted = {"number": number, "event": "opt_in", "brand": "shoes", "pending": True}
    first = await acme.native("/v1/consents", {**opted, "evidence": {"form": "join/secret-17"}})
    proof = {"event": "evidence", "about": first.body["id"], "evidence": {"message": "SM1"}}
    await acme.native("/v1/consents", {"number": number, **proof})
    await acme.native("/v1/consents", {"number": number, "event": "opt_in"})
    held = await get(acme, "/v1/consents?number=%2B12122000977")
    by_act = {(each["event"], each["pending"]): each for each in held["events"]}
    double = by_act["opt_in", True]
    assert (double["brand"], double["unproven"], double["evidence"]) == ("shoes", False, True)
    assert "waits for its confirmation" in double["says"] and "sealed" in double["says"]
    assert by_act["evidence", False]["about"] == first.body["id"]
    bare = by_act["opt_in", False]
    assert (bare["unproven"], bare["evidence"]) == (True, False)
    assert "secret-17" not in str(held)


async def test_the_tier_is_told_with_its_rules(acme: Stand) -> None:
    asked = f"/v1/consents/tier?number={FRIEND}&channel=sms&technology=autodialed"
    told = await get(acme, asked)
    assert (told["needed"], told["held"], told["sufficient"]) == (
        "express_written",
        "express_written",
        True,
    )
    assert told["purpose"] == "marketing" and told["posture"] == "fcc"
    assert [rule["rule"] for rule in told["rules"]] == ["gate.own_will", "us.consent_marketing"]
    assert all(rule["citation"] for rule in told["rules"])


async def test_the_tier_of_who_stopped_is_told_as_ended(acme: Stand) -> None:
    told = await get(acme, f"/v1/consents/tier?number={STOPPED.replace('+', '%2B')}&channel=sms")
    assert (told["held"], told["sufficient"], told["reason"]) == (
        "opt_out",
        False,
        "consent.revoked",
    )


@pytest.mark.parametrize(
    "query",
    [
        "channel=sms",
        "number=12&channel=sms",
        "number=%2B12122000211",
        "number=%2B12122000211&channel=pigeon",
        "number=%2B12122000211&channel=sms&tenant=other",
        "number=%2B12122000211&channel=sms&channel=sms",
        "number=%2B12122000211&channel=sms&at=tomorrow",
        "number=%2B12122000211&channel=sms&campaign=nobodys",
        "jurisdiction=texas&channel=sms",
    ],
)
async def test_a_question_without_meaning_is_refused(acme: Stand, query: str) -> None:
    told = await get(acme, f"/v1/consents/tier?{query}", status=422)
    assert told["title"] == "request.ambiguous"
    assert "2122000211" not in str(told)


async def test_a_question_is_read_from_its_words() -> None:
    asked = question_of({"channel": "sms", "jurisdiction": "CA", "purpose": "debt"})
    assert (asked.channel, asked.jurisdiction) == (Channel.SMS, "CA")
    with pytest.raises(InputRejected, match="channel"):
        question_of({"jurisdiction": "CA"})
