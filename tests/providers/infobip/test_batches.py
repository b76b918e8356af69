"""Is every message of a request one of its own, and is there a bound to all of them?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest
from gatekeeper.domain.words import Channel, Technology
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Handling, Operation
from gatekeeper.providers.infobip.batches import (
    MOST_RECIPIENTS,
    found_in,
    ids_of,
    key_of,
    request_of,
    several,
    together,
)
from gatekeeper.providers.shape import Found, members, reference

OPERATION = Operation("sms", Handling.DECIDE)
ME = Address(AddressKind.PHONE, "+13122000201", "sender")
ANA = Address(AddressKind.PHONE, "+12122000211", "to")


def request(people: int = 1) -> OutboundRequest:
    found = Found(senders=[ME], recipients=[ANA] * people)
    return request_of(found, OPERATION, Channel.SMS, Technology.UNKNOWN)


def test_a_request_has_a_bound_over_all_of_its_messages() -> None:
    half = MOST_RECIPIENTS // 2 + 1
    assert len(several([{}], "messages", lambda _v, _p: [request(half)])) == 1
    with pytest.raises(AmbiguousRequest, match="more than 1000 destinations"):
        several([{}, {}], "messages", lambda _v, _p: [request(half)])


def test_the_first_message_says_what_the_request_says_of_them_all() -> None:
    shared = found_in(members({"bulkId": reference()}), {"bulkId": "b"}, "")
    made = together([request(), request()], shared)
    assert [part.text for part in made.parts] == ["b"]
    assert len(made.also) == 1


def test_a_message_has_a_sender() -> None:
    with pytest.raises(AmbiguousRequest, match="sender is missing"):
        request_of(Found(recipients=[ANA]), OPERATION, Channel.SMS, Technology.UNKNOWN)


def test_ids_are_a_key_only_if_every_destination_has_one() -> None:
    body = {"messages": [{"destinations": [{"messageId": "a"}, {}]}]}
    assert ids_of(body) == ["a", None]
    assert key_of(ids_of(body)) is None
    assert key_of([]) is None
    assert key_of(["a", "b"]) == "a,b"
