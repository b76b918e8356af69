"""Encoded texts are read, two deep, with exact places."""

from __future__ import annotations

import base64

from gatekeeper.screening.derived import called_for, decoded
from gatekeeper.screening.views import normalise


def readings(text: str) -> list[str]:
    """All decoded readings."""
    return [view.text for view in decoded(normalise(text))]


def test_percent_and_entities_are_read_with_exact_places() -> None:
    text = "x%34%31&#49;y"
    view = next(decoded(normalise(text)))
    assert view.text == "x411y"
    assert view.span(1, 4) == (1, 12)
    assert view.span(2, 3) == (4, 7)


def test_unfinished_entities_and_code_point_escapes_are_read() -> None:
    assert readings("&#52&#x31;") == ["41"]
    assert readings(r"\u0034\u0031") == ["41"]


def test_octets_of_several_bytes_are_one_character() -> None:
    assert readings("caf%C3%A9")[0] == "café"
    assert readings("caf%E9")[0] == "café"


def test_base64_text_is_read_and_random_octets_are_not() -> None:
    hidden = base64.b64encode(b"card 4111 1111 1111 1111").decode()
    assert "4111 1111 1111 1111" in readings(f"see {hidden} ok")[0]
    assert readings(base64.b64encode(bytes(range(128, 200))).decode()) == []


def test_a_double_encoding_is_read_and_a_triple_is_not() -> None:
    assert "4" in readings("%2534")
    assert "4" not in readings("%252534")


def test_plain_words_call_for_nothing() -> None:
    assert not called_for(normalise("Your table is booked for 8"))
    assert not called_for(normalise(""))
    assert called_for(normalise("50% off"))
