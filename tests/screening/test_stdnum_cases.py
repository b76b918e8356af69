"""The numbers that python-stdnum documents are found beside their name, its wrong ones are not."""

from __future__ import annotations

from gatekeeper.domain.words import Family
from tests.support.content_rules import ruled
from tests.support.detectors import shipped_detectors
from tests.support.stdnum_cases import Case, cases

OURS = (Family.PAYMENT, Family.GOVERNMENT_ID)
DIFFERENT = {
    "nas 12345678Z": "a letter in place of a digit is a disguise, and is read as one",
    "it is 00743110157": "a company's number, which is public",
    "инн 1234567894": "a company's number, which is public",
    "it is 12. ABC.345 /01DE–35": "a company's number, which is public",
}
"""Cases that we read otherwise, each with the reason."""
LEAST = 0.98


def test_documented_numbers_are_found_and_wrong_ones_are_not() -> None:
    known = list(cases(each for each in shipped_detectors() if each.family in OURS))
    wrong = [case for case in known if found(case) != case.valid]
    for case in wrong:
        print(f"{case.text}, valid {case.valid}: {DIFFERENT.get(case.text, 'NOT EXPLAINED')}")
    print(f"{len(known) - len(wrong)} of {len(known)} documented cases read alike")
    unexplained = [case for case in wrong if case.text not in DIFFERENT]
    assert len(known) >= 100
    assert len(unexplained) <= (1 - LEAST) * len(known)
    assert {case.valid for case in known} == {True, False}


def found(case: Case) -> bool:
    """Whether one of its detectors marks or stops the text."""
    told = ruled(case.text).matches
    return any(m.detector in case.by for m, verdict in told if verdict.label != "allow")
