from __future__ import annotations

from gatekeeper.checks.component import CHECK
from tests.support.judging import ask, facts


def test_a_channel_that_is_not_enabled_is_told_before_all_else() -> None:
    finding = ask(CHECK, facts(component_disabled=True))
    assert finding is not None
    assert (finding.reason, finding.stage) == ("component.disabled", 0)
    assert "sms" in finding.detail
    assert ask(CHECK, facts()) is None
