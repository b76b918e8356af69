"""What stands where a password stands is one only if it looks like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatekeeper.screening.passwords import (
    any_password,
    mixed_password,
    password,
    strong_password,
)
from tests.support.content_rules import ruled

PROSE = Path(__file__).parent / "data" / "passwords_prose.txt"


@pytest.mark.parametrize(
    "value", ["Winter2024!", "gatito20", "Blue$ky99.", "Cafe-Creme-88", "8FK29D", "s3cr3tP@ss,"]
)
def test_letters_beside_figures_or_signs_are_a_password(value: str) -> None:
    assert mixed_password(value) is not None
    assert (evidence := password(value)) is not None
    assert evidence.steps == 0


OTHERS = (
    "12/05", "12.05.2026", "10:30", "9:15pm", "8-16", "$20.00", "Rs.500", "30days", "2FA", "1st",
    "https:", "a@acme.example", "acme.example/r", "DDMMYYYY", "XXXX1234", "****", "changed!",
    "expired.", "abc", "A152", "one-time", "<value1>", "your1",
)  # fmt: skip


@pytest.mark.parametrize("value", OTHERS)
def test_dates_amounts_addresses_words_and_placeholders_are_none(value: str) -> None:
    assert password(value) is None
    assert mixed_password(value) is None


def test_digits_alone_may_as_well_be_a_code() -> None:
    assert (evidence := password("482913")) is not None
    assert evidence.steps == -1
    assert mixed_password("482913") is None
    assert password("123") is None


def test_a_strong_password_is_one_that_no_sender_of_codes_makes() -> None:
    assert strong_password("Lotus2026!") is not None
    assert strong_password("LotusBlume26") is not None
    assert strong_password("K7QX2M9P") is None
    assert strong_password("482913") is None


def test_beside_a_login_name_a_plain_word_will_do() -> None:
    assert any_password("openup") is not None
    assert any_password("4821") is not None
    assert any_password("abc") is None
    assert any_password("https://x.example") is None


def test_passwords_told_in_prose_are_stopped() -> None:
    texts = [t for t in PROSE.read_text("utf-8").splitlines() if not t.startswith("#")]
    missed = [text for text in texts if not ruled(text).stopping()]
    print(f"{len(texts) - len(missed)} of {len(texts)} passwords in prose stopped", *missed)
    assert len(missed) <= 0.05 * len(texts)
