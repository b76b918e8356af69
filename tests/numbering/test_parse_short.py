"""Is every short number that rings for help or service known in every disguise?"""

from __future__ import annotations

from collections.abc import Callable

import phonenumbers
import pytest
from phonenumbers import PhoneNumberType

from gatekeeper.domain.number import Number
from gatekeeper.domain.reason import Reason
from gatekeeper.numbering.parse import read

EMERGENCY = Reason.DESTINATION_EMERGENCY
CRISIS = Reason.DESTINATION_CRISIS
SERVICE = Reason.DESTINATION_SERVICE
INVALID = Reason.DESTINATION_INVALID
PREMIUM = Reason.DESTINATION_PREMIUM
FICTIONAL = Reason.DESTINATION_FICTIONAL

MANHATTAN = Number("+12122000123", "US", "212")

NANP_SHORT = {"911": EMERGENCY, "112": EMERGENCY, "988": CRISIS, "933": CRISIS} | {
    f"{n}11": SERVICE for n in range(2, 9)
}

DISGUISES = (
    "{0}",
    "{0[0]}-{0[1]}-{0[2]}",
    "{0[0]} {0[1]} {0[2]}",
    "{0[0]}.{0[1]}.{0[2]}",
    "{0[0]}\u200b{0[1]}\u2060{0[2]}",
    "{0[0]}\u00ad{0[1]}\ufeff{0[2]}",
    "\u202a{0}\u202c",
    " {0} ",
    "{0}\n",
    "\t{0}",
    "{0[0]}\n{0[1]}\r{0[2]}",
    "{0}\x00",
    "({0})",
    '"{0}"',
    "+{0}",
    "++{0}",
    "+1{0}",
    "1{0}",
    "+1 {0}",
    "+1-{0}",
    "(+1) {0}",
    "+1 1 {0}",
    "11{0}",
    "0{0}",
    "00{0}",
    "001{0}",
    "011{0}",
    "0111{0}",
    "+011{0}",
    "011 1 {0}",
    "{0};ext=5",
    "{0};phone-context=+1",
    "{0}x5",
    "{0} x 123",
    "{0} ext. 5",
    "{0},,5",
    "{0}w5",
    "{0}p5",
    "{0}#",
    "{0}*",
    "*67{0}",
    "*67 {0}",
    "#31#{0}",
    "{0[0]}w{0[1]}w{0[2]}",
    "{0[0]},{0[1]},{0[2]}",
    "tel:{0}",
    "TEL:{0}",
    "tel://{0}",
    "tel:+1{0}",
    "tel:{0};phone-context=+1",
    "whatsapp:{0}",
    "whatsapp:+{0}",
    "sms:{0}",
)


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def in_script(text: str, zero: str) -> str:
    return "".join(chr(ord(zero) + int(c)) if c.isdecimal() and c.isascii() else c for c in text)


SCRIPTS: dict[str, Callable[[str], str]] = {
    "ascii": str,
    "full-width": full_width,
    "arabic-indic": lambda text: in_script(text, "٠"),
    "devanagari": lambda text: in_script(text, "०"),
    "mathematical": lambda text: in_script(text, "𝟎"),
}


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("disguise", DISGUISES)
def test_short_numbers_are_known_in_every_disguise(disguise: str, script: str) -> None:
    for short, reason in NANP_SHORT.items():
        raw = SCRIPTS[script](disguise.format(short))
        found = read(raw)
        assert (found.problem, found.number) == (reason, None), raw


PICTURED = ("⁹¹¹", "①①②", "9️⃣1️⃣1️⃣", "₉₁₁", "⑨①①", "W11", "tel:%39%31%31", "urn:service:sos")


@pytest.mark.parametrize("raw", [*PICTURED, "URN:service:sos.police", "sip:urn:service:sos@host"])
def test_pictures_of_digits_and_other_names_of_911_are_911(raw: str) -> None:
    assert read(raw).problem is EMERGENCY


ABROAD = [
    ("GB", "44", "999", EMERGENCY),
    ("GB", "44", "112", EMERGENCY),
    ("GB", "44", "111", CRISIS),
    ("GB", "44", "116123", CRISIS),
    ("FR", "33", "15", EMERGENCY),
    ("FR", "33", "17", EMERGENCY),
    ("FR", "33", "18", EMERGENCY),
    ("FR", "33", "112", EMERGENCY),
    ("FR", "33", "114", CRISIS),
    ("FR", "33", "3114", CRISIS),
    ("AU", "61", "000", EMERGENCY),
    ("AU", "61", "106", EMERGENCY),
    ("AU", "61", "131126", CRISIS),
    ("AU", "61", "131114", CRISIS),
    ("DE", "49", "110", EMERGENCY),
    ("DE", "49", "116111", CRISIS),
    ("IN", "91", "100", EMERGENCY),
    ("IN", "91", "101", EMERGENCY),
    ("IN", "91", "108", EMERGENCY),
    ("NZ", "64", "111", EMERGENCY),
    ("JP", "81", "119", EMERGENCY),
    ("CN", "86", "110", EMERGENCY),
]


@pytest.mark.parametrize(("region", "code", "short", "reason"), ABROAD)
def test_short_numbers_abroad_ring_from_there_and_from_here(
    region: str, code: str, short: str, reason: Reason
) -> None:
    """In the sender's region as dialled, in the recipient's behind its country code."""
    for raw in (short, " ".join(short), full_width(short), f"tel:{short}", f"{short};ext=1"):
        assert read(raw, (region,)).problem is reason, raw
        assert read(raw, ("US", region)).problem is reason, raw
    for raw in (f"+{code}{short}", f"+{code} {short}", f"011{code}{short}", f"00{code}{short}"):
        assert read(raw).problem is reason, raw


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_what_the_library_calls_an_emergency_number_is_one_in_its_region(region: str) -> None:
    shorts = [f"{n:03}" for n in range(1000)] + [f"{n:02}" for n in range(100)]
    for short in shorts:
        if phonenumbers.is_emergency_number(short, region):
            assert read(short, (region,)).problem in (EMERGENCY, CRISIS), short


@pytest.mark.parametrize("raw", ["9110", "91199", "1-9110", "+1 9110", "+191199", "9112345678"])
def test_an_exchange_rings_911_before_the_rest_is_dialled(raw: str) -> None:
    assert read(raw).problem is EMERGENCY


@pytest.mark.parametrize(
    "raw",
    [
        "+12129110000",
        "+12122000911",
        "+12122009110",
        "+19785551911",
        "+13112000123",
        "+442079460000",
        "+441144960000",
        "+911123456789",
        "+91112345678",
        "+33112345678",
        "+61293744000",
        "+49110123456",
        "+390112345678",
        "+8611012345678",
        "+19119119111",
        "+19112345678",
        "+441114960000",
        "19112345678",
        "911123456789",
        "+15005550006",
    ],
)
def test_a_full_number_that_contains_911_is_no_emergency(raw: str) -> None:
    assert read(raw).problem in (None, INVALID)


def test_no_example_number_of_any_country_is_taken_for_a_short_one() -> None:
    for region in phonenumbers.SUPPORTED_REGIONS:
        for kind in (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE):
            example = phonenumbers.example_number_for_type(region, kind)
            if example is None:
                continue
            raw = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
            found = read(raw)
            assert found.number and found.number.e164 == raw
            assert found.problem in (None, FICTIONAL), raw
