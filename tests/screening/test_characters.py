"""Disguised characters read as what they show."""

from __future__ import annotations

import pytest

from gatekeeper.screening.characters import CONFUSABLE, PlainTable, plain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("４", "4"),
        ("𝟒", "4"),
        ("٤", "4"),
        ("४", "4"),
        ("④", "4"),
        ("⁴", "4"),
        ("⒋", "4"),
        ("➃", "4"),
        ("❹", "4"),
        ("㈣", "4"),
        ("㊃", "4"),
        ("𝍣", "4"),
        ("\U0001f10b", "0"),
        ("½", "1⁄2"),
        ("⑪", "11"),
        ("\u094d", "\u094d"),
        ("\u200b", ""),
        ("\u00ad", ""),
        ("\u20e3", ""),
        ("\ufe0f", ""),
        ("\u0336", ""),
        ("\u00a0", " "),
        ("\u2003", " "),
        ("–", "-"),
        ("ﬁ", "fi"),
        ("Ａ", "A"),
        ("é", "é"),
        ("\ud800", "\ufffd"),
        ("ﷺ", " "),
    ],
)
def test_a_character_reads_as_what_it_shows(written: str, read: str) -> None:
    assert plain(written) == read


def test_ascii_stays_as_it_is() -> None:
    assert all(plain(chr(code)) == chr(code) for code in range(128))


def test_lookalikes_are_single_letters_that_stand_for_one_latin_letter() -> None:
    assert all(len(k) == 1 and len(v) == 1 and v.isascii() for k, v in CONFUSABLE.items())


def test_the_table_knows_which_characters_change_the_length() -> None:
    table = PlainTable()
    assert "４\u200bﬁ".translate(table) == "4fi"
    assert table.odd == {"\u200b", "ﬁ"}
