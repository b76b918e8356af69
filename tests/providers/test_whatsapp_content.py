"""Is every text in a WhatsApp object found, and what it only names held for opaque?"""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.domain.words import Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.shape import Found, read
from gatekeeper.providers.whatsapp_content import OBJECTS, typed

MESSAGE = typed({})


def seen(word: str, value: Any) -> Found:
    """What is found in a message of that type."""
    return read(MESSAGE, {"type": word, word: value})


def texts(found: Found) -> list[str]:
    """The texts, in their order."""
    return [part.text for part in found.parts]


def test_a_template_is_named_with_its_language() -> None:
    found = seen("template", {"name": "order ready", "language": {"code": "en_US"}})
    assert [(each.kind, each.ref) for each in found.opaque] == [
        ("whatsapp_template", "order ready:en_US")
    ]
    assert found.words == {"type": "template"}


@pytest.mark.parametrize(
    ("parameter", "said"),
    [
        ({"type": "text", "text": "a", "parameter_name": "n"}, ["a"]),
        ({"type": "currency", "currency": {"fallback_value": "$1", "code": "USD"}}, ["$1"]),
        ({"type": "date_time", "date_time": {"fallback_value": "May", "day": 1}}, ["May", "1"]),
        ({"type": "payload", "payload": "a"}, ["a"]),
        ({"type": "image", "image": {"link": "https://a.b/c"}}, ["https://a.b/c"]),
        ({"type": "action", "action": {"flow_token": "t", "flow_action_data": {"a": ["b"]}}},
         ["t", "b"]),
        ({"type": "location", "location": {"name": "n", "address": "a", "latitude": 1.0}},
         ["n", "a"]),
        ({"type": "coupon_code", "coupon_code": "SAVE"}, ["SAVE"]),
    ],
)  # fmt: skip
def test_every_variable_of_a_template_is_read(parameter: dict[str, Any], said: list[str]) -> None:
    parts = [{"type": "body", "parameters": [parameter]}]
    assert texts(seen("template", {"name": "n", "components": parts})) == said
    cards = [{"card_index": 0, "components": parts}]
    carousel = [{"type": "carousel", "cards": cards}]
    assert texts(seen("template", {"name": "n", "components": carousel})) == said


def test_every_text_of_an_interactive_message_is_read() -> None:
    rows = [{"id": "r", "title": "row", "description": "more"}]
    found = seen(
        "interactive",
        {
            "type": "list",
            "header": {"type": "text", "text": "head"},
            "body": {"text": "body"},
            "footer": {"text": "foot"},
            "action": {
                "button": "choose",
                "buttons": [{"type": "reply", "reply": {"id": "b", "title": "yes"}}],
                "sections": [{"title": "part", "rows": rows}],
                "parameters": {"display_text": "see", "url": "https://a.b/%41"},
            },
        },
    )
    assert texts(found) == [
        "head", "body", "foot", "choose", "b", "yes", "part", "r", "row", "more", "see",
        "https://a.b/A",
    ]  # fmt: skip
    roles = {part.text: part.role for part in found.parts}
    assert (roles["yes"], roles["b"], roles["foot"]) == (Role.BUTTON, Role.REFERENCE, Role.BODY)


def test_a_card_of_a_carousel_has_its_text_and_picture() -> None:
    card = {"type": "cta_url", "body": {"text": "a"},
            "header": {"type": "image", "image": {"link": "https://a.b/c"}}}  # fmt: skip
    found = seen("interactive", {"type": "carousel", "action": {"cards": [card]}})
    assert (texts(found), found.media) == (["a", "https://a.b/c"], ["https://a.b/c"])


@pytest.mark.parametrize(
    ("word", "value", "kind"),
    [
        ("image", {"id": "1"}, "media_id"),
        ("interactive", {"action": {"parameters": {"flow_id": "7"}}}, "whatsapp_flow"),
        ("interactive", {"action": {"catalog_id": "7"}}, "whatsapp_product"),
    ],
)
def test_what_is_only_named_is_opaque(word: str, value: Any, kind: str) -> None:
    assert [each.kind for each in seen(word, value).opaque] == [kind]


def test_a_file_has_a_caption_and_a_name() -> None:
    found = seen("document", {"link": "https://a.b/c", "caption": "see", "filename": "f.pdf"})
    assert [part.role for part in found.parts] == [Role.LINK, Role.CAPTION, Role.FILENAME]


def test_every_string_of_a_contact_card_is_a_text() -> None:
    card = {"name": {"formatted_name": "Ana"}, "phones": [{"phone": "+12122000211"}]}
    assert texts(seen("contacts", [card])) == ["Ana", "+12122000211"]


def test_a_place_and_a_reaction_have_their_texts() -> None:
    place = {"latitude": "40.7", "longitude": "-74.0", "name": "Acme", "address": "1 Main St"}
    assert texts(seen("location", place)) == ["Acme", "1 Main St"]
    assert texts(seen("reaction", {"message_id": "wamid.1", "emoji": "x"})) == ["wamid.1", "x"]


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"type": "order", "order": {}},
        {"type": "text"},
        {"type": "text", "text": {"body": "a"}, "image": {"link": "b"}},
        {"type": "image", "image": {}},
        {"type": "image", "image": {"id": "1", "link": "b"}},
        {"type": "template", "template": {"name": ""}},
        {"type": "template", "template": {"name": "n", "language": {}}},
        {"type": "template", "template": {"name": "n", "namespace": "x"}},
    ],
)
def test_what_has_no_one_meaning_is_refused(message: dict[str, Any]) -> None:
    with pytest.raises(AmbiguousRequest):
        read(MESSAGE, message)


def test_each_type_has_its_object() -> None:
    assert set(OBJECTS) >= {"text", "template", "interactive", "image", "contacts", "location"}
