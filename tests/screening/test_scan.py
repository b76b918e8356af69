"""Context is read as words between single spaces."""

from __future__ import annotations

from gatekeeper.screening.scan import Phrases, Scan, bare
from gatekeeper.screening.views import normalise


def scan(text: str) -> Scan:
    """A scan of the plain view."""
    return Scan(normalise(text), {}, [])


def test_signs_and_letter_case_do_not_count() -> None:
    assert bare("One-Time  code: A/C") == " one time code a c "
    assert bare("save_20% off, only $5/£4!") == " save 20 % off only $ 5 £ 4 "
    words = Phrases(("A/C", "one-time"))
    for text, found in ((" my a c ", "a c"), (" one time x ", "one time"), (" ac one ", None)):
        assert words.first(text, text.split(" ")) == found


def test_around_gives_so_many_words_of_either_side_without_the_span() -> None:
    text = "a b c 4111 d e f"
    start = text.index("4111")
    assert scan(text).around(start, start + 4, 2) == " b c \x00 d e "


def test_the_bare_text_is_made_once() -> None:
    one = scan("Hello, world")
    assert one.bare() == " hello world "
    assert one.bare() is one.bare()


def test_what_the_whole_text_says_is_looked_for_once() -> None:
    one, words = scan("buy now, buy today"), Phrases(["today", "buy today"])
    assert one.said(words) == "buy today"
    assert one.said(words) is one.said(words)
    assert one.said(Phrases(["tomorrow"])) is None
