"""Does a webhook tell who wrote what to whom, and what became of what was sent?"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gatekeeper.domain.message import AddressKind
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.plivo.inbound import events, inbound
from gatekeeper.providers.webhook import InboundOperation, Meaning
from tests.support.plivo_requests import came_in, form, signed, state

ANA, NEWS = "+12122000211", "+13122000201"


def test_a_message_is_told_with_its_person_and_our_side() -> None:
    raw = signed(came_in("stop", ANA, NEWS, PowerpackUUID="pack-1"))
    assert inbound(raw) == InboundOperation("", answered=True)
    (told,) = events(raw)
    assert (told.meaning, told.person.value, told.text) == (Meaning.MESSAGE, ANA, "stop")
    assert [(each.kind, each.value) for each in told.senders] == [
        (AddressKind.PHONE, NEWS),
        (AddressKind.SERVICE, "pack-1"),
    ]
    assert not told.weak


def test_what_no_signature_covers_is_told_as_weak() -> None:
    assert events(form(came_in("start", ANA, NEWS)))[0].weak


@pytest.mark.parametrize(
    ("kind", "channel"),
    [("sms", Channel.SMS), ("mms", Channel.MMS), ("whatsapp", Channel.WHATSAPP), ("", Channel.SMS)],
)
def test_the_type_is_the_channel(kind: str, channel: Channel) -> None:
    fields = came_in("", ANA, NEWS, Type=kind, Body="stop")
    (told,) = events(signed(fields))
    assert (told.channel, told.text) == (channel, "stop")


@pytest.mark.parametrize(
    ("status", "code", "meaning"),
    [
        ("failed", "200", Meaning.OPTED_OUT),
        ("undelivered", "200", Meaning.OPTED_OUT),
        ("delivered", "200", Meaning.OTHER),
        ("failed", "30", Meaning.OTHER),
        ("delivered", "", Meaning.OTHER),
        ("failed", "not a code", Meaning.OTHER),
    ],
)
def test_only_a_stop_at_plivo_is_an_opt_out(status: str, code: str, meaning: Meaning) -> None:
    raw = signed(state(status, code, ANA, NEWS))
    assert not inbound(raw).answered
    (told,) = events(raw)
    assert (told.meaning, told.person.value) == (meaning, ANA)
    assert told.senders[0].value == NEWS


def test_what_is_about_no_message_tells_nothing() -> None:
    assert events(signed({"CallUUID": "a", "From": "1", "To": "2"})) == ()


@pytest.mark.parametrize(
    "fields",
    [
        came_in("x", "", NEWS),
        came_in("x", ANA, ""),
        came_in("x", ANA, NEWS, MessageUUID="a b"),
        came_in("x", ANA, NEWS, Type="fax"),
    ],
)
def test_what_has_no_one_meaning_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(AmbiguousRequest):
        events(signed(fields))


def test_a_doubled_parameter_or_another_method_is_refused() -> None:
    raw = signed(came_in("x", ANA, NEWS))
    with pytest.raises(AmbiguousRequest, match="twice"):
        inbound(replace(raw, body=raw.body + b"&From=1"))
    with pytest.raises(AmbiguousRequest):
        inbound(replace(raw, method="GET"))
