"""One pass tells which detectors' words occur."""

from __future__ import annotations

from gatekeeper.screening.prefilter import NOTHING, SPELLED, Prefilter
from gatekeeper.screening.views import normalise

FILTER = Prefilter([(0, "PIN"), (1, "pin code"), (2, "pin")], [(3, "ghp_")])


def test_whole_words_count_for_every_detector_that_has_them() -> None:
    assert FILTER.hits("my pin code") == {0: [(3, 6)], 2: [(3, 6)], 1: [(3, 11)]}


def test_a_word_inside_another_does_not_count_but_a_plural_does() -> None:
    assert FILTER.hits("opinion pinned spin") == {}
    assert set(FILTER.hits("some pins")) == {0, 2}


def test_a_prefix_counts_anywhere() -> None:
    assert FILTER.hits("xghp_1") == {3: [(1, 5)]}


def test_number_words_are_counted() -> None:
    assert len(FILTER.hits("four one fourone")[SPELLED]) == 4


def test_nothing_is_one_shared_answer() -> None:
    assert FILTER.hits("see you at dinner") is NOTHING


def test_a_word_is_read_as_the_views_of_texts_are() -> None:
    thai = "เลขประจำตัวประชาชน"
    thai_filter = Prefilter([], [(0, thai)])
    assert thai_filter.hits(normalise(f"{thai} 1").folded)
