from __future__ import annotations

from datetime import timedelta

from gatekeeper.checks.window import CHECK
from gatekeeper.domain.facts import Template
from tests.support.judging import NOON, ask, facts, reason

DAY = timedelta(hours=24)
SECOND = timedelta(seconds=1)


def test_the_window_closes_exactly_after_its_hours() -> None:
    assert ask(CHECK, facts(last_inbound_at=NOON - DAY + SECOND), hours=24) is None
    assert reason(CHECK, facts(last_inbound_at=NOON - DAY), hours=24) == "window.closed"
    assert reason(CHECK, facts(), hours=24) == "window.closed"


def test_a_template_passes_where_templates_may() -> None:
    named = facts(template=Template("parcel"))
    assert ask(CHECK, named, hours=24, templates=True) is None
    assert ask(CHECK, named, hours=24) is not None


def test_a_tag_lengthens_the_window_for_a_person_only() -> None:
    tags = {"HUMAN_AGENT": 168}
    three_days = NOON - 3 * DAY
    person = facts(tag="HUMAN_AGENT", last_inbound_at=three_days)
    assert ask(CHECK, person, hours=24, tags=tags) is None
    machine = facts(tag="HUMAN_AGENT", automated=True, last_inbound_at=three_days)
    assert ask(CHECK, machine, hours=24, tags=tags) is not None
    other = facts(tag="OTHER", last_inbound_at=three_days)
    assert ask(CHECK, other, hours=24, tags=tags) is not None
