"""Does a file of disclosures load whole or not at all, with every fault at its place?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.disclosure import Element
from tests.support.policies import compiled, faults, pack

FILE = """\
language: en
title: What English texts tell
common: [the, your]
rows:
  - id: en.fees
    element: fees
    title: What it costs
    citation: a handbook
    verified_on: 2026-11-25
    re2: ['\\bdata rates\\b']
    excepted: [Free]
    positives: ["data rates"]
    negatives: ["data"]
"""


def test_a_file_says_all_of_one_language() -> None:
    (english,) = compiled(pack(FILE, "disclosures/en.yaml")).disclosures
    assert (english.language, english.common) == ("en", frozenset({"the", "your"}))
    (fees,) = english.rows
    assert (fees.id, fees.element, fees.language) == ("en.fees", Element.FEES, "en")
    assert fees.excepted == {"free"}
    assert str(fees.source) == "disclosures/en.yaml:5:5"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("language: en", "language: fr", "1:11: language fr stands in en.yaml"),
        ("element: fees", "element: fee", "6:14: fee is not one of sender, opt_out, fees"),
        ("    citation: a handbook\n", "", "5:5: citation is missing"),
        ('    positives: ["data rates"]\n', "", "5:5: positives is missing"),
        ("excepted", "exepted", "11:5: unknown key exepted (did you mean excepted?)"),
        ("title: What E", "titel: What E", "2:1: unknown key titel (did you mean title?)"),
    ],
)
def test_a_fault_is_told_at_its_place(old: str, new: str, told: str) -> None:
    assert old in FILE
    found = faults(pack(FILE.replace(old, new), "disclosures/en.yaml"))
    assert any(fault.startswith(f"disclosures/en.yaml:{told}") for fault in found), found


def test_a_second_row_of_the_same_id_is_a_fault() -> None:
    twice = FILE + FILE[FILE.index("  - id") :]
    (told,) = faults(pack(twice, "disclosures/en.yaml"))
    assert told.endswith("the disclosure en.fees stands at disclosures/en.yaml:5:9 already")
