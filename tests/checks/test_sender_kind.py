from __future__ import annotations

from gatekeeper.checks.sender_kind import CHECK
from gatekeeper.domain.facts import SenderFacts
from gatekeeper.domain.words import SenderKind
from tests.support.judging import ask, facts, reason


def test_a_denied_kind_is_a_finding_and_another_is_not() -> None:
    name = facts(sender=SenderFacts(SenderKind.ALPHANUMERIC))
    assert reason(CHECK, name, denied=["alphanumeric"]) == "sender.kind"
    assert ask(CHECK, facts(), denied=["alphanumeric"]) is None
