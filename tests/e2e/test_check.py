"""Does `POST /v1/check` tell what a send would be told, and use nothing up?"""

from __future__ import annotations

import asyncio
import itertools
import random
from typing import Any

import pytest

from gatekeeper.journal.record import Line
from tests.support.acme import ANA, BEN, CODES, LISTED, NEWS, OFFERS, STOPPED, STRANGER, WHATSAPP
from tests.support.gate import CALLS, Stand, Told

pytestmark = pytest.mark.asyncio(loop_scope="module")

SEED = 20261123
CASES = 60
TEXTS = (
    "Your order is ready.",
    "Acme: 20% off today. Reply STOP to opt out.",
    "Card 4111 1111 1111 1111 exp 04/29",
    "Your SSN is 219-09-9998",
    "481 516 is your code",
    "Your new password is Tr0ub4dor&3.",
)
PEOPLE = (ANA, STOPPED, LISTED, STRANGER, "911", "+1212555", "+18082000221", "+16712000221")
SENDERS = (OFFERS, NEWS, CODES, "+14152000199")
CHANNELS = ("sms", "mms", "voice", "whatsapp")

ALL = list(itertools.product(CHANNELS, SENDERS, PEOPLE, TEXTS))
SAMPLE = random.Random(SEED).sample(ALL, CASES)


async def sent(stand: Stand, channel: str, sender: str, to: str, text: str) -> Told:
    """The same message as a real send."""
    if channel == "voice":
        twiml = f"<Response><Say>{text.replace('&', '&amp;')}</Say></Response>"
        return await stand.post({"To": to, "From": sender, "Twiml": twiml}, path=CALLS)
    prefix = "whatsapp:" if channel == "whatsapp" else ""
    sender = WHATSAPP if prefix and sender == NEWS else prefix + sender
    fields = {"To": prefix + to, "From": sender, "Body": text}
    if channel == "mms":
        fields["SendAsMms"] = "true"
    return await stand.post(fields)


def found(findings: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    return [(f["rule"], f["reason"], f["verdict"], f["mode"]) for f in findings]


def recorded(stand: Stand, told: Told) -> Line:
    decision = told.headers["Gatekeeper-Decision"]
    return next(line for line in stand.records("decision") if line.id == decision)


@pytest.mark.parametrize(("channel", "sender", "to", "text"), SAMPLE)
async def test_a_check_tells_what_a_send_is_told(
    acme: Stand, channel: str, sender: str, to: str, text: str
) -> None:
    asked_from = WHATSAPP if channel == "whatsapp" and sender == NEWS else sender
    question = {"channel": channel, "from": asked_from, "to": to, "text": text}
    if channel == "voice":  # the real call tells by its script that a machine speaks
        question["technology"] = "artificial"
    check = (await acme.native("/v1/check", question)).body
    content = recorded(acme, await sent(acme, channel, sender, to, text)).content
    (person,) = content["recipients"]
    assert check["verdict"] == content["verdict"], (check, person)
    assert check["reason"] == content["reason"]
    assert found(check["findings"]) == found(person["findings"])
    assert check["next_allowed_at"] == person["next_allowed_at"]
    assert check["policy"] == content["policy"]
    assert check["hypothetical"] is False


async def test_a_check_uses_nothing_up_and_sends_nothing(acme: Stand) -> None:
    question = {"channel": "sms", "from": NEWS, "to": BEN, "text": "Your order is ready."}
    before = len(acme.records("decision"))
    checks = await asyncio.gather(*(acme.native("/v1/check", question) for _ in range(40)))
    assert {told.body["verdict"] for told in checks} == {"allow"}
    assert len(acme.records("decision")) == before
    assert acme.carrier.requests == []
    for _ in range(20):
        assert (await acme.post({"To": BEN, "From": NEWS, "Body": "x"})).status == 201


async def test_an_assumption_changes_the_answer_and_is_told(acme: Stand) -> None:
    question: dict[str, Any] = {"channel": "sms", "from": OFFERS, "to": STRANGER}
    question |= {"text": "Acme: 20% off today. Reply STOP to opt out."}
    question |= {"at": "2026-11-20T12:00:00-05:00"}
    bare = (await acme.native("/v1/check", question)).body
    assert bare["verdict"] == "block"
    assumed = {"consent": "express_written", "listings": {"us-national": "clear"}}
    told = (await acme.native("/v1/check", question | {"assume": assumed})).body
    assert (told["verdict"], told["hypothetical"]) == ("allow", True)


async def test_a_check_needs_a_key_and_a_whole_question(acme: Stand) -> None:
    told = await acme.ask("POST", "/v1/check", b"{}", {"Content-Type": "application/json"})
    assert told.status == 401
    assert (await acme.native("/v1/check", {"channel": "sms"})).status == 422


async def test_a_check_is_explained_if_it_is_asked_for(acme: Stand) -> None:
    """Every rule with what it compared, and no full number in any of it."""
    question = {"channel": "sms", "from": OFFERS, "to": STRANGER, "text": TEXTS[1]}
    plain = (await acme.native("/v1/check", question)).body
    assert plain.pop("explanation") is None
    told = (await acme.native("/v1/check", {**question, "explain": True})).body
    tree = told.pop("explanation")
    assert told == plain
    assert (tree["verdict"], tree["reason"]) == (told["verdict"], told["reason"])
    rules = [r for s in tree["stages"] for c in s["checks"] for r in c["rules"]]
    assert {r["rule"] for r in rules if r["outcome"] == "fires"} == {
        f["rule"] for f in told["findings"]
    }
    assert STRANGER[2:] not in str(tree)


async def test_a_picture_goes_out_with_the_finding_that_nobody_saw_it(acme: Stand) -> None:
    fields = {"To": ANA, "From": NEWS, "Body": "Your order is ready."}
    told = await acme.post(fields | {"MediaUrl": "https://shop.example/a.png"})
    assert (told.status, told.headers["Gatekeeper-Verdict"]) == (201, "flag")
    (person,) = recorded(acme, told).content["recipients"]
    (finding,) = person["findings"]
    assert (finding["rule"], finding["reason"]) == ("gate.media", "content.uninspectable")
    assert finding["detail"] == "Could not inspect: media."
