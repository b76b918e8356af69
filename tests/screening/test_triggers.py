"""A text calls for further readings only where it may hold something for them."""

from __future__ import annotations

import base64
from itertools import islice

import pytest

from gatekeeper.screening.linear import linear
from gatekeeper.screening.triggers import _PATTERNS, NONE, Trigger, triggers
from gatekeeper.screening.views import normalise
from tests.support.cards import DISGUISES
from tests.support.varied import varied


def asked(text: str) -> set[Trigger]:
    """What the text calls for."""
    return {Trigger(found) for found in triggers(normalise(text))}


@pytest.mark.parametrize(
    "text", ["", "Your table is booked for 8", "Call me at 5, ok? 50 is fine."]
)
def test_plain_words_call_for_nothing(text: str) -> None:
    assert triggers(normalise(text)) == NONE


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("50% off", Trigger.ENCODED),
        ("&#52;", Trigger.ENCODED),
        (base64.b64encode(b"card 4111 1111").decode(), Trigger.ENCODED),
        ("=34=31=31", Trigger.ENCODED),
        ("0x34 0x31", Trigger.ENCODED),
        ("4111 ----- 1111", Trigger.WIDE),
        ("4l11", Trigger.FORGED),
        ("1111 OOOO 1111", Trigger.FORGED),
        ("c0ca1ne", Trigger.FIGURED),
        ("a$$ off", Trigger.FIGURED),
        ("f.u.c.k", Trigger.APART),
        ("fuuuck", Trigger.DRAWLED),
    ],
)
def test_each_disguise_pulls_its_trigger(text: str, trigger: Trigger) -> None:
    assert trigger in asked(text)


@pytest.mark.parametrize("form", ["l for 1", "O for 0", "S for 5, B for 8", "cyrillic O for 0"])
def test_letters_for_digits_pull_the_trigger_wherever_they_stand(form: str) -> None:
    for number in ("4111111111111111", "5105105105105100", "1800180018001800"):
        written = DISGUISES[form](number)
        if not written.replace(" ", "").replace("-", "").isdigit():
            assert Trigger.FORGED in asked(f"card {written} ok")


def test_in_its_little_memory_the_set_misses_nothing() -> None:
    """RE2 says that nothing is there when it runs out: each pattern alone must say the same."""
    alone = [linear(_PATTERNS[trigger]) for trigger in Trigger]
    for text in islice(varied(31), 2_000):
        view = normalise(text)
        found = {n for n, pattern in enumerate(alone) if pattern.search(view.folded)}
        assert triggers(view) == found
