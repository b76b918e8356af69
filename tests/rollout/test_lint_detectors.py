"""What is of little use in a detector is told as a warning; the files are in `data/detectors`."""

from __future__ import annotations

from gatekeeper.domain.fault_codes import WARNINGS, Code
from gatekeeper.rollout.lint_detectors import idle
from gatekeeper.screening.screener import Screener
from tests.support.author import DATA
from tests.support.detectors import detector, shipped_detectors
from tests.support.shipped import shipped

GOOD = (DATA / "detectors" / "good.yaml").read_text().replace("credential", "payment")


def told(text: str, *, examples: bool = True) -> list[str]:
    """The kinds of what is told of a detector."""
    badge = detector("badge", text)
    return [str(f.code) for f in idle([badge], Screener([badge]) if examples else None)]


def test_a_good_detector_has_nothing_to_be_told() -> None:
    assert told(GOOD) == []


def test_a_word_beside_a_shape_or_number_may_be_common() -> None:
    """The gate opens only where both are."""
    for more in ("shape: 'B[0-9]{6}'", "prefixes: [badge]"):
        text = GOOD.replace("literals: [badge]", f"literals: [your]\n  {more}")
        assert (told(text, examples=False) == []) == more.startswith("shape")


def test_word_sets_beside_patterns_are_for_a_validator_to_read() -> None:
    assert told(GOOD.replace("  group: 1", "  group: 1\n  words: {ours: [badge.example]}")) == []


def test_examples_are_tried_only_if_there_is_a_screener_and_the_detector_is_on() -> None:
    weak = GOOD.replace("The badge is blue", "See you at eight")
    assert told(weak) == [Code.WEAK_EXAMPLE]
    assert told(weak, examples=False) == []
    assert told(f"{weak}mode: 'off'\n") == []


def test_all_that_is_told_is_a_warning_and_has_its_place() -> None:
    faults = list(idle(shipped_detectors(), shipped().screener))
    assert {fault.code for fault in faults} <= WARNINGS
    assert all(fault.source.line > 1 for fault in faults)
