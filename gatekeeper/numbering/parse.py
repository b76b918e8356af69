"""Which one number does an address mean? One canonical E.164, or a reason to refuse.

An address is read as digits with at most one `+` before them and the usual punctuation between.
What a provider could read in another way is refused, not guessed: extensions, URI parameters,
pauses, control characters, signs that only look like digits, letters other than one plain
vanity number (`1-800-FLOWERS`), a number that the origins read differently, a `+` number with
more digits than its canonical form (but for the customary trunk zero, `+44 (0)20`). The caller
compares `Reading.number.e164` with what it is about to forward.
"""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberType

from gatekeeper.domain.number import Number, Reading
from gatekeeper.domain.reason import Reason
from gatekeeper.numbering.dialled import rings_at_address, rings_emergency, rings_exactly
from gatekeeper.numbering.nanp import AREA_CODES, Kind
from gatekeeper.numbering.special import full_number, nanp_line
from gatekeeper.numbering.spelling import digits_of, has_pictured_digits, keyed, plain

LONGEST = 256
"""Characters of an address that are looked at; no number or SIP address needs as many."""

_ADDRESS = re.compile(r"(?:sips?|client):", re.IGNORECASE)
_TEL = re.compile(r"tel:", re.IGNORECASE)
_NUMBER = re.compile(r"\(?\+?[ .(-]*[0-9][0-9 ().\-/]*")
_VANITY = re.compile(r"\+?1?([2-9][0-9]{2}[0-9A-Za-z]{7})")
_NANP_PREMIUM = re.compile(r"\+?1?900[0-9]{7}")
_SHORT = 6
"""Up to so many digits a short number is looked for before a full one."""

_SHORT_NUMBERS = {
    Reason.DESTINATION_EMERGENCY: "It rings an emergency service.",
    Reason.DESTINATION_CRISIS: "It rings a crisis or emergency test line.",
    Reason.DESTINATION_SERVICE: "It is a public service code (N11).",
}

_PLACELESS = frozenset(
    {
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.VOIP,
        PhoneNumberType.PERSONAL_NUMBER,
        PhoneNumberType.UAN,
        PhoneNumberType.VOICEMAIL,
    }
)


def read(raw: str, origins: tuple[str, ...] = ("US",)) -> Reading:
    """Read an address as dialled from the origins (CLDR regions of sender and recipient).

    `problem` is set for what may never be sent to (destination.emergency, .crisis, .service,
    .invalid) and for valid numbers that need a rule (.premium, .fictional, directory .service),
    which keep their number. A `sip:` or `client:` address is no phone number: it has a problem
    only if its user part would ring one of the short numbers. Never raises on any text.
    """
    if len(raw) > LONGEST:
        return _refused("It is too long for a number.")
    return _read(raw, origins)


@lru_cache(maxsize=16384)
def _read(raw: str, origins: tuple[str, ...]) -> Reading:
    return _canonical_nanp(raw) or _spelled(raw, origins)


def _canonical_nanp(raw: str) -> Reading | None:
    """`+1NXXNXXXXXX` of an area code whose exchanges are all in service, without the library."""
    if len(raw) != 12 or raw[:2] != "+1" or not raw.isascii() or not raw[2:].isdigit():
        return None
    row = AREA_CODES.get(raw[2:5])
    if row is None or raw[5] < "2" or row.kind not in (Kind.GEOGRAPHIC, Kind.TOLL_FREE):
        return None
    free = row.kind is Kind.TOLL_FREE
    number = Number(raw, row.region, row.npa, toll_free=free, geographic=not free)
    problem, detail = nanp_line(row.npa, raw[5:8], raw[8:]) or (None, "")
    return Reading(number, problem, detail)


def _spelled(raw: str, origins: tuple[str, ...]) -> Reading:
    text = plain(raw)
    if _ADDRESS.match(text.lstrip()):
        return _at_address(text, origins)
    short = len(digits_of(text)) <= _SHORT or _has_letters(text)
    rings = rings_exactly(text, origins) if short else None
    if rings:
        return _rings(rings)
    number = None if has_pictured_digits(raw) else _number(text, origins)
    if number is None:
        return _unreadable(text, origins)
    problem, detail = full_number(number) or (None, "")
    if problem in (Reason.DESTINATION_EMERGENCY, Reason.DESTINATION_CRISIS):
        return _rings(problem)
    return Reading(number, problem, detail)


def _at_address(text: str, origins: tuple[str, ...]) -> Reading:
    rings = rings_at_address(text, origins)
    return (
        _rings(rings) if rings else Reading(None, None, "It is an address, not a telephone number.")
    )


def _rings(reason: Reason) -> Reading:
    return Reading(None, reason, _SHORT_NUMBERS[reason])


def _unreadable(text: str, origins: tuple[str, ...]) -> Reading:
    """Why an address that is no valid number is refused, the gravest reason first."""
    rings = rings_exactly(text, origins)
    if rings:
        return _rings(rings)
    digits = digits_of(text)
    if not text.lstrip().startswith("+") and _valid(f"+{digits}", None):
        return _refused("A full international number needs its plus sign.")
    if rings_emergency(text, origins):
        return _rings(Reason.DESTINATION_EMERGENCY)
    if _NANP_PREMIUM.fullmatch(re.sub(r"[ ().-]", "", text)):
        return Reading(
            None, Reason.DESTINATION_PREMIUM, "It is a 900 number, charged to whoever calls it."
        )
    return _refused(
        "It is no valid number, or can be read in two ways: write E.164, a plus sign and digits."
    )


def _refused(detail: str) -> Reading:
    return Reading(None, Reason.DESTINATION_INVALID, detail)


def _has_letters(text: str) -> bool:
    return any(char.isalpha() for char in text)


def _number(text: str, origins: tuple[str, ...]) -> Number | None:
    """The one valid number that the text spells, None if there is none or more than one."""
    body = _TEL.sub("", text.strip(" "), count=1)
    if _has_letters(body):
        return _vanity(body)
    if not _NUMBER.fullmatch(body):
        return None
    digits = digits_of(body)
    if "+" in body:
        return _international(digits)
    found = {_national(digits, origin) for origin in origins} - {None}
    return found.pop() if len(found) == 1 else None


def _international(digits: str) -> Number | None:
    parsed = _valid(f"+{digits}", None)
    if parsed is None:
        return _newer(f"+{digits}")
    number, code = _canonical(parsed), str(parsed.country_code)
    spelled = number.e164[1:]
    with_trunk = f"{code}0{spelled[len(code) :]}"
    return number if digits in (spelled, with_trunk) else None


def _national(digits: str, origin: str) -> Number | None:
    parsed = _valid(digits, origin)
    if parsed is None:
        return _newer("+1" + digits[-10:]) if _is_nanp(digits, origin) else None
    ends_so = digits.endswith(phonenumbers.national_significant_number(parsed))
    return _canonical(parsed) if ends_so else None


def _newer(e164: str) -> Number | None:
    """A number of an area code that our table has before the library does (436, 621 ...)."""
    reading = _canonical_nanp(e164)
    return reading.number if reading else None


def _is_nanp(digits: str, origin: str) -> bool:
    """Whether these digits, dialled there, are ten of the North American plan."""
    plan = phonenumbers.country_code_for_region(origin)
    return plan == 1 and len(digits.removeprefix("1")) == 10


def _vanity(body: str) -> Number | None:
    """A North American number with at least three letters for digits, and nothing after it."""
    found = _VANITY.fullmatch(re.sub(r"[ ().-]", "", body))
    if not found or sum(map(str.isalpha, found.group(1))) < 3:
        return None
    ours = _valid("+1" + keyed(found.group(1)), None)
    return _canonical(ours) if ours and ours == _valid(body, "US") else None


def _valid(digits: str, origin: str | None) -> PhoneNumber | None:
    """What the library reads, if it is a valid number written as its digits and a prefix."""
    try:
        parsed = phonenumbers.parse(digits, origin)
    except NumberParseException:
        return None
    if parsed.extension or not phonenumbers.is_valid_number(parsed):
        return None
    return parsed


def _canonical(parsed: PhoneNumber) -> Number:
    kind = phonenumbers.number_type(parsed)
    national = phonenumbers.national_significant_number(parsed)
    return Number(
        e164=f"+{parsed.country_code}{national}",
        region=phonenumbers.region_code_for_number(parsed) or "001",
        npa=national[:3] if parsed.country_code == 1 else None,
        toll_free=kind == PhoneNumberType.TOLL_FREE,
        geographic=kind not in _PLACELESS and kind != PhoneNumberType.UNKNOWN,
    )
