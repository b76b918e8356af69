"""Does an answer leave as a whole, with a decision for each message, or not at all?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gatekeeper.domain.registry import Caller, Sender
from gatekeeper.domain.reply import ReplyKind, ReplyReading
from gatekeeper.domain.words import SenderKind
from gatekeeper.ledger.changes import document_entry
from gatekeeper.pipeline.inbound_answer import own_answer, permitted
from gatekeeper.pipeline.inbound_record import Heard
from gatekeeper.pipeline.inbound_will import Addressee
from gatekeeper.providers import TWILIO
from gatekeeper.providers.contract import Reply
from tests.pipeline.test_inbound import hook
from tests.support.acme import ANA, NEWS, STOPPED, TENANT
from tests.support.gate import Stand, eventually
from tests.support.spine import CALLER, NOON, rooms
from tests.support.webhooks import came_in

pytestmark = pytest.mark.asyncio(loop_scope="module")

NONE = ReplyReading()
HELP = ReplyReading(ReplyKind.HELP, True, "fr.help", "fr")
STOP = ReplyReading(ReplyKind.STOP, True, "en.stop", "en")


def heard(reading: ReplyReading = NONE, person: str = ANA, **more: str) -> Heard:
    (event,) = TWILIO.events(hook(came_in("x", person, **more)).raw)
    return Heard(event, Addressee(CALLER.tenant, NEWS), reading, b"", NOON)


async def ask(
    stand: Stand, answer: Reply, to: Heard | None = None, caller: Caller = CALLER
) -> tuple[Reply, int]:
    return await permitted(rooms(stand), TWILIO, caller, to or heard(), answer)


def answer(*texts: str) -> Reply:
    return TWILIO.reply(texts)


async def test_what_may_go_goes_as_it_is(acme: Stand) -> None:
    given = answer("Your order is ready.", "See you.")
    assert await ask(acme, given) == (given, 2)
    decisions = acme.records("decision")[-2:]
    assert [each.content["operation"] for each in decisions] == ["answer", "answer"]
    ids = {each.id for each in decisions}
    await eventually(lambda: ids <= {each.id for each in acme.records("outcome")})
    ends = {each.content["end"] for each in acme.records("outcome") if each.id in ids}
    assert ends == {"sent"}


async def test_one_message_that_may_not_holds_all_of_it_back(acme: Stand) -> None:
    given = answer("Your order is ready.", "Your card 4111 1111 1111 1111 was charged.")
    assert await ask(acme, given) == (TWILIO.reply(), 0)
    first, second = acme.records("decision")[-2:]
    assert (first.content["verdict"], second.content["verdict"]) == ("allow", "block")
    await eventually(lambda: first.id in {each.id for each in acme.records("outcome")})
    (end,) = [each for each in acme.records("outcome") if each.id == first.id]
    assert (end.content["end"], end.content["why"]) == ("retryable", "held back")


async def test_it_cannot_send_from_or_to_what_the_app_could_not(acme: Stand) -> None:
    for inside in (
        '<Message from="+13122009999">Hi</Message>',
        f'<Message to="{STOPPED}">Hi</Message>',
        '<Message to="911">Hi</Message>',
    ):
        given = Reply(200, (), f"<Response>{inside}</Response>".encode())
        assert await ask(acme, given) == (TWILIO.reply(), 0)


async def test_what_cannot_be_judged_leaves_no_record_and_no_message(acme: Stand) -> None:
    before = len(acme.records("decision"))
    given = Reply(200, (), b"<Response><Redirect/></Response>")
    assert await ask(acme, given) == (TWILIO.reply(), 0)
    assert len(acme.records("decision")) == before


async def test_nothing_said_is_passed_on_as_it_came(acme: Stand) -> None:
    given = Reply(200, (("Set-Cookie", "a=b"),), b"")
    assert await ask(acme, given) == (given, 0)


async def test_a_suspended_tenant_answers_nothing(acme: Stand) -> None:
    gone = Caller(replace(CALLER.application, id="elsewhere", tenant="gone"), CALLER.tenant)
    gone = replace(gone, tenant=replace(CALLER.tenant, id="gone"))
    assert await ask(acme, answer("Hi"), caller=gone) == (TWILIO.reply(), 0)


async def test_a_newer_registry_is_loaded_before_the_answer_is_judged(acme: Stand) -> None:
    ground = acme.gate.ground
    sender = Sender("+13122000297", TENANT, SenderKind.LONG_CODE, registration="C1")
    sender = replace(sender, campaign="news")
    await ground.ledger.commit(ground.store, [document_entry(sender)])
    inside = f'<Response><Message from="{sender.id}">Your order.</Message></Response>'
    given = Reply(200, (), inside.encode())
    assert (await ask(acme, given))[1] in (0, 1)
    assert acme.records("decision")[-1].content["sender"]["state"] == "active"


async def test_our_own_answer_is_to_a_certain_stop_or_help_that_nobody_answered() -> None:
    def own(reading: ReplyReading, **more: Any) -> bytes | None:
        made = own_answer(TWILIO, heard(reading, **more))
        return made.body if made else None

    assert b"unsubscribed" in (own(STOP) or b"")
    assert "Répondez ARRET".encode() in (own(HELP) or b"")
    assert own(NONE) is None
    assert own(ReplyReading(ReplyKind.STOP, False, "en.maybe", "en")) is None
    assert own(ReplyReading(ReplyKind.START, True, "en.start", "en")) is None
    assert own(STOP, OptOutType="STOP") is None
