"""Do our lists of parameters match what the SDK can send, and is everything else refused?"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from typing import Any

import pytest
from twilio.rest.api.v2010.account.call import CallList
from twilio.rest.api.v2010.account.message import MessageList

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.twilio.fields import (
    CALL_FIELDS,
    MESSAGE_FIELDS,
    REPEATABLE,
    Use,
    one,
    sort_fields,
    truth,
)


def sent_by(resource: Any) -> set[str]:
    """The parameter names in the SDK's own code of a create call."""
    return set(re.findall(r'"([A-Z]\w+)": ', inspect.getsource(resource._create)))


@pytest.mark.parametrize(
    ("resource", "known"), [(MessageList, MESSAGE_FIELDS), (CallList, CALL_FIELDS)]
)
def test_our_list_is_the_sdks_list(resource: Any, known: Mapping[str, Use]) -> None:
    """If the SDK learns a parameter, somebody must say what the gate makes of it."""
    assert set(known) == sent_by(resource)


@pytest.mark.parametrize("resource", [MessageList, CallList])
def test_only_lists_of_the_sdk_may_repeat(resource: Any) -> None:
    source = inspect.getsource(inspect.getmodule(resource) or resource)
    listed = set(re.findall(r'"([A-Z]\w+)": serialize\.map\(', source))
    assert listed == REPEATABLE & sent_by(resource)


@pytest.mark.parametrize(
    "name", ["to", "TO", "To ", " To", "To[]", "To[0]", "to_", "MediaUrl0", "body", "ＴＯ", ""]
)
def test_a_near_spelling_is_refused(name: str) -> None:
    """A lenient server could take it for the real parameter."""
    with pytest.raises(AmbiguousRequest):
        sort_fields({"To": ("+1",), name: ("+2",)}, MESSAGE_FIELDS)


@pytest.mark.parametrize("name", ["To", "From", "Body", "ContentSid", "StatusCallback"])
def test_a_doubled_parameter_is_refused(name: str) -> None:
    with pytest.raises(AmbiguousRequest, match="more than once"):
        sort_fields({name: ("a", "b")}, MESSAGE_FIELDS)


def test_an_unknown_name_is_not_repeated_if_it_may_hold_data() -> None:
    with pytest.raises(AmbiguousRequest) as refused:
        sort_fields({"+12122000123": ("",)}, MESSAGE_FIELDS)
    assert "2122000123" not in str(refused.value)


@pytest.mark.parametrize("name", ["ValidityPeriod", "MessageIntent"])
@pytest.mark.parametrize("value", ["call me!", "4111111111111111", "4111 1111 1111 1111", "x" * 41])
def test_text_or_a_card_in_place_of_a_setting_is_refused(name: str, value: str) -> None:
    with pytest.raises(AmbiguousRequest, match="short word"):
        sort_fields({name: (value,)}, MESSAGE_FIELDS)


@pytest.mark.parametrize("value", ["", "14400", "0.05", "DetectMessageEnd", "BY" + "0a" * 16])
def test_a_word_a_small_number_or_an_id_is_a_setting(value: str) -> None:
    sort_fields({"Byoc": (value,)}, CALL_FIELDS)


def test_claims_and_references_are_collected() -> None:
    fields = {"RiskCheck": ("disable",), "StatusCallback": ("https://a.example/x",)}
    aside = sort_fields(fields, MESSAGE_FIELDS)
    assert [(claim.name, claim.value) for claim in aside.claims] == [("RiskCheck", "disable")]
    assert [part.text for part in aside.references] == ["https://a.example/x"]


def test_a_boolean_is_true_or_false_and_nothing_else() -> None:
    assert truth({"Record": ("True",)}, "Record")
    assert not truth({}, "Record")
    with pytest.raises(AmbiguousRequest):
        truth({"Record": ("1",)}, "Record")


def test_an_empty_value_counts_as_absent() -> None:
    assert one({"Body": ("",)}, "Body") is None
