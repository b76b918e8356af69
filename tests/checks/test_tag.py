from __future__ import annotations

from gatekeeper.checks.tag import CHECK
from tests.support.judging import ask, facts, reason


def test_any_tag_is_a_finding_where_the_rule_binds() -> None:
    assert reason(CHECK, facts(tag="HUMAN_AGENT")) == "channel.marketing_blocked"
    assert reason(CHECK, facts(tag="NOBODY_KNOWS_IT")) == "channel.marketing_blocked"


def test_a_message_without_a_tag_is_not_spoken_of() -> None:
    assert ask(CHECK, facts()) is None
