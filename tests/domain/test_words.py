from __future__ import annotations

import pytest

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import Family, Likelihood, ListAnswer


@pytest.mark.parametrize("step", Likelihood)
def test_a_likelihood_reads_back_from_its_label(step: Likelihood) -> None:
    assert Likelihood.of(step.label) is step


def test_likelihood_has_an_order() -> None:
    assert Likelihood.UNLIKELY < Likelihood.POSSIBLE < Likelihood.LIKELY


def test_every_family_is_the_second_word_of_a_reason() -> None:
    assert {f"content.{family}" for family in Family} == {
        reason for reason in Reason if reason.startswith("content.")
    }


def test_not_checked_is_not_clear() -> None:
    assert {answer.value for answer in ListAnswer} == {
        "hit", "clear", "not-checked", "stale", "error",
    }  # fmt: skip
