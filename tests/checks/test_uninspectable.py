from __future__ import annotations

from gatekeeper.checks.uninspectable import CHECK
from gatekeeper.domain.message import Opaque
from tests.support.judging import ask, facts

SCRIPT = Opaque("twiml_url", "https://example.com/a", "Url")


def test_unread_content_is_a_finding_that_names_its_kind_and_not_its_address() -> None:
    finding = ask(CHECK, facts(opaque=(SCRIPT,)))
    assert finding is not None
    assert finding.reason == "content.uninspectable"
    assert "twiml_url" in finding.detail
    assert "example" not in finding.detail


def test_read_content_and_a_kind_that_is_let_through_pass() -> None:
    assert ask(CHECK, facts()) is None
    assert ask(CHECK, facts(opaque=(SCRIPT,)), except_kinds=["twiml_url"]) is None
