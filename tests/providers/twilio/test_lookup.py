"""Is it told rightly whom a live call or a conversation concerns?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec.structs import replace

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers import TWILIO
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Reply
from gatekeeper.providers.twilio.lookup import TwilioLookup
from tests.support.twilio_requests import BASE, BASIC, MESSAGES, form, sent

CA, CH, IS = "CA" + "1b" * 16, "CH" + "1b" * 16, "IS" + "1b" * 16
ANA, BEN, SHOP = "+12122000211", "+12122000212", "+13122000201"
LOOKUP = TwilioLookup()


def question(target: str, **fields: str) -> RawRequest | None:
    raw = form(target, dict(fields))
    operation = TWILIO.match(raw)
    assert isinstance(operation, Operation)
    return LOOKUP.question(raw, operation)


def told(request: OutboundRequest, answer: Any) -> OutboundRequest:
    return LOOKUP.answered(request, Reply(200, (), json.dumps(answer).encode()))


def new_words(inner: str = "<Say>Hello</Say>") -> OutboundRequest:
    return sent(f"{BASE}/Calls/{CA}.json", Twiml=f"<Response>{inner}</Response>")


def message(**fields: str) -> OutboundRequest:
    return sent(f"/v1/Conversations/{CH}/Messages", Body="Hello", **fields)


def conversation(*bindings: dict[str, Any] | None, following: str | None = None) -> dict[str, Any]:
    people = [{"sid": "MB1", "messaging_binding": each} for each in bindings]
    return {"participants": people, "meta": {"next_page_url": following}}


def by_sms(address: str, proxy: str | None = SHOP) -> dict[str, Any]:
    return {"type": "sms", "address": address, "proxy_address": proxy}


@pytest.mark.parametrize(
    ("target", "fields", "asked"),
    [
        (f"{BASE}/Calls/{CA}.json", {"Url": "https://a.example"}, f"{BASE}/Calls/{CA}.json"),
        (f"{BASE}/Calls/{CA}/UserDefinedMessages.json", {}, f"{BASE}/Calls/{CA}.json"),
        (
            f"/v1/Conversations/{CH}/Messages",
            {},
            f"/v1/Conversations/{CH}/Participants?PageSize=100",
        ),
        (
            f"/v1/Services/{IS}/Conversations/{CH}/Messages",
            {},
            f"/v1/Services/{IS}/Conversations/{CH}/Participants?PageSize=100",
        ),
    ],
)
def test_what_names_an_id_alone_is_asked_about_under_the_same_credential(
    target: str, fields: dict[str, str], asked: str
) -> None:
    raw = question(target, **fields)
    assert raw is not None
    assert (raw.method, raw.target, raw.body) == ("GET", asked, b"")
    assert raw.headers == (("Accept", "application/json"), ("Authorization", BASIC))


def test_what_names_its_recipient_is_not_asked_about() -> None:
    assert question(MESSAGES, To=ANA) is None


@pytest.mark.parametrize(
    ("direction", "person", "own"),
    [("outbound-api", ANA, SHOP), ("outbound-dial", ANA, SHOP), ("inbound", SHOP, ANA)],
)
def test_the_other_end_of_a_call_is_its_recipient(direction: str, person: str, own: str) -> None:
    read = told(new_words(), {"direction": direction, "to": ANA, "from": SHOP})
    assert read.recipients == (Address(AddressKind.PHONE, person, "To"),)
    assert read.sender == Address(AddressKind.PHONE, own, "From")


def test_whoever_new_words_dial_is_reached_beside_the_other_end() -> None:
    read = told(
        new_words(f"<Dial>{BEN}</Dial>"), {"direction": "outbound-api", "to": ANA, "from": SHOP}
    )
    assert [each.value for each in read.recipients] == [ANA, BEN]


def test_a_caller_id_of_the_document_must_be_the_calls_own() -> None:
    call = {"direction": "outbound-api", "to": ANA, "from": SHOP}
    dial = '<Dial callerId="{}"><Number>+12122000212</Number></Dial>'
    assert told(new_words(dial.format("+1 312 200 0201")), call).recipients
    with pytest.raises(AmbiguousRequest, match="another caller id"):
        told(new_words(dial.format("+14152000199")), call)


@pytest.mark.parametrize(
    "answer",
    [
        {"direction": "trunking-terminating", "to": ANA, "from": SHOP},
        {"direction": "outbound-api", "to": "", "from": SHOP},
        {"direction": "outbound-api", "to": 7, "from": SHOP},
        {"direction": "outbound-api", "to": "app:x", "from": SHOP},
        {},
        [],
        None,
    ],
)
def test_an_answer_that_tells_nobody_is_refused(answer: Any) -> None:
    with pytest.raises(AmbiguousRequest):
        told(new_words(), answer)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"to":1,"to":2}'])
def test_an_answer_that_is_no_plain_json_is_refused(body: bytes) -> None:
    for request in (new_words(), message()):
        with pytest.raises(AmbiguousRequest):
            LOOKUP.answered(request, Reply(200, (), body))


def test_every_participant_is_a_recipient() -> None:
    read = told(message(), conversation(by_sms(ANA), None, by_sms(BEN)))
    assert [each.value for each in read.recipients] == [ANA, BEN]
    assert read.sender == Address(AddressKind.PHONE, SHOP, "From")
    assert (read.channel, read.also) == (Channel.SMS, ())


def test_each_channel_and_sender_is_a_message_of_its_own() -> None:
    whatsapp = {
        "type": "whatsapp",
        "address": f"whatsapp:{BEN}",
        "proxy_address": f"whatsapp:{SHOP}",
    }
    read = told(message(), conversation(by_sms(ANA), whatsapp, by_sms(BEN, "+13122000202")))
    every = [read, *read.also]
    assert [each.channel for each in every] == [Channel.SMS, Channel.WHATSAPP, Channel.SMS]
    assert [each.sender.value for each in every] == [SHOP, SHOP, "+13122000202"]
    assert all(each.parts == read.parts for each in every)


def test_a_group_is_written_to_from_its_one_projected_address() -> None:
    desk = {"type": "sms", "address": None, "projected_address": SHOP}
    read = told(message(), conversation(desk, by_sms(ANA, None), by_sms(BEN, None)))
    assert read.sender.value == SHOP
    assert len(read.recipients) == 2


def test_media_make_it_an_mms() -> None:
    read = told(message(MediaSid="ME" + "1b" * 16), conversation(by_sms(ANA)))
    assert read.channel is Channel.MMS


@pytest.mark.parametrize(
    "answer",
    [
        conversation(),
        conversation(None),
        conversation(by_sms(ANA, None)),
        conversation({"type": "email", "address": "a@b.example", "proxy_address": "c@d.example"}),
        conversation({"type": "sms", "address": ANA, "proxy_address": f"whatsapp:{SHOP}"}),
        conversation(by_sms(ANA), following="https://conversations.example/next"),
        conversation(*[by_sms(ANA)] * 101),
        {"participants": ["x"], "meta": {}},
        {"participants": [{"messaging_binding": "x"}], "meta": {}},
        {"participants": [], "meta": None},
        {"meta": {}},
    ],
)
def test_a_conversation_that_cannot_be_judged_whole_is_refused(answer: Any) -> None:
    with pytest.raises(AmbiguousRequest):
        told(message(), answer)


def test_the_question_goes_to_the_door_that_was_addressed() -> None:
    raw = replace(form(f"/v1/Conversations/{CH}/Messages", {}), service="conversations")
    asked = LOOKUP.question(raw, Operation("conversation", Handling.DECIDE))
    assert asked is not None
    assert asked.service == "conversations"
