"""Do we know every verb and noun that the SDK can write, or leave it opaque on purpose?"""

from __future__ import annotations

import inspect
import re

from twilio.twiml import messaging_response, voice_response

from gatekeeper.providers.twilio import verbs

OPAQUE_ON_PURPOSE = frozenset(
    {"Connect", "Stream", "Siprec", "Transcription", "VirtualAgent", "ConversationRelay",
     "ConversationRelaySession", "AiSession", "Conversation", "Autopilot", "Room", "Language",
     "Config", "Sms", "Message"}
)  # fmt: skip
"""They hand the call to a program, a stream or another channel."""


def written_by_the_sdk() -> set[str]:
    source = inspect.getsource(voice_response) + inspect.getsource(messaging_response)
    return set(re.findall(r'self\.name = "([\w-]+)"', source))


def test_every_element_of_the_sdk_is_known_or_opaque_on_purpose() -> None:
    """If the SDK learns an element, somebody must say what the gate makes of it."""
    assert written_by_the_sdk() - verbs.KNOWN == OPAQUE_ON_PURPOSE


def test_attribute_tables_do_not_overlap() -> None:
    tables = (
        verbs.SENDER_ATTRIBUTES,
        verbs.RECIPIENT_ATTRIBUTES,
        verbs.TEXT_ATTRIBUTES.keys(),
        verbs.CALLBACK_ATTRIBUTES,
        verbs.FETCH_ATTRIBUTES,
        verbs.SETTINGS,
    )
    names = [name for table in tables for name in table]
    assert len(set(names)) == len(names)
    assert all(name == name.lower() for name in names)
