"""Is Plivo one provider of the contract, whole?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.providers import PLIVO
from gatekeeper.providers.contract import RawRequest
from tests.support.plivo_requests import captured, parsed, request


def without(raw: RawRequest, *indexes: int) -> RawRequest | None:
    """The request without these recipients."""
    operation = PLIVO.match(raw)
    assert operation is not None
    return PLIVO.drop(raw, operation, indexes)


@pytest.mark.parametrize(("send", "name"), [("sms_many", "dst"), ("call_many", "to")])
def test_those_left_out_leave_the_string_and_nothing_else_changes(send: str, name: str) -> None:
    raw = captured()[send]
    left = without(raw, 0)
    assert left is not None
    assert [each.value for each in parsed(left).recipients] == ["+12122000212"]
    assert left.body == raw.body.replace(b"+12122000211<", b"")
    assert json.loads(left.body)[name] == "+12122000212"


def test_the_order_of_the_others_stays() -> None:
    many = "<".join(f"+1212200021{n}" for n in range(5))
    left = without(request("Message/", {"dst": many, "src": "1", "text": "a"}), 1, 3)
    assert left is not None
    assert json.loads(left.body)["dst"] == "+12122000210<+12122000212<+12122000214"


def test_who_is_called_into_one_conference_is_never_left_out() -> None:
    body = {"from": "1", "to": "+12122000211<+12122000212"}
    assert without(request("MultiPartyCall/name_a/Participant/", body), 0) is None


def test_it_answers_before_the_sdk_gives_up() -> None:
    assert PLIVO.deadline_s is not None
    assert PLIVO.deadline_s * 1.25 < 5
