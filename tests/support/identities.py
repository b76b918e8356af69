"""Valid numbers of people, as they write them beside their name."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping

from stdnum import iban

from gatekeeper.domain.words import Family, Likelihood

Texts = Callable[[random.Random], Iterator[str]]

_BANKS = {
    "DE": "n18",
    "GB": "a4n14",
    "FR": "n10x11n2",
    "ES": "n20",
    "NL": "a4n10",
    "IT": "a1n10x12",
}
_STATES = {
    "California": "a1n7",
    "Texas": "n8",
    "Florida": "a1n12",
    "New York": "n9",
    "Illinois": "a1n11",
    "Pennsylvania": "n8",
    "Ohio": "a2n6",
    "Georgia": "n9",
    "Michigan": "a1n12",
    "Washington": "a7n3x2",
}
_PASSPORTS = ("n9", "a1n8", "a2n7")
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_OF = {"n": "0123456789", "a": _LETTERS, "x": _LETTERS + "0123456789"}


def shaped(source: random.Random, shape: str) -> str:
    """Digits (n), letters (a) or either (x), each with its count."""
    parts, kind, count = [], "", ""
    for character in shape + " ":
        if character.isdigit():
            count += character
            continue
        if kind:
            parts += source.choices(_OF[kind], k=int(count))
        kind, count = character, ""
    return "".join(parts)


def ssn(source: random.Random) -> str:
    """Area, group and serial as the SSA issues them."""
    area = source.choice([*range(1, 666), *range(667, 900)])
    return f"{area:03}-{source.randint(1, 99):02}-{source.randint(1, 9999):04}"


def valid_iban(source: random.Random) -> str:
    """An IBAN with its check digits, in fours or without gaps."""
    while True:
        country, shape = source.choice(list(_BANKS.items()))
        account = shaped(source, shape)
        written = iban.calc_check_digits(f"{country}00{account}")
        number = f"{country}{written}{account}"
        if iban.is_valid(number):
            gap = source.choice(("", " "))
            return gap.join(number[i : i + 4] for i in range(0, len(number), 4))


def _ssns(source: random.Random) -> Iterator[str]:
    while True:
        cue = source.choice(("my SSN is {}", "Social Security number {}, thanks", "ssn: {}"))
        yield cue.format(ssn(source))


def _ibans(source: random.Random) -> Iterator[str]:
    while True:
        cue = source.choice(("my IBAN is {}", "pay to IBAN {} today", "Bank account: {}"))
        yield cue.format(valid_iban(source))


def _own_ibans(source: random.Random) -> Iterator[str]:
    while True:
        cue = source.choice(("my IBAN is {}", "refund me to my account {}", "mon IBAN : {}"))
        yield cue.format(valid_iban(source))


def _licences(source: random.Random) -> Iterator[str]:
    while True:
        state, shape = source.choice(list(_STATES.items()))
        cue = source.choice(
            ("my {} driver's license is {}", "{} driver license number: {}", "{} DL # {}")
        )
        yield cue.format(state, shaped(source, shape))


def _passports(source: random.Random) -> Iterator[str]:
    while True:
        number = shaped(source, source.choice(_PASSPORTS))
        cue = source.choice(("my passport number is {}", "Passport no. {}", "passport: {}"))
        yield cue.format(number)


WRITTEN: Mapping[str, tuple[Family, Likelihood, Texts]] = {
    "ssn": (Family.GOVERNMENT_ID, Likelihood.LIKELY, _ssns),
    "iban": (Family.PAYMENT, Likelihood.POSSIBLE, _ibans),
    "own_iban": (Family.PAYMENT, Likelihood.LIKELY, _own_ibans),
    "driver_licence": (Family.GOVERNMENT_ID, Likelihood.LIKELY, _licences),
    "passport": (Family.GOVERNMENT_ID, Likelihood.LIKELY, _passports),
}
"""Texts that tell a number of that kind, with the family and likelihood in which it must be found.

An account on an invoice is everyday business and only marked; a person's own is stopped.
"""
