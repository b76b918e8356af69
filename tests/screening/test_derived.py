"""Encoded texts are read, two deep, with exact places."""

from __future__ import annotations

import base64

from gatekeeper.screening.derived import decoded, goes_deeper
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


def test_other_encodings_of_text_are_read() -> None:
    card = "card 4111 1111 1111 1111"
    lines = base64.b64encode(card.encode() * 3).decode()
    assert card in readings(f"{lines[:64]}\n{lines[64:]}")[0]
    assert card in readings(card.encode().hex())[0]
    assert card in readings(" ".join(f"0x{octet:02x}" for octet in card.encode()))[0]
    assert readings("=34=31=31=31") == ["4111"]
    assert readings(r"\x34\x31 %u0034 \u{0031}") == ["41 4 1"]
    assert readings("4&nbsp1&ThinSpace;1") == ["4 1 1"]


def test_plain_numbers_and_digests_are_not_hexadecimal() -> None:
    assert readings("4111222233334444555566667777") == []
    assert readings("5d41402abc4b2a76b9719d911017c592") == []


def test_what_is_encoded_in_different_ways_is_one_level() -> None:
    hidden = base64.b64encode(b"a readable little text").decode()
    assert readings(f"x%20y {hidden} &amp;") == ["x y a readable little text\n &"]


def test_only_a_text_that_is_encoded_more_than_twice_goes_deeper() -> None:
    def third(text: str) -> bool:
        views = list(decoded(normalise(text)))
        return len(views) == 2 and goes_deeper(views[-1])

    assert third("%25252534%25252531 card")
    assert not third("%252534")
    assert not third("%2534")
    once = base64.b64encode(b"card 4111 1111 1111 1111").decode()
    twice = base64.b64encode(once.encode()).decode()
    assert not third(twice)
    assert third(base64.b64encode(twice.encode()).decode())
