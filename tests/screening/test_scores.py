"""Counts become precision, recall and F1, with Wilson's interval around each share."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.screening.scores import Score, Share


def test_a_text_counts_once_as_right_or_wrong() -> None:
    score = Score()
    for labelled, found in ((True, True), (True, True), (True, False), (False, True)):
        score.add(labelled=labelled, found=found)
    score.add(labelled=False, found=False)
    assert (score.tp, score.fp, score.fn, score.tn) == (2, 1, 1, 1)
    assert score.precision.value == 2 / 3
    assert score.recall.value == 2 / 3
    assert score.f1 == 2 / 3
    assert score.speaks


def test_what_was_never_seen_has_no_figures() -> None:
    score = Score(tn=9)
    assert (score.precision.value, score.recall.value, score.f1) == (None, None, None)
    assert not score.speaks


def test_nothing_found_of_what_is_labelled_scores_nought() -> None:
    score = Score(fn=3, tn=9)
    assert (score.precision.value, score.recall.value, score.f1) == (None, 0.0, 0.0)


def test_the_interval_is_wilsons() -> None:
    """Newcombe (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    published = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    for (found, among), (low, high) in published.items():
        share = Share.of(found, among)
        assert share.low is not None
        assert share.high is not None
        assert abs(share.low - low) < 5e-5
        assert abs(share.high - high) < 5e-5


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_a_share_lies_within_its_interval(found: int, among: int) -> None:
    share = Share.of(min(found, among), among)
    assert share.value is not None
    assert share.low is not None
    assert share.high is not None
    assert 0 <= share.low <= share.value + 1e-12
    assert share.value - 1e-12 <= share.high <= 1
