"""Is every loosening found, and told by a message that it would let pass?"""

from __future__ import annotations

from dataclasses import replace as changed
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.checks import (
    CHECKS,
    consent,
    content,
    dnc,
    frequency,
    own_will,
    quiet_hours,
    suspension,
    window,
)
from gatekeeper.checks.contract import Check
from gatekeeper.checks.looser import looser
from gatekeeper.checks.looser_params import COMPARED
from gatekeeper.domain.consent import Basis, Consent, Relation
from gatekeeper.domain.facts import Facts, Listing, Sent
from gatekeeper.domain.match import Match
from gatekeeper.domain.number import Places
from gatekeeper.domain.registry import Posture
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import (
    Channel,
    Family,
    Likelihood,
    ListAnswer,
    Mode,
    Purpose,
    Technology,
)
from gatekeeper.policy.binding import binds
from gatekeeper.policy.model import Applies, Rule
from tests.support.judging import NOON, facts, rule

HOURS = rule(quiet_hours.CHECK, Verdict.DEFER, "us.hours", windows="08:00-21:00")
PACKED = {check.name: check for check in CHECKS}


def test_a_rule_is_not_looser_than_itself() -> None:
    assert looser(HOURS, HOURS) is None


def test_a_wider_window_is_told_by_the_first_time_that_only_it_leaves_open() -> None:
    wider = rule(quiet_hours.CHECK, Verdict.DEFER, windows="08:00-21:30")
    told = "on a Monday at 21:00 local time the floor defers, this would let it pass"
    assert looser(HOURS, wider) == told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"verdict": Verdict.FLAG}, "wherever the floor defers, this only flags"),
        ({"mode": Mode.SHADOW}, "wherever the floor defers, this would only record it"),
        ({"mode": Mode.OFF}, "wherever the floor defers, this would not ask"),
        ({"effective_from": date(2026, 12, 2)}, "on 2026-12-01 the floor defers"),
        ({"effective_to": date(2026, 12, 2)}, "on 2026-12-03 the floor defers"),
        ({"applies": Applies(channels=frozenset({Channel.SMS}))}, "for a message by mms the"),
        (
            {"applies": Applies(campaigns=frozenset({"spring"}))},
            "for a message of campaign other than spring the floor",
        ),
        ({"applies": Applies(jurisdiction="US-FL")}, "for a person in any place outside US-FL"),
        ({"applies": Applies(postures=frozenset({Posture.FCC}))}, "under the reading statute"),
    ],
)
def test_a_rule_that_stops_less_is_looser(change: dict[str, Any], told: str) -> None:
    assert told in (looser(HOURS, changed(HOURS, **change)) or "")
    assert looser(changed(HOURS, **change), changed(HOURS, **change)) is None


def test_another_check_is_no_stricter_form_of_the_rule() -> None:
    other = rule(suspension.CHECK)
    assert looser(HOURS, other) == "the check quiet_hours cannot be replaced by suspension"


def test_a_rule_that_stops_more_is_not_looser() -> None:
    sms = Applies(channels=frozenset({Channel.SMS}), jurisdiction="US-FL")
    floor = changed(HOURS, applies=sms, effective_from=date(2021, 7, 1), mode=Mode.SHADOW)
    both = Applies(channels=frozenset({Channel.SMS, Channel.MMS}), jurisdiction="US")
    tenant = changed(HOURS, applies=both, verdict=Verdict.BLOCK)
    assert looser(floor, tenant) is None
    assert looser(floor, changed(tenant, applies=Applies())) is None


def test_every_technology_that_is_known_is_every_technology() -> None:
    """An unknown one is under all of them."""
    named = frozenset(Technology) - {Technology.UNKNOWN}
    assert looser(HOURS, changed(HOURS, applies=Applies(technologies=named))) is None


def test_a_parameter_that_nobody_compares_must_stay_as_it_is() -> None:
    wide, narrow = (rule(own_will.CHECK, elsewhere=value) for value in (True, False))
    told = "elsewhere must stay as it is: of it nothing tells which way is stricter"
    assert looser(narrow, wide) == looser(wide, narrow) == told
    assert looser(rule(suspension.CHECK), rule(suspension.CHECK)) is None


def test_the_parameters_that_are_compared_are_parameters() -> None:
    for name, comparisons in COMPARED.items():
        for names, _ in comparisons:
            assert set(names) <= set(PACKED[name].params.model_fields), name


sets = st.frozensets
applies = st.builds(
    Applies,
    channels=sets(st.sampled_from(Channel), max_size=3),
    purposes=sets(st.sampled_from(Purpose), max_size=3),
    technologies=sets(st.sampled_from(Technology), max_size=7),
    campaigns=sets(st.sampled_from(["spring", "codes"]), max_size=2),
    exemptions=sets(st.sampled_from(["package", "financial", "healthcare"]), max_size=3),
    postures=sets(st.sampled_from(Posture), max_size=2),
    jurisdiction=st.sampled_from([None, "US", "US-FL", "US-NY", "EU", "DE"]),
)
days = st.dates(date(2026, 11, 18), date(2026, 11, 22))
messages = st.builds(
    lambda **said: facts(**said),
    at=st.integers(-72, 72).map(lambda hours: NOON + timedelta(hours=hours)),
    channel=st.sampled_from(Channel),
    purpose=st.sampled_from(Purpose),
    technology=st.sampled_from(Technology),
    campaign=st.sampled_from([None, "spring", "codes"]),
    exemption=st.sampled_from([None, "package", "financial"]),
    posture=st.sampled_from([None, *Posture]),
    places=st.sampled_from(["US-FL", "US-NY", "DE", "FR"]).map(
        lambda region: Places(frozenset({region}), ("America/New_York",))
    ),
)


@given(applies, applies, days, st.none() | days, st.data())
def test_what_is_not_looser_binds_wherever_the_other_does(
    was: Applies, now: Applies, begins: date, ends: date | None, data: st.DataObject
) -> None:
    floor = changed(HOURS, applies=was, effective_from=begins, effective_to=ends)
    tenant = changed(
        HOURS, applies=now, effective_from=data.draw(days), effective_to=data.draw(st.none() | days)
    )
    told, message = looser(floor, tenant), data.draw(messages)
    if told is None and binds(floor, message):
        assert binds(tenant, message)


hour = st.integers(0, 23)
spans = st.tuples(hour, hour).filter(lambda pair: pair[0] < pair[1])
windows = st.dictionaries(
    st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
    spans.map(lambda pair: f"{pair[0]:02}:00-{pair[1]:02}:30"),
    min_size=1,
)
bases = st.sampled_from(Basis)
maybe = st.none() | bases
months = st.dictionaries(
    st.sampled_from(["purchase", "inquiry"]), st.sampled_from([1, 6, 24]), max_size=2
)
ending = st.dictionaries(
    st.sampled_from(["purchase", "inquiry"]), st.sampled_from([None, 1, 6, 24]), max_size=2
)
lists = st.lists(st.sampled_from(["us-national", "us-fl", "own-a"]), min_size=1, unique=True)
PARAMS: dict[Check, st.SearchStrategy[dict[str, Any]]] = {
    quiet_hours.CHECK: st.fixed_dictionaries(
        {
            "windows": windows,
            "banned": st.lists(days, max_size=2, unique=True),
            "unless_consent": maybe,
            "excuse_months": months,
        }
    ),
    frequency.CHECK: st.fixed_dictionaries(
        {
            "max": st.integers(1, 4),
            "window_hours": st.sampled_from([24, 48, 72]),
            "purposes": st.lists(st.sampled_from(["marketing", "debt"]), unique=True),
            "unless_consent": maybe,
        }
    ),
    dnc.CHECK: st.fixed_dictionaries(
        {
            "lists": lists,
            "required": st.booleans(),
            "max_age_days": st.sampled_from([None, 1, 31]),
            "excused_by": maybe,
            "excuse_months": months,
        }
    ),
    content.CHECK: st.fixed_dictionaries(
        {
            "family": st.just("link"),
            "at_least": st.sampled_from([each.label for each in Likelihood]),
            "below": st.sampled_from([None, "possible", "likely"]),
        }
    ),
    consent.CHECK: st.fixed_dictionaries(
        {
            "need": bases,
            "where_unknown": maybe,
            "elements": st.lists(st.sampled_from(["signature", "seller"]), unique=True),
            "implied_months": ending,
            "accepts": ending,
            "unless_inbound_hours": st.sampled_from([None, 1, 24]),
        }
    ),
    window.CHECK: st.fixed_dictionaries(
        {
            "hours": st.sampled_from([1, 24, 48]),
            "tags": st.dictionaries(
                st.sampled_from(["a", "b"]), st.sampled_from([1, 24, 48]), max_size=2
            ),
        }
    ),
}
relations = st.lists(
    st.builds(
        Relation,
        source=st.sampled_from(["purchase", "inquiry", "donation", None]),
        at=st.sampled_from([3, 45, 300]).map(lambda ago: NOON - timedelta(days=ago)),
    ),
    max_size=2,
).map(tuple)
histories = st.builds(
    Consent,
    basis=bases,
    given_at=st.sampled_from([3, 45, 300]).map(lambda ago: NOON - timedelta(days=ago)),
    source=st.sampled_from(["purchase", "inquiry", None]),
    missing=st.sampled_from([(), ("signature",), ("seller",)]),
    expires=st.sampled_from([None, NOON - timedelta(days=1)]),
    relations=relations,
)
listings = st.dictionaries(
    st.sampled_from(["us-national", "us-fl", "own-a"]),
    st.builds(
        Listing,
        answer=st.sampled_from(ListAnswer),
        as_of=st.sampled_from([None, NOON, NOON - timedelta(days=20), NOON - timedelta(days=90)]),
    ),
)
judged = st.builds(
    lambda **said: facts(**said),
    at=st.integers(-200, 200).map(lambda half: NOON + timedelta(minutes=30 * half)),
    consent=histories,
    listings=listings,
    places=st.sampled_from(
        [Places(frozenset({"US-NY"}), ("America/New_York",)), Places(), facts().places]
    ),
    sent=st.lists(
        st.builds(
            Sent,
            at=st.integers(1, 80).map(lambda hours: NOON - timedelta(hours=hours)),
            purpose=st.sampled_from([Purpose.MARKETING, Purpose.DEBT, Purpose.HEALTHCARE]),
        ),
        max_size=6,
    ).map(tuple),
    matches=st.lists(
        st.sampled_from(Likelihood).map(lambda sure: Match(Family.LINK, "d", sure, "p", 0, 1)),
        max_size=2,
    ).map(tuple),
    last_inbound_at=st.sampled_from([None, NOON - timedelta(hours=30), NOON]),
    tag=st.sampled_from([None, "a", "b"]),
)


def stops(message: Facts, asked: Rule) -> bool:
    return PACKED[asked.check].run(message, asked) is not None


@pytest.mark.parametrize("check", PARAMS, ids=lambda check: check.name)
@given(data=st.data())
def test_what_is_not_looser_stops_whatever_the_other_stops(
    check: Check, data: st.DataObject
) -> None:
    floor, tenant = (rule(check, **data.draw(PARAMS[check])) for _ in range(2))
    told = looser(floor, tenant)
    for message in data.draw(st.lists(judged, min_size=5, max_size=15)):
        if told is None and stops(message, floor):
            assert stops(message, tenant)
