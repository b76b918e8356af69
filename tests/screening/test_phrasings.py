"""Do the gates decide who is read, and does reading end?"""

from __future__ import annotations

import pytest

from gatekeeper.errors import PolicyError
from gatekeeper.screening.phrasings import Phrasings
from tests.support.replies import HEAD, PATTERN, languages

ACCENTED = PATTERN.replace("[stop]", "[ARRÊTEZ]").replace("en.texting", "en.arret")


def phrasings(text: str) -> Phrasings:
    return Phrasings(languages(HEAD + text)[0].patterns)


def ids(read: Phrasings, text: str) -> list[str]:
    return [pattern.id for pattern in read.read(text)[0]]


def test_a_pattern_is_tried_only_where_its_gate_opens() -> None:
    read = phrasings(PATTERN)
    assert ids(read, "stop texting me") == ["en.texting"]
    assert list(read.opened("stop texting me")) == [0]
    assert read.opened("stop calling me") == {}
    assert ids(read, "stop calling me") == []


def test_words_are_known_as_a_skeleton_has_them() -> None:
    assert ids(phrasings(ACCENTED), "arretez texts me") == ["en.arret"]


def test_what_is_too_long_is_said_to_be_unread() -> None:
    far = "texts " + "word " * 60
    assert phrasings(PATTERN).read(far * 3) == ([], True)
    assert phrasings(PATTERN).read(far * 20) == ([], False)


def test_without_patterns_nothing_is_read() -> None:
    assert Phrasings(()).read("stop texting me") == ([], True)


def test_all_faults_are_told() -> None:
    second = PATTERN.partition("\n")[2].replace("en.texting", "en.two")
    with pytest.raises(PolicyError) as told:
        phrasings((PATTERN + second).replace("gate: {words: [text]}", "gate: {words: [what]}"))
    assert len(told.value.faults) == 2
    assert all("unknown word set what" in fault for fault in told.value.faults)
