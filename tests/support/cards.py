"""Card numbers that no bank issued, and the ways in which people hide them."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable, Iterator
from itertools import pairwise

from stdnum import luhn

from gatekeeper.screening.issuers import ISSUERS

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
}
"""The 26 written forms on which the products in the field were measured."""
