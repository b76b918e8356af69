"""Which values are written as a passport's or a driver licence's number is?

Neither has a check digit that can be told from outside: the form only says what it cannot be, and
a detector asks for the document's name right beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from gatekeeper.screening.lettered_ids import compact

_PASSPORTS = (
    r"[0-9]{9}",  # United States, United Kingdom, Portugal and many others
    r"[A-Z][0-9]{6,8}",  # United States (since 2021), India, Australia, Mexico, South Africa, ...
    r"[A-Z]{2}[0-9]{6,7}",  # Canada, Italy, Brazil, Japan, Ireland, Poland, New Zealand
    r"[A-Z][0-9]{6}[A-Z]{2}",  # Canada (since 2023)
    r"[A-Z]{3}[0-9]{6}",  # Spain
    r"[0-9]{2}[A-Z]{2}[0-9]{5}",  # France
    r"[CFGHJK][CFGHJ-NPRTV-Z0-9]{8}",  # Germany
    r"[A-NP-Z]{2}[A-NP-Z0-9]{6}[0-9]",  # Netherlands
    r"[A-Z][0-9]{7}[A-Z]",  # Philippines, Singapore, Taiwan
    r"[EGDSPH][A-Z]?[0-9]{7,8}",  # China
    r"[0-9]{7,8}",  # Sweden, Nepal, Argentina, Austria's old ones
    r"[0-9]{10}",  # Russia
)
_PASSPORT = re.compile("|".join(_PASSPORTS))

US_LICENCES: dict[str, tuple[str, ...]] = {
    "AL": (r"[0-9]{3,8}",),
    "AK": (r"[0-9]{6,7}",),
    "AZ": (r"[A-Z][0-9]{8}", r"[0-9]{9}"),
    "AR": (r"[0-9]{8,9}",),
    "CA": (r"[A-Z][0-9]{7}",),
    "CO": (r"[0-9]{9}", r"[A-Z][0-9]{3,6}", r"[A-Z]{2}[0-9]{2,5}"),
    "CT": (r"[0-9]{9}",),
    "DE": (r"[0-9]{6,7}",),
    "DC": (r"[0-9]{7}", r"[0-9]{9}"),
    "FL": (r"[A-Z][0-9]{12}",),
    "GA": (r"[0-9]{7,9}",),
    "HI": (r"[A-Z][0-9]{8}", r"[0-9]{9}"),
    "ID": (r"[A-Z]{2}[0-9]{6}[A-Z]", r"[0-9]{9}"),
    "IL": (r"[A-Z][0-9]{11,12}",),
    "IN": (r"[A-Z][0-9]{9}", r"[0-9]{9,10}"),
    "IA": (r"[0-9]{9}", r"[0-9]{3}[A-Z]{2}[0-9]{4}"),
    "KS": (r"[A-Z][0-9][A-Z][0-9][A-Z]", r"[A-Z][0-9]{8}", r"[0-9]{9}"),
    "KY": (r"[A-Z][0-9]{8,9}", r"[0-9]{9}"),
    "LA": (r"[0-9]{8,9}",),
    "ME": (r"[0-9]{7}[A-Z]?", r"[0-9]{8}"),
    "MD": (r"[A-Z][0-9]{12}",),
    "MA": (r"[A-Z]{1,2}[0-9]{7,8}", r"[0-9]{9}"),
    "MI": (r"[A-Z][0-9]{10}", r"[A-Z][0-9]{12}"),
    "MN": (r"[A-Z][0-9]{12}",),
    "MS": (r"[0-9]{9}",),
    "MO": (
        r"[A-Z][0-9]{5,9}",
        r"[A-Z][0-9]{6}R",
        r"[0-9]{8}[A-Z]{2}",
        r"[0-9]{9}[A-Z]?",
        r"[0-9]{3}[A-Z][0-9]{6}",
    ),
    "MT": (r"[A-Z][0-9]{8}", r"[0-9]{9}", r"[0-9]{13,14}"),
    "NE": (r"[A-Z][0-9]{6,8}",),
    "NV": (r"[0-9]{9,10}", r"[0-9]{12}", r"X[0-9]{8}"),
    "NH": (r"[0-9]{2}[A-Z]{3}[0-9]{5}", r"NH[A-Z][0-9]{8}"),
    "NJ": (r"[A-Z][0-9]{14}",),
    "NM": (r"[0-9]{8,9}",),
    "NY": (
        r"[A-Z][0-9]{7}",
        r"[A-Z][0-9]{18}",
        r"[0-9]{8,9}",
        r"[0-9]{16}",
        r"[A-Z]{8}",
    ),
    "NC": (r"[0-9]{1,12}",),
    "ND": (r"[A-Z]{3}[0-9]{6}", r"[0-9]{9}"),
    "OH": (r"[A-Z][0-9]{4,8}", r"[A-Z]{2}[0-9]{3,7}", r"[0-9]{8}"),
    "OK": (r"[A-Z]?[0-9]{9,10}",),
    "OR": (r"[0-9]{1,9}", r"[A-Z][0-9]{6}", r"[A-Z]{2}[0-9]{5}"),
    "PA": (r"[0-9]{8}",),
    "RI": (r"[0-9]{7,8}", r"V[0-9]{6}"),
    "SC": (r"[0-9]{5,11}",),
    "SD": (r"[0-9]{6,10}", r"[0-9]{12}"),
    "TN": (r"[0-9]{7,9}",),
    "TX": (r"[0-9]{7,8}",),
    "UT": (r"[0-9]{4,10}",),
    "VT": (r"[0-9]{8}", r"[0-9]{7}A"),
    "VA": (r"[A-Z][0-9]{8,11}", r"[0-9]{9}"),
    "WA": (r"[A-Z*]{1,7}[A-Z0-9*]{5}", r"WDL[A-Z0-9]{9}"),
    "WV": (r"[0-9]{7}", r"[A-Z]{1,2}[0-9]{5,6}"),
    "WI": (r"[A-Z][0-9]{13}",),
    "WY": (r"[0-9]{9,10}",),
}
"""Forms by state, as AAMVA's verification rules and the states' own pages give them."""
_LEAST_DIGITS, _LEAST_ALONE = 4, 6
"""Digits beside letters, and without any: shorter ones are years and amounts."""
_PHONE = re.compile(r"1?[ -]?[0-9]{3}[ -][0-9]{3}[ -][0-9]{4}")
_GERMAN = re.compile(r"[CFGHJ-NPRTV-Z][CFGHJ-NPRTV-Z0-9]{8}[0-9]?D?")
_US_LICENCE = {state: re.compile("|".join(forms)) for state, forms in US_LICENCES.items()}
_LICENCES = (
    r"[A-Z9]{5}[0-9]{6}[A-Z9]{2}[A-Z0-9]{3}",  # Great Britain
    r"[A-Z]{2}[0-9]{2}(?:19|20)[0-9]{2}[0-9]{7}",  # India
    r"[0-9]{8,10}",  # Australia, Northern Ireland, Spain without its letter
    r"[A-Z]?[0-9]{7,8}[A-Z]?",  # Spain, Ontario's short form, Victoria
    r"[A-Z][0-9]{14}",  # Ontario
    r"[A-Z][0-9]{12}",  # Quebec
    r"[0-9]{6}-?[0-9]{3}",  # Alberta
    r"[0-9]{11,12}",  # Brazil, France
    r"[A-Z][0-9A-Z]{2}[0-9]{6}[0-9A-Z][0-9A-Z]",  # Germany
    r"[A-Z]{2}[0-9]{7}[A-Z]",  # Italy
)
_LICENCE = re.compile("|".join(_LICENCES))


def passport(value: str) -> bool:
    """Written as a country writes its passport numbers."""
    plain = compact(value)
    return bool(_PASSPORT.fullmatch(plain)) and len(set(plain)) > 2 and _digits(plain) >= 3


def german_card(value: str) -> bool:
    """Written as a German identity card: nine signs without vowels, and a check digit at most."""
    plain = compact(value)
    return bool(_GERMAN.fullmatch(plain)) and _digits(plain) >= 3


def states(value: str) -> list[str]:
    """The US states whose licences are written so."""
    plain = compact(value)
    return [state for state, form in _US_LICENCE.items() if form.fullmatch(plain)]


def driver_licence(value: str) -> bool:
    """Written as a US state or another country writes its driver licences."""
    plain = compact(value)
    least = _LEAST_ALONE if plain.isdigit() else _LEAST_DIGITS
    if _digits(plain) < least or len(set(plain)) < 3 or _PHONE.fullmatch(value):
        return False
    return bool(_LICENCE.fullmatch(plain) or states(value))


def _digits(plain: str) -> int:
    return sum(c.isdigit() for c in plain)


CHECKS: dict[str, Callable[[str], bool]] = {
    "passport": passport,
    "driver_licence": driver_licence,
    "german_card": german_card,
}
