"""Does a row lie over `given` as authors of tables rely on?"""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.policy.row import (
    Circumstances,
    ConsentRow,
    RecipientRow,
    SenderRow,
    Table,
    overlay,
    without_notes,
)

GIVEN: dict[str, Any] = {
    "message": {"channel": "sms", "purpose": "marketing", "text": "Hello"},
    "sender": {"kind": "toll_free"},
    "consent": "express_written",
    "listings": {"us-national": "clear", "internal": "clear"},
    "sent": [{"at": "2026-11-20T12:00:00Z"}],
}


def test_a_row_changes_one_word_of_the_message_alone() -> None:
    whole = overlay(GIVEN, {"message": {"text": "Bye"}})
    assert whole["message"] == {"channel": "sms", "purpose": "marketing", "text": "Bye"}
    assert GIVEN["message"]["text"] == "Hello"


def test_a_row_that_writes_the_message_out_gets_what_it_writes() -> None:
    """So an author who reads "a row's key replaces that key" is right as well."""
    message = {"channel": "voice", "purpose": "debt", "text": "Call us"}
    assert overlay(GIVEN, {"message": message})["message"] == message


def test_one_list_is_changed_and_an_empty_mapping_clears_all() -> None:
    hit = overlay(GIVEN, {"listings": {"us-national": "hit"}})
    assert hit["listings"] == {"us-national": "hit", "internal": "clear"}
    assert overlay(GIVEN, {"listings": {}})["listings"] == {}


@pytest.mark.parametrize("value", ["revoked", {"basis": "implied"}, None])
def test_consent_is_replaced_whole(value: object) -> None:
    assert overlay(GIVEN, {"consent": value})["consent"] == value


def test_sender_and_earlier_sends_are_replaced_whole() -> None:
    whole = overlay(GIVEN, {"sender": {"state": "suspended"}, "sent": []})
    assert (whole["sender"], whole["sent"]) == ({"state": "suspended"}, [])


def test_notes_are_dropped_at_any_depth() -> None:
    noted = {"x_a": 1, "rows": [{"name": "n", "x_b": [2]}], "xy": 3}
    assert without_notes(noted) == {"rows": [{"name": "n"}], "xy": 3}


def test_a_word_and_a_mapping_are_both_read() -> None:
    assert Circumstances.model_validate({"sender": "owned"}).sender == "owned"
    sender = Circumstances.model_validate({"sender": {"kind": "short_code"}}).sender
    assert isinstance(sender, SenderRow)
    consent = Circumstances.model_validate(
        {"consent": {"basis": "express", "scope": "sms", "events": []}}
    ).consent
    assert isinstance(consent, ConsentRow)
    assert consent.scope is Channel.SMS
    assert ConsentRow.model_validate({"scope": "debt"}).scope is Purpose.DEBT


def test_a_short_code_may_stand_without_quotes() -> None:
    said = Circumstances.model_validate({"message": {"from": 732873}})
    assert said.message is not None
    assert said.message.from_ == "732873"


@pytest.mark.parametrize(
    "wrong",
    [
        {"rows": []},
        {"rows": [{"name": "n"}]},
        {"rows": [{"name": "n", "expect": {"verdict": "deny"}}]},
        {"rows": [{"name": "n", "expect": {"verdict": "allow"}, "text": "Hello"}]},
        {"row": [{"name": "n", "expect": {"verdict": "allow"}}]},
    ],
)
def test_what_a_table_cannot_say_is_a_fault(wrong: object) -> None:
    with pytest.raises(ValidationError):
        Table.model_validate(wrong)


@pytest.mark.parametrize("word", ["landline", "Residential", "residential landline", "fixed-line"])
def test_every_word_for_a_landline_is_one(word: str) -> None:
    assert RecipientRow(line_type=word).line_type == "landline"


@pytest.mark.parametrize("word", ["mobile", "voip", "fixedVoip", "nonFixedVoip", "toll_free"])
def test_any_other_line_is_none(word: str) -> None:
    assert RecipientRow(line_type=word).line_type != "landline"
