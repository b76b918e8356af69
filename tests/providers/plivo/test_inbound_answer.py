"""Is an app's answer to Plivo read as the messages that it sends, and as nothing else?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Reply
from gatekeeper.providers.plivo.inbound_answer import NOTHING, answers
from gatekeeper.providers.xml_document import MAX_BYTES

MESSAGE = '<Message src="13122000201" dst="12122000211&lt;12122000212">Thanks &amp; bye</Message>'


def given(text: str | bytes) -> Reply:
    """An app's answer."""
    return Reply(200, (), text if isinstance(text, bytes) else text.encode())


def test_a_message_is_read_with_both_its_ends() -> None:
    (told,) = answers(given(f"<Response>{MESSAGE}</Response>"))
    assert (told.channel, told.sender.value) == (Channel.SMS, "+13122000201")
    assert [each.value for each in told.recipients] == ["+12122000211", "+12122000212"]
    assert [part.text for part in told.parts] == ["Thanks & bye"]


def test_a_callback_is_a_reference() -> None:
    text = (
        '<Response><Message src="1" dst="2" callbackUrl="https://a.example">a</Message></Response>'
    )
    (told,) = answers(given(text))
    assert [part.role for part in told.parts] == ["body", "reference"]


@pytest.mark.parametrize("text", ["", "  ", "ok", "<Response/>"])
def test_an_answer_without_a_message_sends_nothing(text: str) -> None:
    assert answers(given(text)) == ()
    assert answers(NOTHING) == ()


@pytest.mark.parametrize(
    "text",
    [
        "<Response><Redirect>https://a.example</Redirect></Response>",
        "<Response><Message dst='2'>a</Message></Response>",
        "<Response><Message src='1' dst='2'/></Response>",
        "<Response><Message src='1' dst='2' type='mms'>a</Message></Response>",
        "<Response><Message src='1' dst='2' media='b'>a</Message></Response>",
        "<Response><Message src='1' dst='2'>a<Media>b</Media></Message></Response>",
        "<Response>text</Response>",
        "<Response a='b'/>",
        "<Message/>",
        f"see <Response>{MESSAGE}</Response>",
        "<Response>" + MESSAGE * 11 + "</Response>",
        "<Response>" + "a" * MAX_BYTES + "</Response>",
        b"\xff",
        "<Response>",
    ],
)
def test_what_does_anything_else_is_refused(text: str | bytes) -> None:
    with pytest.raises(AmbiguousRequest):
        answers(given(text))
