from __future__ import annotations

import pytest

from gatekeeper.domain.verdict import Verdict


def test_the_lattice_is_in_the_documented_order() -> None:
    order = ["allow", "flag", "redact", "defer", "hold", "block"]
    assert [verdict.label for verdict in sorted(Verdict)] == order


@pytest.mark.parametrize("verdict", Verdict)
def test_a_label_reads_back(verdict: Verdict) -> None:
    assert Verdict.of(verdict.label) is verdict


def test_only_the_three_mildest_forward() -> None:
    assert [v.label for v in Verdict if v.forwards] == ["allow", "flag", "redact"]


def test_another_word_is_no_verdict() -> None:
    with pytest.raises(KeyError):
        Verdict.of("deny")
