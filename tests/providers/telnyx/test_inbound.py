"""Does a webhook tell who wrote what to whom, and what became of what was sent?"""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from gatekeeper.domain.message import AddressKind
from gatekeeper.domain.reply import ReplyKind
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.telnyx.inbound import events, inbound
from gatekeeper.providers.webhook import InboundOperation, Meaning
from tests.support.telnyx_requests import NOW, came_in, event, finalized, signed

ANA, NEWS = "+12122000211", "+13122000201"
STOP = {"code": "40300", "title": "Blocked due to STOP message"}


def test_a_message_is_told_with_its_person_our_side_and_its_signed_time() -> None:
    raw = event("message.received", came_in("stop please", ANA, NEWS))
    assert inbound(raw) == InboundOperation("", answered=False)
    (told,) = events(raw)
    assert (told.id, told.meaning, told.channel) == ("m-in", Meaning.MESSAGE, Channel.SMS)
    assert (told.person.value, told.text, told.at) == (ANA, "stop please", NOW)
    assert [each.value for each in told.senders] == [NEWS, "profile-1"]
    assert told.senders[1].kind is AddressKind.SERVICE


@pytest.mark.parametrize(
    ("word", "said"),
    [("STOP", ReplyKind.STOP), ("opt-out", ReplyKind.STOP), ("START", ReplyKind.START),
     ("HELP", ReplyKind.HELP), ("thanks", None), (None, None)],
)  # fmt: skip
def test_what_telnyx_took_it_for_is_told_as_well(word: str | None, said: ReplyKind | None) -> None:
    (told,) = events(event("message.received", came_in("x", ANA, NEWS, autoresponse_type=word)))
    assert told.said is said


def test_a_whatsapp_message_stands_in_its_body() -> None:
    body = {"type": "text", "from": ANA, "text": {"body": "STOP"}}
    payload = came_in("", ANA, NEWS, type="WHATSAPP", body=body, to=NEWS)
    del payload["from"]
    (told,) = events(event("message.received", payload))
    assert (told.channel, told.person.value, told.text) == (Channel.WHATSAPP, ANA, "STOP")
    body |= {"from": "", "from_user_id": "US.134"}
    (hidden,) = events(event("message.received", payload))
    assert (hidden.person.kind, hidden.person.value) == (AddressKind.BSUID, "US.134")


@pytest.mark.parametrize(
    "body",
    [{"text": "stop"}, {"suggestion_response": {"text": "stop"}}, {"button": {"text": "stop"}}],
)
def test_what_was_pressed_is_what_was_said(body: dict[str, Any]) -> None:
    payload = came_in("", ANA, NEWS, type="RCS", body=body, to=[{"agent_id": "acme"}])
    (told,) = events(event("message.received", payload))
    assert (told.text, told.senders[0].value) == ("stop", "acme")


def test_an_opt_out_at_telnyx_is_learned_from_a_failure() -> None:
    (told,) = events(event("message.finalized", finalized(ANA, NEWS, errors=[STOP])))
    assert (told.meaning, told.code, told.person.value) == (Meaning.OPTED_OUT, "40300", ANA)


def test_the_same_code_under_another_title_is_no_opt_out() -> None:
    other = {"code": "40300", "title": "Not allowed"}
    (told,) = events(event("message.finalized", finalized(ANA, NEWS, errors=[other])))
    assert (told.meaning, told.code) == (Meaning.OTHER, "40300")


def test_an_error_that_the_person_got_the_message_all_the_same_is_no_opt_out() -> None:
    payload = finalized(ANA, NEWS, errors=[STOP], to=[{"phone_number": ANA, "status": "delivered"}])
    assert events(event("message.finalized", payload))[0].meaning is Meaning.OTHER


def test_of_a_group_only_whom_the_error_points_at_has_opted_out() -> None:
    to = [{"phone_number": n, "status": "delivery_failed"} for n in (ANA, "+12122000212")]
    pointed = STOP | {"source": {"pointer": "/to/1"}}
    told = events(event("message.finalized", finalized(ANA, NEWS, to=to, errors=[pointed])))
    assert [each.meaning for each in told] == [Meaning.OTHER, Meaning.OPTED_OUT]
    told = events(event("message.finalized", finalized(ANA, NEWS, to=to, errors=[STOP])))
    assert [each.meaning for each in told] == [Meaning.OTHER, Meaning.OTHER]


@pytest.mark.parametrize("kind", ["call.initiated", "message.read", ""])
def test_what_is_about_no_message_tells_nothing(kind: str) -> None:
    assert events(event(kind, {})) == ()


@pytest.mark.parametrize(
    "payload",
    [
        came_in("x", ANA, NEWS, id=None),
        came_in("x", ANA, NEWS, type="FAX"),
        came_in("x", ANA, NEWS, to=7),
        came_in("x", "", NEWS),
        came_in("x", ANA, "", messaging_profile_id=None),
        came_in("x", ANA, NEWS, to=[{"phone_number": NEWS}] * 101),
    ],
)
def test_what_has_no_one_meaning_is_refused(payload: dict[str, Any]) -> None:
    with pytest.raises(AmbiguousRequest):
        events(event("message.received", payload))


@pytest.mark.parametrize("body", [b"{}", b'{"data": []}', b"[]", b"{", b'{"data": {}, "data": {}}'])
def test_a_body_that_is_no_event_is_refused(body: bytes) -> None:
    with pytest.raises(AmbiguousRequest):
        inbound(signed(body))


def test_another_method_is_refused() -> None:
    with pytest.raises(AmbiguousRequest):
        inbound(replace(signed(b"{}"), method="GET"))


def test_a_time_that_cannot_be_read_leaves_the_receipts() -> None:
    body = b'{"data": {"event_type": "message.received", "occurred_at": "now", "payload": %s}}'
    told = events(signed(body % b'{"id": "a", "from": {"phone_number": "+1"}, "to": "+2"}'))
    assert told[0].at is None
