from __future__ import annotations

from gatekeeper.checks.template import CHECK
from gatekeeper.domain.facts import Template
from tests.support.judging import ask, facts, reason


def test_only_an_approved_template_passes() -> None:
    assert ask(CHECK, facts(template=Template("parcel", status="APPROVED"))) is None
    assert reason(CHECK, facts(template=Template("parcel"))) == "template.unapproved"
    assert ask(CHECK, facts()) is None


def test_where_a_template_is_needed_a_message_without_one_is_a_finding() -> None:
    assert reason(CHECK, facts(), needed=True) == "template.unapproved"
    approved = facts(template=Template("parcel", status="approved"))
    assert ask(CHECK, approved, needed=True) is None


def test_an_answer_to_a_request_for_help_needs_no_template() -> None:
    assert ask(CHECK, facts(kind="help_reply"), needed=True) is None


def test_a_category_that_there_is_not_is_a_finding_and_one_that_is_not_told_is_none() -> None:
    known = {"categories": ["marketing", "utility"]}
    odd = facts(template=Template("parcel", "PROMO", "approved"))
    assert reason(CHECK, odd, **known) == "template.unapproved"
    assert ask(CHECK, facts(template=Template("parcel", "Utility", "approved")), **known) is None
    assert ask(CHECK, facts(template=Template("parcel", None, "approved")), **known) is None
