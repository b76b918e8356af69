"""Has every kind of fault one code that stays, with its meaning?"""

from __future__ import annotations

import re

from gatekeeper.domain.fault_codes import MEANING, WARNINGS, Code, Faulty


def test_every_code_has_a_meaning_and_a_form_of_its_own() -> None:
    assert list(MEANING) == list(Code)
    assert all(re.fullmatch(r"GK[1-7][0-9]{2}", code) for code in Code)
    assert len({*MEANING.values()}) == len(Code)


def test_only_time_and_taste_are_warnings() -> None:
    """Whatever makes a folder say something else than its author means is an error.

    GK703 is its operator's to answer for; what a detector costs for nothing (GK604 to GK607) is
    its author's.
    """
    of_time = ["GK407", "GK408", "GK409", "GK507", "GK508"]
    of_detectors = ["GK604", "GK605", "GK606", "GK607"]
    assert sorted(WARNINGS) == [*of_time, *of_detectors, "GK701", "GK703"]


def test_a_faulty_value_knows_its_code() -> None:
    wrong = Faulty(Code.OVERLAP, "they overlap")
    assert (wrong.code, str(wrong)) == ("GK405", "they overlap")
