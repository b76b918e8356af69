"""Does every address mean one canonical number, or is it refused with the right reason?"""

from __future__ import annotations

import random
import timeit
from collections.abc import Iterable

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneNumberType

from gatekeeper.domain.number import Number
from gatekeeper.domain.reason import Reason
from gatekeeper.numbering import parse
from gatekeeper.numbering.nanp import AREA_CODES
from gatekeeper.numbering.parse import LONGEST, read
from gatekeeper.numbering.spelling import digits_of, keyed, plain
from tests.support.area_codes import unknown_to_library

EMERGENCY = Reason.DESTINATION_EMERGENCY
CRISIS = Reason.DESTINATION_CRISIS
SERVICE = Reason.DESTINATION_SERVICE
INVALID = Reason.DESTINATION_INVALID
PREMIUM = Reason.DESTINATION_PREMIUM
FICTIONAL = Reason.DESTINATION_FICTIONAL

MANHATTAN = Number("+12122000123", "US", "212")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("1-900-555-1234", PREMIUM),
        ("+19002000123", PREMIUM),
        ("900 123 4567", PREMIUM),
        ("+1 900-123-4567", PREMIUM),
        ("+12129761234", PREMIUM),
        ("212-976-1234", PREMIUM),
        ("+448701234567", PREMIUM),
        ("+449012345678", PREMIUM),
        ("+979123456789", PREMIUM),
        ("+12125551212", SERVICE),
        ("800-555-1212", SERVICE),
        ("+12125550100", FICTIONAL),
        ("(212) 555-0199", FICTIONAL),
        ("+18005550123", FICTIONAL),
        ("+12125550099", None),
        ("+12125550200", None),
        ("+12125551211", None),
        ("+12129751234", None),
    ],
)
def test_full_numbers_that_need_a_rule(raw: str, reason: Reason | None) -> None:
    assert read(raw).problem is reason


def test_fiction_keeps_its_number_so_that_a_sandbox_may_send() -> None:
    assert read("+12125550123").number == Number("+12125550123", "US", "212")


@pytest.mark.parametrize(
    "raw",
    [
        "+12122000123",
        "+1 212 200 0123",
        "+1 (212) 200-0123",
        "(212) 200-0123",
        "(+1) 212.200.0123",
        "212/200-0123",
        "2122000123",
        "12122000123",
        "tel:+1-212-200-0123",
        "＋１２１２２０００１２３",
        "+١٢١٢٢٠٠٠١٢٣",
        "\u202a+12122000123\u202c",
        "+1\u00a0212\u2011200\u20110123",
        " +12122000123 ",
    ],
)
def test_one_number_in_many_spellings_is_one_canonical_number(raw: str) -> None:
    assert read(raw).number == MANHATTAN


@pytest.mark.parametrize(
    ("raw", "origins", "e164"),
    [
        ("+44 (0)20 7946 0000", ("US",), "+442079460000"),
        ("020 7946 0000", ("GB",), "+442079460000"),
        ("011 44 20 7946 0000", ("US",), "+442079460000"),
        ("00 44 20 7946 0000", ("FR",), "+442079460000"),
        ("+39 06 1234 5678", ("US",), "+390612345678"),
        ("1-800-FLOWERS", ("US",), "+18003569377"),
        ("+1 800 flowers", ("US",), "+18003569377"),
        ("7911123456", ("US", "GB"), "+447911123456"),
    ],
)
def test_customary_prefixes_and_plain_vanity_numbers_have_one_meaning(
    raw: str, origins: tuple[str, ...], e164: str
) -> None:
    found = read(raw, origins)
    assert found.number is not None
    assert found.number.e164 == e164


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        "+",
        "abc",
        "+1",
        "+1212200012",
        "+121220001234",
        "2000123",
        "+12122000123x5",
        "+12122000123 ext. 5",
        "+12122000123;ext=5",
        "tel:+12122000123;isub=1",
        "+12122000123,,1",
        "+12122000123#",
        "+12122000123 5",
        "+12122000123/24",
        "+12122000123 or +12122000124",
        "+12122000123\n",
        "+1212\x002000123",
        "+1+2122000123",
        "++12122000123",
        "12122000123+",
        "+112122000123",
        "+1 1 212 200 0123",
        "+01144207946000",
        "+00442079460000",
        "00442079460000",
        "+1212200012³",
        "+1212200012①",
        "800-FLOWERS-NOW",
        "1-800-GO-FEDEXX",
        "212-200-01AB",
        "O12122000123",
        "+l2122000123",
        "whatsapp:+12122000123",
        "6.02e23",
        "1111111111",
        "0000000000",
        "1" * LONGEST,
        "1" * 100_000,
        "١" * 300,
    ],
)
def test_what_is_unfinished_or_has_two_readings_is_refused(raw: str) -> None:
    assert (read(raw).number, read(raw).problem) == (None, INVALID)


def test_a_number_that_the_origins_read_differently_is_refused() -> None:
    """In New Jersey or in London: nobody can tell."""
    raw = "2012345678"
    here, there = read(raw, ("US",)).number, read(raw, ("GB",)).number
    assert here and there and here != there
    assert read(raw, ("US", "GB")).problem is INVALID


@pytest.mark.parametrize("scheme", ["sip", "sips", "SIP", "client"])
def test_the_user_part_of_an_address_may_ring_an_emergency_line(scheme: str) -> None:
    for user in (
        "911",
        "+1911",
        "+911",
        "9-1-1",
        "%39%31%31",
        "911;ext=5",
        "112",
        "1911",
        "９１１",
    ):
        assert read(f"{scheme}:{user}@voip.example.com").problem is EMERGENCY, user
    assert read(f"{scheme}:988@voip.example.com").problem is CRISIS
    assert read(f"{scheme}:110@voip.example.com", ("DE",)).problem is EMERGENCY


@pytest.mark.parametrize(
    "raw",
    [
        "sip:bob@example.com",
        "sip:agent911@example.com",
        "sip:101@pbx.example.com",
        "sip:211@pbx.example.com",
        "sip:+12122000123@911.example.com",
        "client:15",
        "client:joe",
        "sip:anonymous@anonymous.invalid",
    ],
)
def test_other_addresses_are_no_phone_numbers_and_no_problem(raw: str) -> None:
    assert (read(raw).number, read(raw).problem) == (None, None)


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("+18002000123", Number("+18002000123", "US", "800", toll_free=True, geographic=False)),
        ("+15002000123", Number("+15002000123", "US", "500", geographic=False)),
        ("+17872000123", Number("+17872000123", "PR", "787")),
        ("+18092000123", Number("+18092000123", "DO", "809")),
        ("+16045550200", Number("+16045550200", "CA", "604")),
        ("+447400123456", Number("+447400123456", "GB")),
        ("+80012345678", Number("+80012345678", "001", toll_free=True, geographic=False)),
        ("+88213300655", Number("+88213300655", "001", geographic=False)),
    ],
)
def test_the_number_tells_its_plan_and_whether_it_says_where(raw: str, number: Number) -> None:
    assert read(raw).number == number


@given(st.text(max_size=40), st.sampled_from([("US",), ("GB", "US"), ("ZZ",), ()]))
def test_no_text_makes_the_reader_raise(raw: str, origins: tuple[str, ...]) -> None:
    found = read(raw, origins)
    assert found.number is None or found.number.e164.startswith("+")


TELEPHONIC = st.text("0123456789+-() .,;xwp*#@:telsip%９٣\u200b\n", max_size=24)


@given(TELEPHONIC)
@settings(max_examples=400)
def test_a_canonical_number_reads_as_itself(raw: str) -> None:
    number = read(raw).number
    assert number is None or read(number.e164).number == number


@given(TELEPHONIC)
@settings(max_examples=400)
def test_a_number_has_no_digit_that_nobody_wrote(raw: str) -> None:
    number = read(raw).number
    assert number is None or digits_of(keyed(plain(raw))).endswith(number.e164[-6:])


GEOGRAPHIC = {
    PhoneNumberType.FIXED_LINE,
    PhoneNumberType.MOBILE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE,
}


NEWER = unknown_to_library()


@pytest.mark.parametrize("npa", sorted(NEWER))
def test_a_code_that_the_library_has_not_heard_of_is_read_in_every_spelling(npa: str) -> None:
    written = f"+1{npa}2345678"
    found = read(written).number
    assert found is not None
    assert (found.e164, found.npa, found.region) == (written, npa, "US")
    for spelling in (f"({npa}) 234-5678", f"1-{npa}-234-5678", f"+1 {npa} 234 5678"):
        assert read(spelling, ("US", "CA")).number == found, spelling
    assert read(f"{npa} 234 5678", ("GB",)).number is None
    assert read(f"+1{npa}1345678").number is None
    assert read(f"{npa}234567", ("US",)).number is None


def compare(numbers: Iterable[str]) -> int:
    """Ask our own path and the library; the answers must be equal wherever ours gives one."""
    answered = 0
    for raw in numbers:
        ours = parse._canonical_nanp(raw)
        if ours is None or raw[2:5] in NEWER:
            continue
        answered += 1
        theirs = phonenumbers.parse(raw)
        kind = phonenumbers.number_type(theirs)
        assert ours.number is not None
        assert phonenumbers.is_valid_number(theirs), raw
        assert phonenumbers.region_code_for_number(theirs) == ours.number.region, raw
        assert (kind == PhoneNumberType.TOLL_FREE) == ours.number.toll_free, raw
        assert (kind in GEOGRAPHIC) == ours.number.geographic, raw
        assert ours == parse._spelled(raw, ("US",)), raw
    return answered


def test_the_fast_path_reads_as_the_library_does() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    lines = ("0000", "0100", "0199", "0200", "1212", "9999")
    sample = (
        f"+1{chance.randrange(1000):03}{chance.choice((chance.randrange(1000), 555, 976, 911)):03}"
        f"{chance.choice((*lines, f'{chance.randrange(10000):04}'))}"
        for _ in range(12000)
    )
    assert compare(sample) > 2500


@pytest.mark.full
@pytest.mark.timeout(900)
def test_the_fast_path_reads_as_the_library_does_for_every_prefix() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    every = (
        f"+1{npa:03}{nxx:03}{chance.randrange(10000):04}"
        for npa in range(1000)
        for nxx in range(1000)
    )
    fast = [row for row in AREA_CODES.values() if row.kind in ("geographic", "toll_free")]
    assert compare(every) == 800 * (len(fast) - len(NEWER))


def test_reading_is_cheap() -> None:
    """A hit costs under a microsecond, a new canonical number under 30 (best of several)."""
    read("+12122000123")
    hit = min(timeit.repeat(lambda: read("+12122000123"), number=2000, repeat=7)) / 2000
    fresh = iter([f"+1212200{n:04}" for n in range(10000)])
    cold = min(timeit.repeat(lambda: read(next(fresh)), number=1000, repeat=7)) / 1000
    print(f"hit {hit * 1e6:.2f} us, cold {cold * 1e6:.2f} us")
    assert hit < 2e-6
    assert cold < 30e-6
