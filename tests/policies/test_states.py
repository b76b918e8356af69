"""Is there law for every state and territory, and rows for each that the law tells apart?"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from gatekeeper.domain.words import Override
from gatekeeper.numbering.parse import read
from gatekeeper.numbering.places import places_of
from gatekeeper.rollout.tables import TableRow, read_table
from gatekeeper.settings import CHECKOUT
from tests.support.shipped import shipped

TABLES = CHECKOUT / "policies" / "tests"


def named(states: str) -> frozenset[str]:
    return frozenset(states.split())


TOLD_APART = named(
    "AL AZ CA CO CT DE FL GA IL IN KY LA MA MD ME MI MN MO MS MT NE NH NJ NM NV NY OK OR PA RI SD "
    "TN TX UT VA WA WI WV WY"
)
"""States that have an hour, a day, a cap, a list, a duty or a way of consent of their own, or that
are named as having none."""
OTHERS = named("AK AR DC HI IA ID KS NC ND OH SC VT")
TERRITORIES = named("PR VI GU MP AS")
DATED = named("AZ CT FL MD ME MS OK OR PA TX VA")
"""States whose law changed on a day that the rules know."""
ALL_PARTY = named("CA CT DE FL IL MA MD MI MT NH NV OR PA WA")
OWN_LIST = named("CO FL IN LA MA MO OK PA TN TX WY")
CAPPED = named("FL MD OK OR")
NO_SUNDAYS = named("AL LA MS PA RI UT")


@cache
def rows(name: str) -> tuple[TableRow, ...]:
    return read_table(TABLES / f"us-states-{name}.yaml")


@cache
def states_in(name: str) -> frozenset[str]:
    """The states and territories that the numbers of a table belong to."""
    numbers = (read(str(row.whole["to"])).number for row in rows(name))
    regions = (places_of(number).regions for number in numbers if number)
    return frozenset(region.removeprefix("US-") for each in regions for region in each)


def rules_of(check: str) -> frozenset[str]:
    """The states that have a rule of one check."""
    found = (rule.applies.jurisdiction or "" for rule in shipped().policy.rules
             if rule.check == check)  # fmt: skip
    return frozenset(place.removeprefix("US-") for place in found if place.startswith("US-"))


def test_the_sets_of_this_test_make_up_the_country() -> None:
    assert len(TOLD_APART | OTHERS) == 51
    assert not TOLD_APART & OTHERS


@pytest.mark.parametrize("state", sorted(TOLD_APART | OTHERS | TERRITORIES))
def test_each_has_a_pack_that_holds_rules_or_says_on_what_federal_law_alone_rests(
    state: str,
) -> None:
    policy, pack = shipped().policy, f"us-{state.lower()}"
    assert Path(CHECKOUT, "policies", "floor", f"{pack}.yaml").is_file()
    rules = [rule for rule in policy.rules if rule.pack == pack]
    said = [each for each in policy.as_federal if each.pack == pack]
    assert rules or said
    assert {rule.applies.jurisdiction for rule in rules} <= {f"US-{state}"}
    assert [each.jurisdiction for each in said] in ([], [f"US-{state}"])


def test_an_ordinary_lawful_text_to_each_of_them_is_allowed_in_the_tables() -> None:
    assert states_in("lawful") == TOLD_APART | OTHERS | TERRITORIES
    assert all(row.expect.verdict == "allow" for row in rows("lawful"))
    assert all(row.expect.findings == () for row in rows("lawful"))
    assert all(row.whole["listings"] == {"us-national": "clear"} for row in rows("lawful"))


@pytest.mark.parametrize("name", ["hours", "days", "calls", "caps-and-lists", "dates"])
def test_a_table_has_rows_that_find_and_rows_that_find_nothing(name: str) -> None:
    found = [bool(row.expect.findings) for row in rows(name)]
    assert any(found)
    assert not all(found)


def test_no_state_that_the_law_tells_apart_is_without_a_row() -> None:
    told = ("hours", "days", "calls", "caps-and-lists", "dates")
    missing = TOLD_APART - frozenset().union(*map(states_in, told))
    assert missing == frozenset()


def test_every_state_with_a_rule_of_hours_caps_lists_or_recording_has_its_rows() -> None:
    assert rules_of("recording") == ALL_PARTY <= states_in("calls")
    assert rules_of("frequency") == CAPPED <= states_in("caps-and-lists")
    assert rules_of("dnc") & states_in("caps-and-lists") >= OWN_LIST
    assert rules_of("quiet_hours") <= states_in("hours") | states_in("calls")
    assert states_in("days") >= NO_SUNDAYS


def test_a_state_whose_law_began_lately_has_rows_of_the_day_before_and_the_day() -> None:
    lately = (rule for rule in shipped().policy.rules if rule.effective_from.year >= 2021)
    began = {rule.pack.removeprefix("us-").upper() for rule in lately}
    assert began & (TOLD_APART | OTHERS) <= DATED == states_in("dates")


@pytest.mark.parametrize("state", sorted(OWN_LIST))
def test_an_own_list_is_asked_where_it_is_loaded_and_never_demanded(state: str) -> None:
    rule = shipped().policy.rule(f"us-{state.lower()}.dnc")
    assert rule is not None
    assert rule.params.lists == (f"us-{state.lower()}",)
    assert not rule.params.required
    assert rule.params.max_age_days == 31


def test_nobody_waives_consent_the_recording_of_a_call_or_an_emergency() -> None:
    for rule in shipped().policy.rules:
        if rule.check in ("consent", "recording", "emergency_order") and rule.pack[:3] == "us-":
            assert rule.override is Override.NEVER, rule.id
