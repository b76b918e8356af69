"""Is everything that WhatsApp tells of a person read, for each name of theirs?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from gatekeeper.domain.message import AddressKind
from gatekeeper.domain.words import Purpose
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.meta.inbound_whatsapp import of_account
from gatekeeper.providers.webhook import InboundEvent, Meaning

ANA = "12122000211"
AT = "1700000000"


def told(**value: Any) -> tuple[InboundEvent, ...]:
    metadata = {"display_phone_number": "+1 312-200-0203", "phone_number_id": "106540352242922"}
    entry = {"id": "77", "changes": [{"value": {"metadata": metadata, **value}}]}
    return tuple(of_account(entry))


def message(kind: str = "text", **more: Any) -> dict[str, Any]:
    return {"from": ANA, "id": "wamid.A=", "timestamp": AT, "type": kind, **more}


def test_a_text_is_the_persons_word_to_our_number_by_both_its_names() -> None:
    (event,) = told(messages=[message(text={"body": "STOP"})])
    assert (event.meaning, event.text) == (Meaning.MESSAGE, "STOP")
    assert "wamid" not in event.id, "it holds the number"
    assert event.person.value == "+12122000211"
    assert [each.value for each in event.senders] == ["106540352242922", "+13122000203"]
    assert event.at == datetime.fromtimestamp(int(AT), UTC)


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("button", {"button": {"text": "Stop", "payload": "p"}}),
        ("interactive", {"interactive": {"button_reply": {"id": "1", "title": "Stop"}}}),
        ("interactive", {"interactive": {"list_reply": {"id": "1", "title": "Stop"}}}),
        ("image", {"image": {"id": "9", "caption": "Stop"}}),
    ],
)
def test_what_a_person_taps_or_writes_under_a_picture_is_their_word(
    kind: str, more: dict[str, Any]
) -> None:
    assert [each.text for each in told(messages=[message(kind, **more)])] == ["Stop"]


@pytest.mark.parametrize("more", [{"type": "system"}, {"type": "reaction"}, {"group_id": "g"}])
def test_what_nobody_wrote_to_us_alone_opens_nothing(more: dict[str, Any]) -> None:
    assert told(messages=[{**message(text={"body": "x"}), **more}]) == ()


def test_a_person_with_two_names_is_told_of_by_each() -> None:
    contacts = [{"wa_id": ANA, "user_id": "US.134"}]
    found = told(contacts=contacts, messages=[message(text={"body": "STOP"})])
    assert [each.person.kind for each in found] == [AddressKind.PHONE, AddressKind.BSUID]
    assert len({each.id for each in found}) == 2


def test_who_shows_no_number_is_told_of_by_the_users_id() -> None:
    hidden = {k: v for k, v in message(text={"body": "hi"}).items() if k != "from"}
    (event,) = told(contacts=[{"user_id": "US.134"}], messages=[hidden])
    assert event.person.value == "US.134"


def test_another_contact_does_not_lend_its_name() -> None:
    found = told(contacts=[{"wa_id": "1999", "user_id": "US.9"}], messages=[message()])
    assert [each.person.value for each in found] == ["+12122000211"]


def test_who_stopped_marketing_is_learned_from_a_failed_status() -> None:
    status = {"id": "wamid.B", "status": "failed", "timestamp": AT, "recipient_id": ANA}
    (stopped,) = told(statuses=[{**status, "errors": [{"code": 131050}]}])
    assert (stopped.meaning, stopped.purpose) == (Meaning.OPTED_OUT, Purpose.MARKETING)
    (other,) = told(statuses=[{**status, "errors": [{"code": 131026}]}])
    assert (other.meaning, other.code) == (Meaning.OTHER, "131026")


@pytest.mark.parametrize(
    ("value", "meaning"), [("stop", Meaning.OPTED_OUT), ("resume", Meaning.RESUMED)]
)
def test_a_choice_about_marketing_is_of_marketing_alone(value: str, meaning: Meaning) -> None:
    chosen = {"wa_id": ANA, "category": "marketing_messages", "value": value, "timestamp": AT}
    (event,) = told(user_preferences=[chosen])
    assert (event.meaning, event.purpose) == (meaning, Purpose.MARKETING)
    assert told(user_preferences=[{**chosen, "category": "other"}]) == ()
    assert told(user_preferences=[{**chosen, "value": "signup"}]) == ()


def test_a_message_without_an_id_or_of_no_number_is_not_read() -> None:
    with pytest.raises(AmbiguousRequest):
        told(messages=[{**message(), "id": ""}])
    assert tuple(of_account({"changes": [{"value": {"messages": [message()]}}]})) == ()
