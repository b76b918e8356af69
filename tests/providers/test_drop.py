"""Are recipients left out of their array, and everything else left as it is?"""

from __future__ import annotations

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest
from gatekeeper.domain.words import Channel
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.drop import without_recipients


def request(*paths: str) -> OutboundRequest:
    me = Address(AddressKind.PHONE, "+1", "from")
    people = tuple(Address(AddressKind.PHONE, "+2", path) for path in paths)
    return OutboundRequest("x", "message", Channel.SMS, me, people)


def asked(body: str) -> RawRequest:
    return RawRequest("POST", "/", (("A", "b"),), body.encode(), "rest")


def test_elements_go_with_all_that_stands_in_them() -> None:
    raw = asked('{"m":[{"d":[{"to":"1","id":"x"}, {"to":"2"} ,{"to":"3"}]}], "t":"é"}')
    made = without_recipients(raw, request("m/0/d/0/to", "m/0/d/1/to", "m/0/d/2/to"), [0, 2])
    assert made is not None
    assert made == asked('{"m":[{"d":[{"to":"2"}]}], "t":"é"}')


def test_a_request_without_one_array_stands_as_a_whole() -> None:
    raw = asked('{"to":["1","2"],"b":["3"],"c":"4"}')
    assert without_recipients(raw, request("to/0", "to/1"), [0, 1]) is None
    assert without_recipients(raw, request("to/0", "to/1", "b/0"), [0, 2]) is None
    assert without_recipients(raw, request("to/0", "c"), [1]) is None
