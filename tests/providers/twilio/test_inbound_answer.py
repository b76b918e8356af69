"""What would an app's TwiML send, and is what cannot be judged refused?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.words import Channel, Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers import TWILIO
from gatekeeper.providers.contract import Reply
from gatekeeper.providers.webhook import InboundEvent, Meaning

EVENT = InboundEvent(
    id="SM1",
    meaning=Meaning.MESSAGE,
    channel=Channel.SMS,
    person=Address(AddressKind.PHONE, "+12122000111", "From"),
    senders=(Address(AddressKind.PHONE, "+13122000200", "To"),),
)


def answer(inside: str, kind: str = "text/xml") -> Reply:
    return Reply(200, (("Content-Type", kind),), f"<Response>{inside}</Response>".encode())


def test_our_own_answer_is_read_as_what_it_says() -> None:
    ours = TWILIO.reply(["Tom & Jerry: <stop>", "two"])
    first, second = TWILIO.answers(ours, EVENT)
    assert [part.text for part in first.parts] == ["Tom & Jerry: <stop>"]
    assert [part.text for part in second.parts] == ["two"]
    assert TWILIO.answers(TWILIO.reply(), EVENT) == ()


def test_a_message_goes_back_to_who_wrote() -> None:
    (said,) = TWILIO.answers(answer("<Message>Hello</Message>"), EVENT)
    assert (said.recipients[0].value, said.sender.value) == ("+12122000111", "+13122000200")
    assert (said.channel, said.parts[0].role) == (Channel.SMS, Role.BODY)


def test_it_may_name_other_people_media_and_callbacks() -> None:
    inside = (
        '<Message to="+12122000999" from="+13122000201" statusCallback="https://a.example/x">'
        "<Body>Hi</Body><Media>https://a.example/p%20q.png</Media></Message>"
    )
    (said,) = TWILIO.answers(answer(inside), EVENT)
    assert (said.recipients[0].value, said.sender.value) == ("+12122000999", "+13122000201")
    assert said.channel is Channel.MMS
    assert [part.text for part in said.parts] == [
        "Hi", "https://a.example/p q.png", "https://a.example/x"
    ]  # fmt: skip


def test_plain_text_is_one_message() -> None:
    (said,) = TWILIO.answers(Reply(200, (("Content-Type", "text/plain"),), b"Thanks!"), EVENT)
    assert said.parts[0].text == "Thanks!"


def test_nothing_is_nothing() -> None:
    for body in (b"", b"  \n"):
        assert TWILIO.answers(Reply(200, (), body), EVENT) == ()
    assert TWILIO.answers(answer(""), EVENT) == ()


@pytest.mark.parametrize(
    "inside",
    [
        "<Redirect>https://a.example</Redirect>",
        "<Dial>+1911</Dial>",
        "<Message>Hi</Message><Redirect/>",
        '<Message action="https://a.example">Hi</Message>',
        '<Message To="+1" to="+2">Hi</Message>',
        "<Message><Video>x</Video></Message>",
        "<Message><Body>a<b/></Body></Message>",
        "<Message></Message>",
        '<Message to="viber:1">Hi</Message>',
        '<Message from="whatsapp:+13122000200">Hi</Message>',
        "words",
        "<Message>a</Message>" * 11,
    ],
)
def test_what_cannot_be_judged_is_refused(inside: str) -> None:
    with pytest.raises(AmbiguousRequest):
        TWILIO.answers(answer(inside), EVENT)


@pytest.mark.parametrize(
    "body",
    [b"{}", b"<Other/>", b"<Response", b"\xff", b"<Response>" + b" " * 70_000 + b"</Response>",
     b'<!DOCTYPE r [<!ENTITY a "b">]><Response><Message>&a;</Message></Response>'],
)  # fmt: skip
def test_what_is_no_twiml_is_refused(body: bytes) -> None:
    with pytest.raises(AmbiguousRequest):
        TWILIO.answers(Reply(200, (("Content-Type", "text/xml"),), body), EVENT)
