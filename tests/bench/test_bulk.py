"""Does the bench of lists measure what it says: every row judged, and more than one a second?"""

from __future__ import annotations

from tests.bench.bulk import a_list, figures


def test_a_list_has_its_rows_and_texts() -> None:
    assert a_list(3, own=False).count(b"\n") == 3
    assert a_list(3, own=True).count(b"STOP") == 3


def test_the_figures_are_rates_of_rows() -> None:
    found = figures(300)
    assert set(found) == {"bulk_rows_per_s", "bulk_own_texts_rows_per_s"}
    assert all(value > 100 for value in found.values())
