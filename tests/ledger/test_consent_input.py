"""Which consent events are taken from outside, and which are not?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gatekeeper.domain.consent import Basis, ConsentAct
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.consent_input import MAX_SKEW, ConsentInput, canonical_number, event_of

NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)
NUMBER = "+12122000123"


def said(event: str = "opt_in", **fields: Any) -> ConsentInput:
    return ConsentInput.model_validate({"number": NUMBER, "event": event, **fields})


@pytest.mark.parametrize(
    ("event", "basis"),
    [
        ("opt_in", Basis.EXPRESS),
        ("confirmation", Basis.NONE),
        ("purchase", Basis.IMPLIED),
        ("inquiry", Basis.IMPLIED),
        ("opt_out", Basis.NONE),
        ("wrong_number", Basis.NONE),
    ],
)
def test_an_act_has_the_basis_that_it_gives_if_none_is_said(event: str, basis: Basis) -> None:
    assert event_of(said(event), "acme", NUMBER, NOW).basis is basis


@pytest.mark.parametrize("event", ["opt_out", "expiry", "reassigned", "wrong_number"])
def test_an_act_that_grants_nothing_takes_no_basis(event: str) -> None:
    with pytest.raises(InputRejected, match="basis"):
        event_of(said(event, basis="express"), "acme", NUMBER, NOW)


def test_an_opt_in_on_no_footing_is_none() -> None:
    with pytest.raises(InputRejected, match="needs a basis"):
        event_of(said(basis="none"), "acme", NUMBER, NOW)


def test_an_event_may_be_ahead_by_the_skew_of_clocks_and_no_more() -> None:
    event_of(said(at=NOW + MAX_SKEW), "acme", NUMBER, NOW)
    with pytest.raises(InputRejected, match="future"):
        event_of(said(at=NOW + MAX_SKEW + timedelta(microseconds=1)), "acme", NUMBER, NOW)


def test_an_event_without_a_time_happened_now() -> None:
    assert event_of(said(), "acme", NUMBER, NOW).at == NOW


def test_the_same_event_has_one_id_and_a_tenant_has_its_own() -> None:
    at = NOW - timedelta(days=1)
    ids = {event_of(said(at=at), tenant, NUMBER, NOW).id for tenant in ("acme", "acme", "other")}
    assert len(ids) == 2


@given(st.sampled_from(["seller", "source", "campaign"]), st.text(min_size=1, max_size=20))
def test_events_that_differ_in_a_field_differ_in_id(field: str, value: str) -> None:
    at = NOW - timedelta(days=1)
    plain, other = said(at=at), said(at=at, **{field: value})
    ids = [event_of(each, "acme", NUMBER, NOW).id for each in (plain, other)]
    assert ids[0] != ids[1]


@pytest.mark.parametrize(
    "fields",
    [
        {"event": "opted"},
        {"at": "2026-11-20T12:00:00"},
        {"basis": "written"},
        {"channel": "pigeon"},
        {"number": "1" * 65},
        {"seller": "s" * 201},
        {"evidence": {"shoe_size": "44"}},
        {"tenant": "other"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_what_has_no_meaning_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ConsentInput.model_validate({"number": NUMBER, "event": "opt_in", **fields})


@pytest.mark.parametrize("raw", ["", "hello", "911", "+1 212 555 01", "\ud800", "+" + "9" * 30])
def test_what_is_no_number_is_refused_without_being_repeated(raw: str) -> None:
    with pytest.raises(InputRejected) as caught:
        canonical_number(raw)
    assert len(raw) < 4 or raw not in str(caught.value)


@pytest.mark.parametrize("raw", [NUMBER, "(212) 200-0123", "tel:+1-212-200-0123", "1 212.200.0123"])
def test_every_spelling_of_a_number_is_one_number(raw: str) -> None:
    assert canonical_number(raw) == NUMBER


def test_an_opt_out_keeps_its_instant_whatever_the_zone_it_is_told_in() -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=-10)))
    event = event_of(said("opt_out", at=elsewhere), "acme", NUMBER, NOW)
    assert (event.act, event.at) == (ConsentAct.OPT_OUT, NOW)


def test_one_instant_told_in_two_zones_is_one_event() -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=5, minutes=45)))
    ids = {event_of(said(at=at), "acme", NUMBER, NOW).id for at in (NOW, elsewhere)}
    assert len(ids) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"at": "0001-01-01T00:00:00+14:00"},
        {"at": "1969-12-31T23:59:59Z"},
        {"expires": "9999-12-31T23:59:59-14:00"},
    ],
)
def test_an_instant_that_not_every_zone_can_tell_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(InputRejected, match="between 1970 and 9998"):
        event_of(said(**fields), "acme", NUMBER, NOW)
