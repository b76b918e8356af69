"""Does the bench of `policy diff` measure what it says?"""

from __future__ import annotations

from tests.bench.diff import measure


def test_every_decision_is_counted() -> None:
    found = measure(500, 1)
    assert found["diff_decisions"] == 500
    assert found["diff_decisions_per_s"] > 0 < found["diff_decisions_per_cpu_s"]
