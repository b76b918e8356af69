"""Is every variable of a flow read, and no second number let by? (See also the cases.)"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.intelepeer.flows import parse_flow
from gatekeeper.providers.intelepeer.paths import match

START = {"flowId": "f-1", "ANI": "+12122000211", "DNIS": "+13122000201"}


def parsed(**more: Any) -> OutboundRequest:
    headers = (("Content-Type", "application/json"),)
    body = json.dumps(START | more).encode()
    raw = RawRequest("POST", "/_rest/v4/sfgen/apitriggers", headers, body)
    return parse_flow(raw, match(raw))


def test_the_names_do_not_mislead() -> None:
    read = parsed()
    assert [each.value for each in read.recipients] == ["+12122000211"]
    assert read.sender.value == "+13122000201"


def test_a_flow_must_be_allowed_to_write_and_to_call() -> None:
    read = parsed()
    (call,) = read.also
    assert (read.channel, call.channel) == (Channel.SMS, Channel.VOICE)
    assert (call.parts, call.opaque, call.recipients) == (read.parts, read.opaque, read.recipients)


def test_deep_and_listed_variables_are_texts() -> None:
    read = parsed(a={"b": [{"c": "4111"}]}, n=42)
    assert {part.path: part.text for part in read.parts} == {"a/b/0/c": "4111", "n": "42"}


@pytest.mark.parametrize("name", ["ani", "Ani", "$ANI", "dnis", "FlowId", "flowid", "_ani_"])
def test_a_name_that_may_be_taken_for_another_is_refused(name: str) -> None:
    with pytest.raises(AmbiguousRequest, match="almost like"):
        parsed(**{name: "+12122000212"})


def test_a_list_of_destinations_is_refused() -> None:
    with pytest.raises(AmbiguousRequest, match="field ANI must be a string"):
        parsed(ANI=["+12122000211", "+12122000212"])
