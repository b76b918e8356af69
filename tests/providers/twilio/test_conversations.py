"""What is read of a message to a conversation?"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gatekeeper.domain.message import Opaque, OutboundRequest
from gatekeeper.domain.words import Role
from gatekeeper.errors import AmbiguousRequest
from tests.support.twilio_requests import form, parsed, sent

TARGET = f"/v1/Conversations/CH{'1b' * 16}/Messages"
HX = "HX" + "1b" * 16


def message(**fields: object) -> OutboundRequest:
    return sent(TARGET, **fields)


def test_its_texts_are_read_and_its_people_are_not_known_yet() -> None:
    read = message(Body="Hello", Author="desk", Subject="Order", Attributes='{"note":"x"}')
    assert [(part.path, part.role, part.text) for part in read.parts] == [
        ("Body", Role.BODY, "Hello"),
        ("Subject", Role.SUBJECT, "Order"),
        ("Attributes/note", Role.REFERENCE, "x"),
        ("Author", Role.REFERENCE, "desk"),
    ]
    assert read.recipients == ()


def test_a_template_is_opaque_and_its_variables_are_read() -> None:
    read = message(ContentSid=HX, ContentVariables='{"1":"A-1001"}')
    assert read.opaque == (Opaque("content_sid", HX, "ContentSid"),)
    assert [part.text for part in read.parts] == ["A-1001"]


def test_media_of_the_conversation_is_media_that_nobody_inspects() -> None:
    assert message(MediaSid="ME1").media == ("ME1",)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"Body": "Hello", "ContentSid": HX},
        {"Body": "Hello", "Attributes": "words"},
        {"Body": "Hello", "DateCreated": "2026-01-01T00:00:00Z"},
        {"Body": ["Hello", "Bye"]},
        {"Body": "Hello", "To": "+12122000211"},
    ],
)
def test_a_message_without_one_meaning_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(AmbiguousRequest):
        message(**fields)


def test_the_app_may_not_change_it_after_it_was_judged() -> None:
    """Conversations calls the app's own webhook before it sends, and takes its body instead."""
    raw = form(TARGET, {"Body": "Hello"})
    for value in ("true", "1", " TRUE"):
        hooked = replace(raw, headers=(*raw.headers, ("x-twilio-webhook-enabled", value)))
        with pytest.raises(AmbiguousRequest, match="X-Twilio-Webhook-Enabled"):
            parsed(hooked)
    quiet = replace(raw, headers=(*raw.headers, ("X-Twilio-Webhook-Enabled", "false")))
    assert parsed(quiet).parts
    with pytest.raises(AmbiguousRequest, match="X-Twilio-Webhook-Enabled"):
        parsed(replace(quiet, headers=(*quiet.headers, ("X-Twilio-Webhook-Enabled", "true"))))
