"""Messages without end of which hardly one is like another."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from gatekeeper.screening.issuers import ISSUERS
from tests.bench.corpus import SYLLABLES
from tests.support.business import filled, templates
from tests.support.cards import DISGUISES, card

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
    lines = [line for section in templates().values() for line in section]
    written = list(DISGUISES.values())
    while True:
        yield filled(source.choice(lines), source)
        yield source.choice(made)(source)
        known = source.choice(ISSUERS)
        length = source.choice(sorted(known.lengths))
        number = card(source, source.randint(known.low, known.high), length)
        yield f"card {source.choice(written)(number)}"


def plain(seed: int) -> Iterator[str]:
    """Chatter of made-up words with times, amounts and telephone numbers."""
    source = random.Random(seed)
    while True:
        extra = source.choice(("at {}:{:02d}", "for ${}.{:02d}", "call 212 555 {:02d}{:02d}"))
        told = extra.format(source.randint(10, 12), source.randrange(60))
        words = ("".join(source.choices(SYLLABLES, k=source.randint(4, 6))) for _ in range(12))
        yield f"{' '.join(words)} {told}"
