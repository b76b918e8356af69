"""Further readings for numbers are made only where the text gives cause."""

from __future__ import annotations

from gatekeeper.screening.hidden import Cause, numbers
from gatekeeper.screening.prefilter import SPELLED
from gatekeeper.screening.triggers import triggers
from gatekeeper.screening.views import normalise


def steps(text: str, words: int = 0) -> list[tuple[str, ...]]:
    """What was undone in each reading."""
    view = normalise(text)
    count = sum(map(str.isdigit, view.text))
    hits = {SPELLED: [(0, 1)] * words} if words else {}
    cause = Cause(hits, count, triggers(view))
    return [scan.view.steps for scan in numbers(view, text, cause)]


def test_a_plain_text_has_no_further_reading() -> None:
    assert steps("Your table for 8 is booked, call 212 555 0100") == []


def test_each_disguise_has_its_reading() -> None:
    assert steps("four one one one one one one one", words=8) == [("number words",)]
    assert steps("4l11 1111 1I11 11O0") == [("digit lookalikes",)]
    assert steps("4111 ------- 1111 1111 1111") == [("wide gaps",)]
    assert steps("四一一一一一一一一一一一一一一一") == [("ideographic numerals",)]
    assert steps("4111 then 1111 then 1111 then 1111") == [()]
