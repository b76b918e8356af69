from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from gatekeeper.checks.frequency import CHECK, KEPT_HOURS, KEPT_SENDS, Frequency
from gatekeeper.domain.consent import Basis, Consent, ConsentAct, Relation
from gatekeeper.domain.facts import Sent
from gatekeeper.domain.words import Purpose
from gatekeeper.store import functions
from tests.support.judging import NOON, ask, facts

DAY = timedelta(hours=24)
CAP = {"max": 3, "window_hours": 24, "purposes": ["marketing"]}


def sent(*hours_ago: float, purpose: str = "marketing") -> tuple[Sent, ...]:
    return tuple(Sent(NOON - timedelta(hours=h), Purpose(purpose)) for h in hours_ago)


def test_the_third_passes_and_the_fourth_does_not() -> None:
    assert ask(CHECK, facts(sent=sent(3, 2)), **CAP) is None
    assert ask(CHECK, facts(sent=sent(3, 2, 1)), **CAP) is not None


def test_a_send_leaves_the_count_after_exactly_the_window() -> None:
    assert ask(CHECK, facts(sent=sent(24, 2, 1)), **CAP) is None
    assert ask(CHECK, facts(sent=sent(23.999, 2, 1)), **CAP) is not None


def test_the_next_is_allowed_when_enough_have_left() -> None:
    finding = ask(CHECK, facts(sent=sent(5, 4, 3, 2, 1)), **CAP)
    assert finding is not None
    assert finding.until == NOON - timedelta(hours=3) + DAY
    assert ask(CHECK, facts(sent=sent(5, 4, 3, 2, 1), at=finding.until), **CAP) is None


def test_another_purpose_does_not_count_unless_all_do() -> None:
    others = sent(3, 2, 1, purpose="transactional")
    assert ask(CHECK, facts(sent=others), **CAP) is None
    assert ask(CHECK, facts(sent=others), max=3, window_hours=24) is not None


def test_what_is_sent_later_does_not_count_when_the_past_is_judged_again() -> None:
    assert ask(CHECK, facts(sent=sent(-1, -2, -3)), **CAP) is None


def test_a_cap_of_none_does_not_load() -> None:
    with pytest.raises(ValidationError):
        Frequency.model_validate({"max": 0, "window_hours": 24})


def test_a_count_that_belongs_to_an_exemption_is_not_asked_of_who_has_consent() -> None:
    often = facts(sent=sent(3, 2, 1))
    weak = facts(sent=sent(3, 2, 1), consent=Consent(basis=Basis.IMPLIED))
    gone = facts(sent=sent(3, 2, 1), consent=Consent(ended_by=ConsentAct.OPT_OUT))
    assert ask(CHECK, often, **CAP, unless_consent="express") is None
    assert ask(CHECK, weak, **CAP, unless_consent="express") is not None
    assert ask(CHECK, gone, **CAP, unless_consent="express") is not None


def test_a_count_for_strangers_is_not_asked_of_a_customer() -> None:
    bought = Consent(relations=(Relation("purchase", NOON - timedelta(days=30)),))
    often = facts(sent=sent(3, 2, 1), consent=bought)
    assert ask(CHECK, often, **CAP) is not None
    assert ask(CHECK, often, **CAP, excuse_months={"purchase": 18}) is None
    assert ask(CHECK, often, **CAP, excuse_months={"inquiry": 18}) is not None


def test_no_rule_counts_beyond_what_the_store_remembers() -> None:
    """It would never fire, and its author would think that it does."""
    lua = Path(functions.__file__).with_name("functions.lua").read_text()
    kept = re.search(r"SENT_TTL, ENTRY, SENT_MAX = (\d+) \* 86400000, \d+, (\d+)", lua)
    assert kept is not None
    assert (int(kept[1]) * 24, int(kept[2])) == (KEPT_HOURS, KEPT_SENDS)
    Frequency.model_validate({"max": KEPT_SENDS, "window_hours": KEPT_HOURS})
    for more in ({"max": KEPT_SENDS + 1}, {"window_hours": KEPT_HOURS + 1}):
        with pytest.raises(ValidationError):
            Frequency.model_validate({"max": 1, "window_hours": 1, **more})
