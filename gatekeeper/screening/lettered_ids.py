"""Which values of letters and digits can be an id that python-stdnum does not know?

Each takes the value as it is written, in any letter case and with its spaces and dashes.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from stdnum import luhn

from gatekeeper.screening.issuers import issuer

_SIGNS = re.compile(r"[\W_]+")
_NINO = re.compile(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]")
_NINO_UNUSED = frozenset({"BG", "GB", "NK", "KN", "TN", "NT", "ZZ"})
_NRIC_WEIGHTS = (2, 7, 6, 5, 4, 3, 2)
_NRIC_LETTERS = {"S": "JZIHGFEDCBA", "F": "XWUTRQPNMLK", "M": "KLJNPQRTUWX"}
_TW_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
"""In the order of their values, which begin at 10."""
_TRACK = re.compile(r"(?:%[Bb]|;)([0-9]{12,19})[\^=]")


def compact(value: str) -> str:
    """Upper case without spaces and signs."""
    return _SIGNS.sub("", value).upper()


def gb_nino(value: str) -> bool:
    """UK National Insurance number (HMRC NIM39110)."""
    plain = compact(value)
    return bool(_NINO.fullmatch(plain)) and plain[:2] not in _NINO_UNUSED


def us_dea(value: str) -> bool:
    """US DEA registration: the last digit of d1+d3+d5 + 2(d2+d4+d6) (21 CFR 1301)."""
    digits = [int(d) for d in compact(value)[-7:]]
    return (sum(digits[0:6:2]) + 2 * sum(digits[1:6:2])) % 10 == digits[6]


def sg_nric(value: str) -> bool:
    """Singapore identity card or foreign identification number, with its letter."""
    plain = compact(value)
    series, digits = plain[0], plain[1:8]
    total = sum(int(d) * w for d, w in zip(digits, _NRIC_WEIGHTS, strict=True))
    total += {"T": 4, "G": 4, "M": 3}.get(series, 0)
    if series == "M":
        return plain[8] == _NRIC_LETTERS["M"][10 - total % 11]
    return plain[8] == _NRIC_LETTERS["S" if series in "ST" else "F"][total % 11]


def hk_id(value: str) -> bool:
    """Hong Kong identity card: one or two letters, six digits, a check digit or A."""
    plain = compact(value)
    head = plain[:-7].rjust(2)
    values = [36 if c == " " else ord(c) - 55 for c in head] + [int(d) for d in plain[-7:-1]]
    total = sum(v * w for v, w in zip(values, range(9, 1, -1), strict=True))
    return (total + (10 if plain[-1] == "A" else int(plain[-1]))) % 11 == 0


def tw_id(value: str) -> bool:
    """Taiwanese national id: a letter of the place of birth and nine digits."""
    plain = compact(value)
    place = _TW_LETTERS.index(plain[0]) + 10
    digits = [place // 10, place % 10, *map(int, plain[1:])]
    weights = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
    return sum(d * w for d, w in zip(digits, weights, strict=True)) % 10 == 0


def dated(value: str) -> bool:
    """Quebec's health number: year, month (50 more for women) and day after four letters."""
    digits = compact(value)[4:]
    month, day = int(digits[2:4]) % 50, int(digits[4:6])
    return 1 <= month <= 12 and 1 <= day <= 31


def holds_card(value: str) -> bool:
    """The track of a card's magnetic stripe, which begins with its number."""
    found = _TRACK.match(value)
    if found is None or not luhn.is_valid(found[1]):
        return False
    return issuer(found[1]) is not None


CHECKS: dict[str, Callable[[str], bool]] = {
    "gb_nino": gb_nino,
    "us_dea": us_dea,
    "sg_nric": sg_nric,
    "hk_id": hk_id,
    "tw_id": tw_id,
    "ca_ramq": dated,
    "holds_card": holds_card,
}
