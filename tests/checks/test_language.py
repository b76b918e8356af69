from __future__ import annotations

import pytest
from pydantic import ValidationError

from gatekeeper.checks.language import CHECK
from tests.support.judging import ask, facts, reason


def test_a_text_in_another_language_is_a_finding() -> None:
    assert reason(CHECK, facts(language="en"), languages=["fr"]) == "disclosure.missing"


def test_the_language_asked_for_and_one_that_cannot_be_told_are_not_spoken_of() -> None:
    assert ask(CHECK, facts(language="fr"), languages=["fr"]) is None
    assert ask(CHECK, facts(language=None), languages=["fr"]) is None


def test_a_rule_names_at_least_one_language() -> None:
    with pytest.raises(ValidationError):
        ask(CHECK, facts(), languages=[])
