from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from gatekeeper.checks.quiet_hours import CHECK, QuietHours
from gatekeeper.domain.consent import Consent, ConsentAct
from gatekeeper.domain.number import Places
from tests.support.judging import ask, facts

DAY = {"windows": {"mon-sun": "08:00-21:00"}}
EAST = "2026-11-20T{}:00-05:00"
BOTH = Places(frozenset({"US-FL"}), ("America/Chicago", "America/New_York"), "area_code")


def at(clock: str) -> datetime:
    return datetime.fromisoformat(EAST.format(clock))


@pytest.mark.parametrize(
    ("clock", "quiet"), [("07:59", True), ("08:00", False), ("20:59", False), ("21:00", True)]
)
def test_the_window_is_half_open(clock: str, quiet: bool) -> None:
    assert (ask(CHECK, facts(at=at(clock)), **DAY) is not None) is quiet


@pytest.mark.parametrize(
    ("clock", "quiet"), [("08:59", True), ("09:00", False), ("20:59", False), ("21:00", True)]
)
def test_every_candidate_zone_must_be_open(clock: str, quiet: bool) -> None:
    assert (ask(CHECK, facts(at=at(clock), places=BOTH), **DAY) is not None) is quiet


def test_the_finding_says_when_this_rule_alone_is_met() -> None:
    finding = ask(CHECK, facts(at=at("21:00")), **DAY)
    assert finding is not None
    assert finding.until == datetime.fromisoformat("2026-11-21T08:00:00-05:00")
    assert finding.reason == "quiet_hours"


def test_a_closed_day_may_have_its_own_reason() -> None:
    given = facts(at=datetime.fromisoformat("2026-11-22T12:00:00-05:00"))
    finding = ask(CHECK, given, windows={"mon-sat": "08:00-20:00"}, reason="day_banned")
    assert finding is not None
    assert finding.reason == "day_banned"


def test_no_zone_a_help_reply_and_another_packs_country_are_not_spoken_of() -> None:
    late = at("23:00")
    assert ask(CHECK, facts(at=late, places=Places()), **DAY) is None
    stopped = Consent(ended_by=ConsentAct.OPT_OUT)
    assert ask(CHECK, facts(at=late, kind="help_reply", consent=stopped), **DAY) is None
    assert ask(CHECK, facts(at=late), except_countries=["US"], **DAY) is None


@pytest.mark.parametrize("windows", [7, {"someday": "08:00-21:00"}, {"mon": "21:00-08:00"}])
def test_windows_that_make_no_sense_do_not_load(windows: object) -> None:
    with pytest.raises(ValidationError):
        QuietHours.model_validate({"windows": windows})


def test_a_banned_date_is_shut_in_any_zone_where_it_is_today() -> None:
    """Late on Christmas Eve in New York it is Christmas in London already."""
    eve = datetime(2026, 12, 25, 0, 30, tzinfo=UTC)
    both = Places(frozenset({"US-NY", "GB"}), ("America/New_York", "Europe/London"))
    banned = {"windows": "00:00-24:00", "reason": "day_banned", "banned": ["2026-12-25"]}
    finding = ask(CHECK, facts(at=eve, places=both), **banned)
    assert finding is not None and finding.reason == "day_banned"
    assert finding.until == datetime(2026, 12, 26, 5, tzinfo=UTC)
    assert ask(CHECK, facts(at=eve), **banned) is None
