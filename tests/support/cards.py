"""Card numbers that no bank issued, and the ways in which people hide them."""

from __future__ import annotations

import base64
import random
import textwrap
from collections.abc import Callable, Iterator
from itertools import groupby, pairwise

from stdnum import luhn

from gatekeeper.screening.issuers import ISSUERS

_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen"]
_TEENS += ["fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NAMES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def card(source: random.Random, prefix: int, length: int) -> str:
    """A number with this prefix and length whose last digit is the Luhn check digit."""
    middle = "".join(source.choices("0123456789", k=length - 1 - len(str(prefix))))
    payload = f"{prefix}{middle}"
    return payload + luhn.calc_check_digit(payload)


def cards(source: random.Random, per_range: int) -> Iterator[str]:
    """Cards of every issuer range and length."""
    for known in ISSUERS:
        for length in sorted(known.lengths):
            for _ in range(per_range):
                yield card(source, source.randint(known.low, known.high), length)


def grouped(number: str, gap: str) -> str:
    """4-6-5 for American Express, 4-6-4 for Diners Club, otherwise fours."""
    cuts = {15: (4, 10), 14: (4, 10)}.get(len(number), (4, 8, 12, 16))
    edges = [0, *(c for c in cuts if c < len(number)), len(number)]
    return gap.join(number[a:b] for a, b in pairwise(edges))


def _shifted(zero: int) -> Callable[[str], str]:
    return lambda number: "".join(chr(zero + int(d)) for d in number)


def _circled(number: str) -> str:
    return "".join("⓪" if d == "0" else chr(0x245F + int(d)) for d in number)


def _html(number: str) -> str:
    return "".join(f"&#{ord(d)};" for d in number)


def _spelled(words: str) -> Callable[[str], str]:
    names = words.split()
    return lambda number: " ".join(names[int(d)] for d in number)


def _doubled(number: str) -> str:
    """`double four one`, as numbers are dictated on the telephone."""
    said = []
    for digit, run in groupby(number):
        length = len(list(run))
        said += ["double " + _NAMES[int(digit)]] * (length // 2)
        said += [_NAMES[int(digit)]] * (length % 2)
    return " ".join(said)


def _paired(number: str) -> str:
    """`forty-one eleven`, two digits at a time; a pair that begins with 0 is `oh one`."""
    return " ".join(_pair(number[i : i + 2]) for i in range(0, len(number), 2))


def _pair(pair: str) -> str:
    if len(pair) == 1 or pair[0] == "0":
        return " ".join(_NAMES[int(d)] for d in pair).replace("zero", "oh")
    if pair[0] == "1":
        return _TEENS[int(pair[1])]
    return _TENS[int(pair[0]) - 2] + ("" if pair[1] == "0" else f"-{_NAMES[int(pair[1])]}")


def _mixed_signs(number: str) -> str:
    signs = ("-", " ", ".", "/", "\u00b7", "\u2009", "*", "\u2022")
    return "".join(d + signs[i % len(signs)] for i, d in enumerate(number))[:-1]


def _mixed_digits(number: str) -> str:
    zeros = (0x30, 0xFF10, 0x0660, 0x0966, 0x1D7F6, 0x06F0)
    return "".join(chr(zeros[i % len(zeros)] + int(d)) for i, d in enumerate(number))


def _told(number: str) -> str:
    """Groups with words between them."""
    return "first {} then {} and then {}".format(*grouped(number, "|").split("|", 2)).replace(
        "|", " finally "
    )


def _table(digits: str) -> Callable[[str], str]:
    return lambda number: "".join(digits[int(d)] for d in number)


def _twice(number: str) -> str:
    return grouped("".join(f"%{ord(d):02X}" for d in number), "").replace("%", "%25")


DISGUISES: dict[str, Callable[[str], str]] = {
    "plain": lambda n: n,
    "spaces": lambda n: grouped(n, " "),
    "dashes": lambda n: grouped(n, "-"),
    "no-break spaces": lambda n: grouped(n, "\u00a0"),
    "line breaks": lambda n: grouped(n, "\n"),
    "dots": lambda n: grouped(n, "."),
    "slashes": lambda n: grouped(n, "/"),
    "underscores": lambda n: grouped(n, "_"),
    "double spaces": lambda n: grouped(n, "  "),
    "each digit spaced": " ".join,
    "each digit dotted": ".".join,
    "zero-width": "\u200b".join,
    "soft hyphens": lambda n: grouped(n, "\u00ad"),
    "fullwidth": _shifted(0xFF10),
    "mathematical bold": _shifted(0x1D7CE),
    "arabic-indic": _shifted(0x0660),
    "circled": _circled,
    "keycaps": lambda n: "".join(f"{d}\ufe0f\u20e3" for d in n),
    "spelled out": lambda n: " ".join(_NAMES[int(d)] for d in n),
    "letters glued on": lambda n: f"abc{n}xyz",
    "percent-encoded": lambda n: grouped(n, "%20"),
    "html entities": _html,
    "O for 0": lambda n: grouped(n.replace("0", "O"), " "),
    "l for 1": lambda n: grouped(n.replace("1", "l"), " "),
    "base64": lambda n: base64.b64encode(f"card {n}".encode()).decode(),
    "reversed": lambda n: n[::-1],
    # The 26 above are those on which the products in the field were measured; the rest are ours.
    "superscript": _table("⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "parenthesised": _table("0⑴⑵⑶⑷⑸⑹⑺⑻⑼"),
    "negative circled": _table("⓿❶❷❸❹❺❻❼❽❾"),
    "with full stops": _table("0⒈⒉⒊⒋⒌⒍⒎⒏⒐"),
    "ideographic": _table("〇一二三四五六七八九"),
    "devanagari": _shifted(0x0966),
    "mixed digits": _mixed_digits,
    "mixed signs": _mixed_signs,
    "bullets": lambda n: grouped(n, " • "),
    "long rules": lambda n: grouped(n, " ------ "),
    "emoji between": lambda n: grouped(n, "😀👍🏽"),
    "family emoji between": lambda n: grouped(n, "👨‍👩‍👧"),
    "letter signs between": lambda n: grouped(n, "Ⓧ"),
    "combining strokes": "\u0336".join,
    "right-to-left override": lambda n: f"\u202e\u2066{grouped(n, ' ')}\u2069\u202c",
    "word joiners and tags": "\u2060\U000e0041".join,
    "one digit a line": "\n".join,
    "x between": lambda n: grouped(n, "x"),
    "words between": _told,
    "(space) between": lambda n: grouped(n, " (space) "),
    "spanish words": _spelled("cero uno dos tres cuatro cinco seis siete ocho nueve"),
    "french words": _spelled("zéro un deux trois quatre cinq six sept huit neuf"),
    "portuguese words": _spelled("zero um dois três quatro cinco seis sete oito nove"),
    "doubles": _doubled,
    "pairs in words": _paired,
    "words glued": lambda n: "".join(_NAMES[int(d)] for d in n),
    "words and digits": lambda n: " ".join(_NAMES[int(d)] if i % 2 else d for i, d in enumerate(n)),
    "S for 5, B for 8": lambda n: grouped(n.replace("5", "S").replace("8", "B"), "-"),
    "cyrillic O for 0": lambda n: grouped(n.replace("0", "О"), " "),
    "html hexadecimal": lambda n: "".join(f"&#x{ord(d):x}" for d in n),
    "html spaces": lambda n: grouped(n, "&nbsp;"),
    "code point escapes": lambda n: "".join(f"\\u{ord(d):04x}" for d in n),
    "quoted-printable": lambda n: "".join(f"={ord(d):02X}" for d in n),
    "hexadecimal": lambda n: n.encode().hex(),
    "percent-encoded twice": _twice,
    "url form": lambda n: grouped(n, "+"),
    "base64 in two lines": lambda n: "\n".join(
        textwrap.wrap(base64.b64encode(f"please charge the card {n}".encode()).decode(), 32)
    ),
    "base64 for urls": lambda n: base64.urlsafe_b64encode(f"pan={n}>".encode()).decode().strip("="),
    "base64 of percent": lambda n: base64.b64encode(grouped(n, "%20").encode()).decode(),
}
"""Ways of writing a card number so that a machine does not see it."""
