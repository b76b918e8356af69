"""Does a rule of replies find its ways of speaking, sentence by sentence, and spare the rest?"""

from __future__ import annotations

import random

import pytest

from gatekeeper.screening.grammar import Find
from gatekeeper.screening.phrasing import Phrasing, Stretch, compiled
from tests.support.replies import shipped_replies

FIND = Find.model_validate(
    {
        "words": {"me": ["me", "this number", "us"], "dont": ["don't", "do not"]},
        "tokens": [
            ["start", ["stop"], {"gap": 1}, ["texting", "text messages"], "me"],
            [["no more"], ["text", "messages"], "end"],
        ],
        "unless": [["dont", ["stop", "no"]], [["for now"]]],
    }
)


def phrasing() -> Phrasing:
    return compiled([FIND])[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("stop texting me", True),
        ("hello. stop all texting to me", False),
        ("hello. stop all text messages me", True),
        ("please stop texting me", False),
        ("stop texting this number", True),
        ("stop. texting me", False),
        ("no more messages", True),
        ("no more messages here", False),
        ("do not stop texting me. stop texting me", True),
        ("stop texting me for now", False),
        ("stop texting us now, don't stop", False),
    ],
)
def test_a_way_of_speaking_is_found_within_one_sentence(text: str, says: bool) -> None:
    assert phrasing().says(Stretch.of(text, 0, len(text))) is says


def test_a_phrase_of_one_pattern_hides_no_word_of_another() -> None:
    find = Find.model_validate({"tokens": [[["stop texting"]], [["stop"], ["texting"], ["me"]]]})
    assert compiled([find])[0].says(Stretch.of("stop texting me", 0, 15))


def test_the_middle_of_a_text_is_no_start() -> None:
    text = "x stop texting me"
    assert not phrasing().says(Stretch.of(text, 2, len(text)))


def test_a_need_is_met_by_a_word_or_by_all_words_of_a_phrase() -> None:
    words = Stretch.of("opt-out of bob's texts", 0, 22).words
    assert {"opt-out", "opt", "out", "bob", "bob's"} <= words
    assert not phrasing().says(Stretch.of("text messages", 0, 13))


def test_twenty_thousand_replies_leave_no_word_behind() -> None:
    read, source = shipped_replies().read, random.Random(7)
    known = len(shipped_replies().phrasings.strings)
    for i in range(20_000):
        name = "".join(source.choices("abcdefghijklmnopqrstuvwxyz", k=9))
        code = "".join(source.choices("0123456789", k=16))
        read(f"Ms {name}-{i} please don't text {code} me again, wrong number {name}")
    strings = shipped_replies().phrasings.strings
    assert len(strings) == known
    assert not [s for s in strings if sum(c.isdigit() for c in s) >= 4]
