"""Does a webhook reach the app so that its own validator passes, and may its answer leave?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.support.acme import ANA, BEN, CY, NEWS, STRANGER
from tests.support.customer_app import CustomerApp, running_app
from tests.support.gate import Stand, eventually, standing_gate
from tests.support.webhooks import PATH, PUBLIC, Answered, call, came_in, delivery, register

EMPTY = "<Response></Response>"
STOPPED = "Acme: You are unsubscribed and will get no more messages from us."


@dataclass
class Scene:
    """A gate that passes webhooks on to a running app."""

    stand: Stand
    app: CustomerApp

    async def hear(self, body: str, person: str = ANA, **more: str) -> Answered:
        return await call(self.stand, came_in(body, person, **more))

    async def code_for(self, number: str, **more: Any) -> int:
        try:
            await self.stand.sms(number, **more)
        except TwilioRestException as refused:
            return int(refused.code)
        return 0

    async def send(self, to: str, body: str) -> int:
        """The code for exactly this text by the real SDK; 0 if it was sent."""
        create = self.stand.client().messages.create
        try:
            await asyncio.to_thread(create, to=to, from_=NEWS, body=body)
        except TwilioRestException as refused:
            return int(refused.code)
        return 0

    def decisions(self) -> list[dict[str, Any]]:
        records = self.stand.records("decision")
        return [each.content for each in records if each.content["operation"] == "answer"]


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    settings: dict[str, Any] = {"public_url": PUBLIC, "relay_private": True}
    async with running_app() as app, standing_gate(tmp_path, **settings) as stand:
        told = await register(stand, url=app.url + "/sms?shop=7", status_url=app.url + "/status")
        app.secret = told["secret"]
        stand.canaries.add(app.secret)
        yield Scene(stand, app)


async def test_the_app_gets_the_bytes_and_its_validator_passes(scene: Scene) -> None:
    form = came_in("Hi, is my order ready?", NumMedia="0")
    told = await call(scene.stand, form)
    assert (told.status, told.text) == (200, str(scene.app.answer))
    assert scene.app.bodies == [urlencode(form).encode()]
    assert scene.app.valid == [True]
    assert "X-Inner" not in told.headers


async def test_an_answer_is_judged_as_any_message(scene: Scene) -> None:
    """Order news may go to ANA; a card number may not, and nothing may go to a stranger."""
    scene.app.says("Yes, it is.")
    told = await scene.hear("Hi")
    assert "Yes, it is." in told.text
    assert scene.decisions()[-1]["verdict"] in ("allow", "flag")
    scene.app.says("Fine.", "Your card 4111 1111 1111 1111 was charged.")
    told = await scene.hear("Hi")
    assert told.text.endswith(EMPTY)
    assert [each["verdict"] for each in scene.decisions()[-2:]][-1] == "block"
    scene.app.says("Welcome!")
    assert (await scene.hear("Hi", STRANGER)).text.endswith(EMPTY)
    assert scene.decisions()[-1]["reason"] == "consent.missing"
    assert 'gatekeeper_webhooks_total{outcome="held_back"} 2.0' in await scene.stand.metrics()


async def test_an_answer_to_a_stop_cannot_go_on_talking(scene: Scene) -> None:
    """The app's own words are dropped; the gate's one confirmation goes instead."""
    scene.app.says("Sorry to see you go! 20% off if you stay.")
    told = await scene.hear("STOP")
    assert "20%" not in told.text
    assert STOPPED in told.text
    assert scene.decisions()[-1]["verdict"] == "flag"
    assert await scene.code_for(ANA) == 21610


async def test_the_gates_own_confirmation_is_the_only_one(scene: Scene) -> None:
    assert STOPPED in (await scene.hear("stop", BEN)).text
    for text in (STOPPED, "Acme: anything else."):
        assert await scene.send(BEN, text) == 21610
    assert (await scene.hear("Stop", BEN)).text.endswith(EMPTY), "no second one"


async def test_an_app_may_send_the_fixed_text_itself_once(scene: Scene) -> None:
    await register(scene.stand, url=scene.app.url + "/sms", answers=False)
    assert (await scene.hear("STOP", CY)).text == scene.app.answer
    assert await scene.send(CY, STOPPED + " Or stay!") == 21610
    assert await scene.send(CY, STOPPED) == 0
    assert await scene.send(CY, STOPPED) == 21610
    assert scene.stand.carrier.forms[-1]["Body"] == STOPPED
    assert len(scene.stand.carrier.requests) == 1


async def test_the_fixed_text_confirms_nothing_when_nobody_stopped(scene: Scene) -> None:
    """It is judged as any message, and a STOP that comes afterwards gets its confirmation."""
    assert await scene.send(STRANGER, STOPPED) == 21612
    assert STOPPED in (await scene.hear("stop", STRANGER)).text


async def test_help_is_answered_also_for_a_stranger_and_one_who_stopped(scene: Scene) -> None:
    for person, word, start in (
        (STRANGER, "HELP", "Acme: For help"),
        (ANA, "AYUDA", "Acme: Para ayuda"),
        (BEN, "aide", "Acme: Pour de l'aide"),
    ):
        await scene.hear("STOP", person)
        told = await scene.hear(word, person)
        text = told.text.partition("<Message>")[2].partition("</Message>")[0]
        assert text.startswith(start.replace("'", "'")), told.text
        assert len(text.replace("&amp;", "&")) <= 160
        assert await scene.code_for(person, body="Acme: For help") in (21610, 21612)


async def test_what_the_provider_answered_itself_is_not_answered_again(scene: Scene) -> None:
    for kind in ("STOP", "HELP"):
        assert (await scene.hear(kind, OptOutType=kind)).text == scene.app.answer
    assert scene.decisions() == []


async def test_what_cannot_be_judged_is_refused_and_told_to_the_operator(scene: Scene) -> None:
    for answer in (
        "<Response><Redirect>https://elsewhere.example</Redirect></Response>",
        "<Response><Message>Hi</Message><Dial>+12122000999</Dial></Response>",
        "{}",
    ):
        scene.app.answer = answer
        assert (await scene.hear("Hi")).text.endswith(EMPTY)
    assert 'gatekeeper_webhooks_total{outcome="unjudged"} 3.0' in await scene.stand.metrics()


@pytest.mark.parametrize("status", [500, 404, 302])
async def test_a_failing_app_loses_no_opt_out(scene: Scene, status: int) -> None:
    """The provider hears an error, tells it again, and it is recorded once."""
    scene.app.status = status
    form = came_in("STOP")
    assert (await call(scene.stand, form)).status == 503
    assert await scene.code_for(ANA) == 21610
    assert len(scene.app.bodies) == 1, "no redirect was followed"
    scene.app.status = 200
    before = len(scene.stand.records("consent"))
    told = await call(scene.stand, form)
    assert (told.status, STOPPED in told.text) == (200, True)
    assert len(scene.stand.records("consent")) == before
    assert scene.app.valid == [True, True]


async def test_an_app_that_is_away_or_too_large_is_an_error(scene: Scene) -> None:
    scene.app.answer = "<Response>" + " " * 200_000 + "</Response>"
    assert (await scene.hear("Hi")).text.endswith(EMPTY)
    await register(scene.stand, url="http://127.0.0.1:1/sms")
    assert (await scene.hear("STOP")).status == 503
    assert await scene.code_for(ANA) == 21610


async def test_a_delivery_status_is_passed_on_to_its_own_address(scene: Scene) -> None:
    told = await call(scene.stand, delivery("21610", CY), path=PATH + "/status")
    assert (told.status, told.text.endswith(EMPTY)) == (200, True)
    assert scene.app.valid == [True]
    assert await scene.code_for(CY) == 21610


async def test_two_messages_of_an_answer_that_may_go_both_go(scene: Scene) -> None:
    scene.app.says("One.", "Two.")
    told = await scene.hear("Hi")
    assert told.text == scene.app.answer
    assert len(scene.decisions()) == 2
    await eventually(lambda: len(scene.stand.records("outcome")) == 2)
    assert {each.content["end"] for each in scene.stand.records("outcome")} == {"sent"}


async def test_a_plain_text_answer_is_a_message(scene: Scene) -> None:
    scene.app.kind, scene.app.answer = "text/plain", "Thanks!"
    assert (await scene.hear("Hi")).text == "Thanks!"
    assert (await scene.hear("Hi", STRANGER)).text.endswith(EMPTY)
