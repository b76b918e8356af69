from __future__ import annotations

from gatekeeper.checks.registration import CHECK
from gatekeeper.domain.facts import SenderFacts
from gatekeeper.domain.words import SenderKind, SenderState
from tests.support.judging import ask, facts, reason


def test_an_own_long_code_without_registration_is_a_finding() -> None:
    bare = facts(sender=SenderFacts(SenderKind.LONG_CODE, SenderState.ACTIVE))
    assert reason(CHECK, bare, kinds=["long_code"]) == "sender.unregistered"


def test_a_registered_one_a_foreign_one_and_another_kind_are_not_spoken_of() -> None:
    assert ask(CHECK, facts(), kinds=["long_code"]) is None
    assert ask(CHECK, facts(sender=SenderFacts(SenderKind.LONG_CODE)), kinds=["long_code"]) is None
    short = facts(sender=SenderFacts(SenderKind.SHORT_CODE, SenderState.ACTIVE))
    assert ask(CHECK, short, kinds=["long_code"]) is None
