"""Are ids of all countries found in the sentences of people, and bare numbers left alone?"""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from gatekeeper.domain.words import Family
from tests.support.content_rules import ruled
from tests.support.ids import Section, sections
from tests.support.slots import filled

FAMILIES = {Family.PAYMENT.value, Family.GOVERNMENT_ID.value}
STRICT = {"us_ssn": 0.995, "iban": 0.995}
DOCUMENTS = ("licence", "passport")
MARKED = {"iban", "us_ein", "br_cnpj", "uk_bank_account", "au_bank_account", "ca_bank_account",
          "in_bank_account", "mx_clabe", "au_licence", "ke_id"}  # fmt: skip
"""Marked alone, stopped as a person's own: a company sends the same every day, or tradesmen print
one (`licence no.`), or anything is numbered so (`id no.`)."""


@cache
def found(section: Section) -> tuple[int, int, tuple[str, ...]]:
    """Texts found, texts stopped, and those missed."""
    said = [(text, ruled(text)) for text in section.texts(random.Random(5))]
    missed = tuple(text for text, one in said if not one.families() & FAMILIES)
    stopped = sum(any(m.family.value in FAMILIES for m in one.stopping()) for _, one in said)
    return len(said) - len(missed), stopped, missed


def least(what: str) -> float:
    """The share of an id's texts that must be found."""
    return STRICT.get(what) or (0.9 if what.endswith(DOCUMENTS) else 0.95)


@pytest.mark.parametrize("section", sections(), ids=lambda section: section.what)
def test_an_id_in_a_sentence_is_found_and_stopped(section: Section) -> None:
    count, stopped, missed = found(section)
    texts = count + len(missed)
    print(f"{section.what}: found {count / texts:.3f}, stopped {stopped / texts:.3f} of {texts}")
    assert texts >= 8
    assert count / texts >= least(section.what), missed
    assert section.what in MARKED or stopped / texts >= 0.9


def test_every_country_and_kind_is_held_by_sentences() -> None:
    kinds = Counter(section.what for section in sections())
    assert len(kinds) >= 100
    assert all(
        len(section.sentences) >= 4 or section.what == "card_track" for section in sections()
    )


NOUNS = ("Order", "Ref", "Tracking", "Invoice", "Ticket", "Booking", "UPI ref", "Parcel", "Txn",
         "Case", "Call", "Meter", "Claim", "Pedido", "Commande", "Sendung")  # fmt: skip


def test_numbers_of_any_length_that_a_business_names_are_left_alone() -> None:
    source, stopped = random.Random(6), []
    for _ in range(3_000):
        number = "".join(source.choices("0123456789", k=source.randint(6, 20)))
        text = f"{source.choice(NOUNS)} {number} is ready."
        stopped += [text] if ruled(text).stopping() else []
    print(f"{len(stopped)} of 3000 named numbers stopped")
    assert not stopped


CLEAN = Path(__file__).parent / "data" / "ids_clean.txt"


def test_an_id_that_is_named_beside_another_number_is_not_stopped() -> None:
    source, stopped = random.Random(3), Counter[str]()
    lines = [line for line in CLEAN.read_text(encoding="utf-8").splitlines() if line[:2] != "# "]
    for line in lines:
        for _ in range(8):
            if any(m.family.value in FAMILIES for m in ruled(filled(line, source)).stopping()):
                stopped[line] += 1
    print(f"{stopped.total()} of {8 * len(lines)} stopped")
    assert len(lines) >= 150
    assert not stopped


WITHOUT_NUMBER = (
    "Never share your SSN, Aadhaar or PIN with anyone.",
    "Enter the last 4 of your SSN, 4399, at the kiosk.",
    "Bring your passport and your driver's license to gate 12 at 14:30.",
    "Upload your driver's licence by 12/05/2026: https://acme.example/u/12345678",
    "Your IBAN ending 4761 was added.",
    "Card XXXX XXXX XXXX 4242 was charged 12.50.",
    "Your card ending 4242 expires 05/27.",
    "Your delivery PIN is 4821, show it to the driver.",
    "Your NHS number is on your letter. Call 0300 123 4567.",
    "Aadhaar XXXX XXXX 1315 was linked. UPI ref 123456789012.",
    "PAN linked. Ack no 123456789012345.",
    "HMRC: sign in with your UTR and NI number. Ref 123456789.",
    "Lleve su DNI y su pasaporte el 27-10-26 a las 09:35.",
    "Apportez votre passeport le 12/11/2026, dossier 12345678.",
    "Ihr Reisepass liegt bereit, Vorgang 123456789.",
)


@pytest.mark.parametrize("text", WITHOUT_NUMBER)
def test_the_name_of_an_id_without_its_number_is_clean(text: str) -> None:
    assert ruled(text).families() & FAMILIES == set()
