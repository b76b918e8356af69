from __future__ import annotations

from gatekeeper.checks.suspension import CHECK
from tests.support.judging import ask, facts


def test_a_suspension_names_its_level() -> None:
    finding = ask(CHECK, facts(suspended="campaign"))
    assert finding is not None
    assert (finding.reason, finding.stage) == ("suspended", 0)
    assert "campaign" in finding.detail


def test_without_a_suspension_nothing_is_said() -> None:
    assert ask(CHECK, facts()) is None
