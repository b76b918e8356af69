"""Messages without end of which hardly one is like another."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from tests.support.business import messages
from tests.support.cards import DISGUISES, cards

_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрст", "αβγδεζηθικλμνξ", "अआइईउऊकखगघ")
_SIGNS = "\u200b\u00ad\u2003·—%&#;@$!?/\\=+"


def _words(source: random.Random) -> str:
    alphabet = source.choice(_ALPHABETS)
    words = ("".join(source.choices(alphabet, k=source.randint(1, 12))) for _ in range(14))
    return " ".join(words) + f" {source.randrange(10**9)}"


def _signs(source: random.Random) -> str:
    return "".join(source.choices(_SIGNS + "abcde0123456789 ", k=source.randint(10, 120)))


def _any_character(source: random.Random) -> str:
    return "".join(chr(source.randrange(0x20, 0x11000)) for _ in range(30))


def _health(source: random.Random) -> str:
    name, number = source.choice("ABCDEFGH") + _words(source)[:6], source.randrange(10**6)
    return f"{name}, your hiv test {number} came back and your password is {number:x}{name}"


def varied(seed: int) -> Iterator[str]:
    """Business traffic, words that nobody knows, all characters, hidden cards, personal matter."""
    source = random.Random(seed)
    made: list[Callable[[random.Random], str]] = [_words, _signs, _any_character, _health]
    while True:
        business = [text for _, text in messages(1, source)]
        hidden = iter(cards(source, 1))
        source.shuffle(business)
        for text in business:
            yield text
            yield source.choice(made)(source)
            if (number := next(hidden, None)) is not None:
                yield f"card {source.choice(list(DISGUISES.values()))(number)}"


def plain(seed: int) -> Iterator[str]:
    """Chatter of made-up words with times, amounts and telephone numbers."""
    source = random.Random(seed)
    while True:
        extra = source.choice(("at {}:{:02d}", "for ${}.{:02d}", "call 212 555 {:02d}{:02d}"))
        told = extra.format(source.randint(10, 12), source.randrange(60))
        yield f"{_words(source).rsplit(' ', 1)[0]} {told}"
