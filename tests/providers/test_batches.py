"""Is every message of a request one of its own, and is there a bound to all of them?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.batches import MOST_RECIPIENTS, found_in, several, together
from gatekeeper.providers.shape import Found, members, reference

ME = Address(AddressKind.PHONE, "+13122000201", "sender")
ANA = Address(AddressKind.PHONE, "+12122000211", "to")


def request(people: int = 1) -> OutboundRequest:
    return OutboundRequest("x", "sms", Channel.SMS, ME, (ANA,) * people)


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


def test_a_time_of_the_request_is_that_of_every_message() -> None:
    at = datetime(2026, 12, 1, tzinfo=UTC)
    made = together([request(), request()], Found(send_at=at))
    assert [each.send_at for each in (made, *made.also)] == [at, at]


def test_a_shape_finds_more_for_people_who_are_known() -> None:
    found = found_in(members({"note": reference()}), {"note": "x"}, "", [ANA])
    assert found.recipients == [ANA]
    assert found.parts[0].text == "x"
