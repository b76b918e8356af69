from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from pydantic import ValidationError

from gatekeeper.checks.quiet_hours import CHECK, QuietHours
from gatekeeper.domain.consent import Basis, Consent, ConsentAct, Relation
from gatekeeper.domain.number import Places
from gatekeeper.domain.words import Purpose
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


HOLIDAYS = {
    "windows": {"mon-sat": "08:00-21:00", "sun": "13:00-21:00"},
    "dated": {"dates": ["2026-11-26"], "windows": "13:00-21:00"},
}
"""Thanksgiving of 2026 is a Thursday."""


@pytest.mark.parametrize(
    ("instant", "opens"),
    [
        ("2026-11-26T12:59:00-05:00", "2026-11-26T13:00:00-05:00"),
        ("2026-11-26T13:00:00-05:00", None),
        ("2026-11-26T20:59:00-05:00", None),
        ("2026-11-26T21:00:00-05:00", "2026-11-27T08:00:00-05:00"),
        ("2026-11-25T21:00:00-05:00", "2026-11-26T13:00:00-05:00"),
        ("2026-11-19T12:59:00-05:00", None),
    ],
)
def test_a_holiday_keeps_hours_of_its_own(instant: str, opens: str | None) -> None:
    finding = ask(CHECK, facts(at=datetime.fromisoformat(instant)), **HOLIDAYS)
    assert (finding.until if finding else None) == (opens and datetime.fromisoformat(opens))


def test_a_reply_within_a_talk_may_come_at_any_hour_but_no_offer_may() -> None:
    night = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
    asked = facts(at=night, last_inbound_at=night)
    assert ask(CHECK, replace(asked, purpose=Purpose.DEBT), **DAY) is None
    assert ask(CHECK, asked, **DAY) is not None


def test_where_the_law_says_so_consent_lifts_the_hours() -> None:
    night, spoken = at("22:00"), Consent(Basis.EXPRESS)
    lifted = {**DAY, "unless_consent": "express"}
    assert ask(CHECK, facts(at=night, consent=spoken), **DAY) is not None
    assert ask(CHECK, facts(at=night, consent=spoken), **lifted) is None
    assert ask(CHECK, facts(at=night, consent=Consent(Basis.IMPLIED)), **lifted) is not None


def test_where_the_law_says_so_a_purchase_lifts_the_hours() -> None:
    bought = Consent(relations=(Relation("purchase", at("12:00")),))
    lifted = {**DAY, "excuse_months": {"purchase": 18}}
    assert ask(CHECK, facts(at=at("22:00"), consent=bought), **lifted) is None
    assert ask(CHECK, facts(at=at("22:00"), consent=Consent()), **lifted) is not None
