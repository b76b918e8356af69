from __future__ import annotations

from gatekeeper.checks.recording import CHECK
from gatekeeper.domain.number import Places
from tests.support.judging import ask, facts, reason

ALL = ["US-CA"]
CALIFORNIA = Places(frozenset({"US-CA", "US-NY"}))


def test_where_everyone_must_agree_one_party_is_not_enough() -> None:
    one = facts(record=True, recording_consent="one_party", places=CALIFORNIA)
    assert reason(CHECK, one, all_party=ALL) == "recording.consent"
    everyone = facts(record=True, recording_consent="all_party", places=CALIFORNIA)
    assert ask(CHECK, everyone, all_party=ALL) is None


def test_elsewhere_one_party_is_enough_and_nobody_is_not() -> None:
    assert ask(CHECK, facts(record=True, recording_consent="one_party"), all_party=ALL) is None
    assert ask(CHECK, facts(record=True), all_party=ALL) is not None


def test_an_unknown_place_is_taken_for_the_strictest() -> None:
    unknown = facts(record=True, recording_consent="one_party", places=Places())
    assert ask(CHECK, unknown, all_party=ALL) is not None


def test_a_call_that_is_not_recorded_needs_nothing() -> None:
    assert ask(CHECK, facts(), all_party=ALL) is None
