from __future__ import annotations

from msgspec.structs import replace

from gatekeeper.checks.carrier_class import CHECK
from tests.support.judging import CLEAN, ask, facts, reason

CLASSES = {"refused": ["cannabis"], "age_gated": ["alcohol"]}


def test_a_refused_class_is_a_finding_whatever_the_sender_asks() -> None:
    assert reason(CHECK, facts(carrier_class="cannabis"), **CLASSES) == "content.forbidden"
    gated = replace(CLEAN.sender, age_gate=True)
    assert ask(CHECK, facts(carrier_class="cannabis", sender=gated), **CLASSES) is not None


def test_a_gated_class_needs_a_sender_with_an_age_gate() -> None:
    assert reason(CHECK, facts(carrier_class="alcohol"), **CLASSES) == "content.forbidden"
    gated = replace(CLEAN.sender, age_gate=True)
    assert ask(CHECK, facts(carrier_class="alcohol", sender=gated), **CLASSES) is None


def test_no_class_and_one_that_the_rule_does_not_name_are_not_spoken_of() -> None:
    assert ask(CHECK, facts(), **CLASSES) is None
    assert ask(CHECK, facts(carrier_class="crypto"), **CLASSES) is None
