from __future__ import annotations

from gatekeeper.checks.template import CHECK
from gatekeeper.domain.facts import Template
from tests.support.judging import ask, facts, reason


def test_only_an_approved_template_passes() -> None:
    assert ask(CHECK, facts(template=Template("parcel", status="APPROVED"))) is None
    assert reason(CHECK, facts(template=Template("parcel"))) == "template.unapproved"
    assert ask(CHECK, facts()) is None
