"""Do faults read as editors and people expect?"""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from gatekeeper.policy.faults import Fault, lines, suggest
from gatekeeper.policy.model import Source


def fault(file: str, line: int, message: str = "wrong") -> Fault:
    return Fault(Source(PurePosixPath(file), line, 3), message)


def test_a_fault_reads_as_a_place_that_editors_jump_to() -> None:
    assert str(fault("floor/us.yaml", 7)) == "floor/us.yaml:7:3: wrong"


def test_faults_are_told_once_by_file_and_from_top_to_bottom() -> None:
    told = lines([fault("b.yaml", 2), fault("a.yaml", 10), fault("a.yaml", 9), fault("b.yaml", 2)])
    assert told == ("a.yaml:9:3: wrong", "a.yaml:10:3: wrong", "b.yaml:2:3: wrong")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("smss", " (did you mean sms?)"),
        ("SMS", " (did you mean sms?)"),
        ("america/new_yrok", " (did you mean America/New_York?)"),
        ("pigeon", ""),
        (12, ""),
    ],
)
def test_the_nearest_known_word_is_offered_and_a_far_one_is_not(
    word: object, expected: str
) -> None:
    assert suggest(word, ["sms", "voice", "America/New_York"]) == expected
