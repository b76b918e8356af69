"""Does an app's own evidence count from the send that brings it, and never against an opt-out?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.acme import NEWS, STOPPED
from tests.support.gate import FORM, MESSAGES, Stand, Told
from tests.support.wire import ask

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECRET = "Zyzzyva4155550143"
PROOF = {"text_shown": f"Send me news of my order. {SECRET}", "form": f"join/{SECRET}"}
OPTED = {"event": "opt_in", "at": "2026-01-05T10:00:00Z", "seller": "Acme", "evidence": PROOF}


async def send(acme: Stand, to: str, said: object = None) -> Told:
    text = said if isinstance(said, str) else json.dumps(said)
    headers = {} if said is None else {"Gatekeeper_Consent": text}
    acme.canaries |= {to.removeprefix("+1"), SECRET}
    return await acme.post([("To", to), ("From", NEWS), ("Body", "Your order.")], **headers)


async def history(acme: Stand, number: str) -> list[dict[str, Any]]:
    headers = {"Authorization": f"Bearer {acme.key}"}
    query = number.replace("+", "%2B")
    told = await acme.ask("GET", f"/v1/consents?number={query}", b"", headers)
    events: list[dict[str, Any]] = told.body["events"]
    return events


async def test_a_stranger_may_be_sent_to_with_the_consent_that_comes_with_it(acme: Stand) -> None:
    person = "+12122000951"
    assert (await send(acme, person)).code == 21612
    assert (await send(acme, person, OPTED)).status == 201
    (event,) = await history(acme, person)
    assert (event["event"], event["unproven"], event["evidence"]) == ("opt_in", True, True)
    decision = acme.records("decision")[-1].content["recipients"][0]
    assert event["id"] in decision["facts"]["consent"]["events"]
    assert (await send(acme, person)).status == 201, "from now on it stands on record"


async def test_it_is_recorded_before_the_decision(acme: Stand) -> None:
    await send(acme, "+12122000952", OPTED)
    consent, decision = acme.records("consent")[-1], acme.records("decision")[-1]
    assert consent.seq < decision.seq
    assert consent.content["event"]["act"] == "opt_in"
    assert decision.content["posture"] == "fcc"


async def test_the_evidence_goes_neither_upstream_nor_into_the_journal(acme: Stand) -> None:
    await send(acme, "+12122000953", OPTED)
    sent = b"".join(acme.carrier.requests)
    assert sent and SECRET.encode() not in sent
    assert b"gatekeeper-consent" not in sent.lower()
    assert acme.leaks() == []


async def test_the_same_header_twice_is_one_event(acme: Stand) -> None:
    person = "+12122000954"
    undated = {key: value for key, value in OPTED.items() if key != "at"}
    for said in (OPTED, OPTED, undated, undated):
        assert (await send(acme, person, said)).status == 201
    ids = [event["id"] for event in await history(acme, person)]
    assert len(ids) == 2
    lines = [each for each in acme.records("consent") if each.content["event"]["id"] in ids]
    assert len(lines) == 2


async def test_it_never_undoes_an_opt_out(acme: Stand) -> None:
    told = await send(acme, STOPPED, {**OPTED, "at": None})
    assert (told.status, told.code) == (400, 21610)
    assert acme.carrier.requests == []


async def test_what_was_presented_undoes_no_later_opt_out_either(acme: Stand) -> None:
    person = "+12122000955"
    assert (await send(acme, person, OPTED)).status == 201
    await acme.opt_out(person)
    assert (await send(acme, person, OPTED)).code == 21610
    assert (await send(acme, person, {"event": "opt_in"})).code == 21610


@pytest.mark.parametrize(
    "said",
    [
        "yes",
        '{"event": "opt_in", "event": "opt_in"}',
        {"event": "opt_out"},
        {"event": "opt_in", "number": STOPPED},
        {"event": "opt_in", "evidence": {"text_shown": "x" * 7990}},
    ],
    ids=lambda said: str(said)[:40],
)
async def test_what_has_no_meaning_is_refused_whole_in_the_providers_shape(
    acme: Stand, said: object
) -> None:
    person = "+12122000956"
    told = await send(acme, person, said)
    assert (told.status, told.headers["Gatekeeper-Reason"]) == (400, "request.ambiguous")
    assert isinstance(told.code, int) and "Gatekeeper-Consent" in told.body["message"]
    assert await history(acme, person) == [] and acme.carrier.requests == []
    assert acme.records("decision")[-1].content["reason"] == "request.ambiguous"


async def test_two_such_headers_have_no_one_meaning(acme: Stand) -> None:
    person, text = "+12122000957", json.dumps({"event": "opt_in"})
    body = b"To=%2B12122000957&From=%2B13122000201&Body=Your+order."
    lines = [
        f"POST {MESSAGES} HTTP/1.1",
        "Host: gate",
        f"Authorization: {acme.basic()}",
        f"Content-Type: {FORM}",
        f"Content-Length: {len(body)}",
        f"Gatekeeper-Consent: {text}",
        f"gatekeeper-consent: {text}",
    ]
    raw = "\r\n".join([*lines, "\r\n"]).encode() + body
    answer = await ask(acme.gate.port, raw)
    assert answer is not None
    assert answer.headers["Gatekeeper-Reason"] == "request.ambiguous"
    assert await history(acme, person) == []


async def test_a_question_may_bring_it_too(acme: Stand) -> None:
    person = "+12122000958"
    question = {"channel": "sms", "from": NEWS, "to": person, "text": "Your order."}
    assert (await acme.native("/v1/check", question)).body["verdict"] == "block"
    with_it = await acme.native("/v1/check", {**question, "consent": OPTED})
    assert with_it.body["verdict"] == "allow"
    assert len(await history(acme, person)) == 1
    bad = await acme.native("/v1/check", {**question, "consent": {"event": "opt_out"}})
    assert (bad.status, bad.body["title"]) == (400, "request.ambiguous")
