"""Which numbers pass the check digit of an id that python-stdnum does not know?

Each takes digits alone and says whether they can have been issued. All are weak: about one number
in ten passes, so a detector asks for a word beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from stdnum import luhn, verhoeff


def us_npi(digits: str) -> bool:
    """US national provider identifier: Luhn after the prefix 80840 (45 CFR 162.406)."""
    return digits[0] in "12" and luhn.is_valid(f"80840{digits}")


def mx_clabe(digits: str) -> bool:
    """Mexican account number: weights 3, 7, 1, each product modulo 10 (Banxico)."""
    total = sum(int(d) * w % 10 for d, w in zip(digits, (3, 7, 1) * 6, strict=True))
    return total % 10 == 0 and digits[:3] != "000"


def jp_my_number(digits: str) -> bool:
    """Japanese individual number: weights 2 to 7 and again 2 to 6 from the right (MIC)."""
    rest = _weighed(digits[:11], (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return int(digits[11]) == (0 if rest <= 1 else 11 - rest)


def hu_taj(digits: str) -> bool:
    """Hungarian social security number: weights 3 and 7 by turns (1996. évi XX. törvény)."""
    return _weighed(digits[:8], (3, 7) * 4) % 10 == int(digits[8])


def au_medicare(digits: str) -> bool:
    """Australian Medicare card: first digit 2 to 6, weights 1, 3, 7, 9; the issue follows."""
    total = _weighed(digits[:8], (1, 3, 7, 9, 1, 3, 7, 9))
    return digits[0] in "23456" and total % 10 == int(digits[8])


def ru_snils(digits: str) -> bool:
    """Russian insurance number: weights 9 to 1 modulo 101 (PFR order 192p)."""
    return _weighed(digits[:9], range(9, 0, -1)) % 101 % 100 == int(digits[9:])


def uy_ci(digits: str) -> bool:
    """Uruguayan identity card: weights 2, 9, 8, 7, 6, 3, 4."""
    return -_weighed(digits[:7], (2, 9, 8, 7, 6, 3, 4)) % 10 == int(digits[7])


def sa_id(digits: str) -> bool:
    """Saudi national id (1) or residence permit (2), with a Luhn digit."""
    return digits[0] in "12" and luhn.is_valid(digits)


def ae_id(digits: str) -> bool:
    """Emirates id: 784, year of birth, serial, and a Luhn digit."""
    return digits[:3] == "784" and 1900 <= int(digits[3:7]) <= 2030 and luhn.is_valid(digits)


def eg_id(digits: str) -> bool:
    """Egyptian national id: century, date of birth, governorate."""
    month, day, place = int(digits[3:5]), int(digits[5:7]), int(digits[7:9])
    return (
        digits[0] in "23" and 1 <= month <= 12 and 1 <= day <= 31 and (place <= 35 or place == 88)
    )


def in_vid(digits: str) -> bool:
    """Virtual id of an Aadhaar holder: 16 digits with a Verhoeff digit (UIDAI)."""
    return digits[0] in "23456789" and bool(verhoeff.is_valid(digits))


def ng_bvn(digits: str) -> bool:
    """Nigerian bank verification number: eleven digits that begin with 22 (CBN)."""
    return digits.startswith("22")


def ng_nin(digits: str) -> bool:
    """Nigerian national identification number: no check digit, and no telephone number."""
    return digits[:2] not in ("07", "08", "09") and digits[:3] != "234" and not_repeated(digits)


def not_repeated(digits: str) -> bool:
    """A number without a check digit: anything but one digit over and over."""
    return len(set(digits)) > 2


def _weighed(digits: str, weights: Sequence[int] | range) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


CHECKS: dict[str, Callable[[str], bool]] = {
    "us_npi": us_npi,
    "mx_clabe": mx_clabe,
    "jp_my_number": jp_my_number,
    "hu_taj": hu_taj,
    "au_medicare": au_medicare,
    "ru_snils": ru_snils,
    "uy_ci": uy_ci,
    "sa_id": sa_id,
    "ae_id": ae_id,
    "eg_id": eg_id,
    "in_vid": in_vid,
    "ng_bvn": ng_bvn,
    "ng_nin": ng_nin,
    "not_repeated": not_repeated,
}
