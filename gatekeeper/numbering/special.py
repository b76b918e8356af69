"""Which numbers are for emergencies, crises, services, fees or films, and never for messages?

A short number is looked for in every way it can be dialled or disguised; what has to be full
length to mean anything is asked of the finished number. Sources: 3GPP TS 22.101 section 10.1
(emergency numbers that every handset knows), NANPA's N11 and 555 line assignments, 47 CFR
64.1506 (900), EU Decision 2007/116/EC (116xxx), and the library for each region's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE as REGIONS_OF_CODE
from phonenumbers import PhoneNumberType, shortnumberinfo

from gatekeeper.domain.number import Number
from gatekeeper.domain.reason import Reason

_EMERGENCY = frozenset({"911", "112", "999", "000"})
"""Emergency wherever it is dialled from."""

_EMERGENCY_SOMEWHERE = frozenset(
    {"08", "15", "17", "18", "100", "101", "102", "103", "105", "106", "108", "110", "111", "118",
     "119"}
)  # fmt: skip
"""Emergency in some country, and in none a number that takes messages."""

_NANP = frozenset(REGIONS_OF_CODE[1])
_CALLED = REGIONS_OF_CODE | {1: ("US", "CA")}
"""Where a country code leads; a few islands under +1 have police on 211, known by origin."""

_N11 = frozenset({"211", "311", "411", "511", "611", "711", "811"})
_EUROPE = frozenset(
    {"AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR",
     "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE",
     "SI", "SK"}
)  # fmt: skip
_CRISIS: dict[str, frozenset[str]] = {
    "988": _NANP,  # 47 CFR 52.200: Suicide and Crisis Lifeline, in Canada since 2023-11-30
    "933": _NANP,  # test line that stands for 911
    "3114": frozenset({"FR"}),
    "114": frozenset({"FR"}),
    "111": frozenset({"GB"}),
    "131126": frozenset({"AU"}),
    "131114": frozenset({"AU"}),
    "116000": _EUROPE,
    "116006": _EUROPE,
    "116111": _EUROPE,
    "116117": _EUROPE,
    "116123": _EUROPE,
}
_SHORT = 6
"""The longest short number that we know, and how far a prefix may reach in a disguised form."""

_PREFIXES = 3
"""How many prefixes a disguise may pile up; `1111111111` is nobody's emergency call."""

_TRUNKS = ("011", "00", "0", "1")
_ABROAD = ("011", "00")


def short_number(digits: str, plus: bool, origins: Iterable[str]) -> Reason | None:
    """Whether a dialled string is exactly a number for emergencies, crises or services.

    The string is tried as it stands and without up to three prefixes: access codes, trunk
    prefixes and, after `+` or an international prefix, country codes.
    """
    forms = _forms(digits, plus, tuple(origins))
    return gravest(_exact(form, regions) for form, regions in forms)


def extension(digits: str, plus: bool, origins: Iterable[str]) -> Reason | None:
    """The same for what may also be an extension of an office (`sip:101@...`).

    Only the emergency numbers of the origins and of all the world, and crisis lines, count.
    """
    reason = short_number(digits, plus, origins)
    if reason is Reason.DESTINATION_SERVICE or digits in _EMERGENCY_SOMEWHERE - _own(origins):
        return None
    return reason


def gravest(reasons: Iterable[Reason | None]) -> Reason | None:
    """Emergency before crisis before service; None if there is none of them."""
    found = frozenset(reasons)
    return next((reason for reason in _WORST_FIRST if reason in found), None)


def starts_emergency(digits: str, plus: bool, origins: Iterable[str]) -> bool:
    """Whether an exchange would connect to an emergency service before the string ends.

    Asked only of what is no valid number: `9110` and `91199` ring 911, `+12129110000` does not.
    """
    origins = tuple(origins)
    if not plus and _connects(digits, origins):
        return True
    return any(
        _connects(form, regions)
        for form, regions in _forms(digits, plus, origins)
        if len(form) <= _SHORT
    )


def full_number(number: Number) -> tuple[Reason, str] | None:
    """Whether a valid number is premium, a help line, a directory service or kept for films."""
    if number.npa is not None:
        found = nanp_line(number.npa, number.e164[5:8], number.e164[8:])
        if found:
            return found
    parsed = phonenumbers.parse(number.e164)
    short = _exact(phonenumbers.national_significant_number(parsed), frozenset({number.region}))
    if short:
        return short, "It is a help line's short number behind its country code."
    if kind_of(number).endswith("premium_rate"):
        return Reason.DESTINATION_PREMIUM, "It is a premium-rate number."
    return None


def nanp_line(npa: str, exchange: str, line: str) -> tuple[Reason, str] | None:
    """The same for a number of the North American plan, without asking the library."""
    if npa == "900":
        return Reason.DESTINATION_PREMIUM, "It is a 900 number, charged to whoever calls it."
    if exchange == "976":
        return Reason.DESTINATION_PREMIUM, "It is a 976 number, charged to whoever calls it."
    if exchange == "555" and line == "1212":
        return Reason.DESTINATION_SERVICE, "It is directory assistance."
    if exchange == "555" and line.startswith("01"):
        return Reason.DESTINATION_FICTIONAL, "Numbers 555-0100 to 555-0199 are kept for fiction."
    return None


@lru_cache(maxsize=16384)
def kind_of(number: Number) -> str:
    """The library's word for a number: `mobile`, `voip`, `premium_rate`, `toll_free` ...

    `international_toll_free`, `international_premium_rate` and so on for codes that belong to
    no country (+800, +882, +979).
    """
    kind = phonenumbers.number_type(phonenumbers.parse(number.e164))
    word = PhoneNumberType.to_string(kind).lower()
    return f"international_{word}" if number.region == "001" else word


_WORST_FIRST = (
    Reason.DESTINATION_EMERGENCY,
    Reason.DESTINATION_CRISIS,
    Reason.DESTINATION_SERVICE,
)


def _exact(form: str, regions: frozenset[str]) -> Reason | None:
    if not 2 <= len(form) <= _SHORT:
        return None
    if regions & _CRISIS.get(form, frozenset()):
        return Reason.DESTINATION_CRISIS
    if form in _EMERGENCY | _EMERGENCY_SOMEWHERE or _is_emergency(form, regions):
        return Reason.DESTINATION_EMERGENCY
    return Reason.DESTINATION_SERVICE if form in _N11 and regions & _NANP else None


def _is_emergency(form: str, regions: Iterable[str]) -> bool:
    return any(shortnumberinfo.is_emergency_number(form, region) for region in regions)


def _own(origins: Iterable[str]) -> frozenset[str]:
    """Those of the lesser emergency numbers that ring where the call is from."""
    regions = tuple(origins)
    return frozenset(n for n in _EMERGENCY_SOMEWHERE if _is_emergency(n, regions))


def _connects(form: str, regions: Iterable[str]) -> bool:
    return any(shortnumberinfo.connects_to_emergency_number(form, r) for r in regions)


def _forms(
    digits: str, plus: bool, origins: tuple[str, ...]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Every string that may remain to be dialled, with the regions in which it may be."""
    layer = {(digits, plus, frozenset(origins))}
    for _ in range(_PREFIXES + 1):
        layer = {form for form in layer if len(form[0]) > 1}
        yield from ((form, regions) for form, _, regions in layer)
        layer = {shorter for form in layer for shorter in _shorter(*form)}


def _shorter(
    digits: str, abroad: bool, regions: frozenset[str]
) -> Iterator[tuple[str, bool, frozenset[str]]]:
    """The string without one prefix: an access code, a trunk prefix or a country code."""
    for prefix in _TRUNKS:
        if digits.startswith(prefix):
            yield digits.removeprefix(prefix), prefix in _ABROAD, regions
    if not abroad or digits.startswith("0"):
        return
    for length in (1, 2, 3):
        called = _CALLED.get(int(digits[:length]))
        if called:
            yield digits[length:], False, regions | frozenset(called)
