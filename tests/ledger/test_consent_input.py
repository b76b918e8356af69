"""Which consent events are taken from outside, and which are not?"""

from __future__ import annotations

import re
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
ANA = b"ana-of-acme"
"""The keyed name of the person, as a keyring makes it of tenant and number."""
PROOF = {
    "text_shown": "I agree to automated texts. Consent is not a condition of purchase.",
    "signature": "checkbox",
}


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
    assert event_of(said(event), ANA, NOW).basis is basis


@pytest.mark.parametrize("event", ["opt_out", "expiry", "reassigned", "wrong_number"])
def test_an_act_that_grants_nothing_takes_no_basis(event: str) -> None:
    with pytest.raises(InputRejected, match="basis"):
        event_of(said(event, basis="express"), ANA, NOW)


def test_an_opt_in_on_no_footing_is_none() -> None:
    with pytest.raises(InputRejected, match="needs a basis"):
        event_of(said(basis="none"), ANA, NOW)


def test_an_event_may_be_ahead_by_the_skew_of_clocks_and_no_more() -> None:
    event_of(said(at=NOW + MAX_SKEW), ANA, NOW)
    with pytest.raises(InputRejected, match="future"):
        event_of(said(at=NOW + MAX_SKEW + timedelta(microseconds=1)), ANA, NOW)


def test_an_event_without_a_time_happened_now() -> None:
    assert event_of(said(), ANA, NOW).at == NOW


def test_the_same_event_has_one_id_and_a_tenant_has_its_own() -> None:
    at = NOW - timedelta(days=1)
    ids = {event_of(said(at=at), who, NOW).id for who in (ANA, ANA, b"ana-of-another")}
    assert len(ids) == 2


@given(st.sampled_from(["seller", "brand", "campaign"]), st.text(min_size=1, max_size=20))
def test_events_that_differ_in_a_field_differ_in_id(field: str, value: str) -> None:
    at = NOW - timedelta(days=1)
    plain, other = said(at=at), said(at=at, **{field: value})
    ids = [event_of(each, ANA, NOW).id for each in (plain, other)]
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
        {"evidence": {"signature": "nod"}},
        {"evidence": {"certificate_url": "javascript:alert(1)"}},
        {"missing": ["signatur"]},
        {"tenant": "other"},
    ],
    ids=str,
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
    event = event_of(said("opt_out", at=elsewhere), ANA, NOW)
    assert (event.act, event.at) == (ConsentAct.OPT_OUT, NOW)


def test_one_instant_told_in_two_zones_is_one_event() -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=5, minutes=45)))
    ids = {event_of(said(at=at), ANA, NOW).id for at in (NOW, elsewhere)}
    assert len(ids) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"at": "0001-01-01T00:00:00+14:00"},
        {"at": "1969-12-31T23:59:59Z"},
        {"expires": "9999-12-31T23:59:59-14:00"},
        {"basis": "implied", "evidence": {"inquiry_at": "0001-01-01T00:00:00+14:00"}},
    ],
)
def test_an_instant_that_not_every_zone_can_tell_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(InputRejected, match="between 1970 and 9998"):
        event_of(said(**fields), ANA, NOW)


def test_an_id_tells_nothing_of_the_number_that_could_be_tried_out() -> None:
    """The journal shows it: it is made of the person's keyed name, not of the number."""
    at = NOW - timedelta(days=1)
    other = ConsentInput(number="+12122000124", event=ConsentAct.OPT_OUT, at=at)
    one = ConsentInput(number=NUMBER, event=ConsentAct.OPT_OUT, at=at)
    assert event_of(one, ANA, NOW).id == event_of(other, ANA, NOW).id


def test_an_opt_in_without_evidence_is_unproven() -> None:
    assert event_of(said(), ANA, NOW).unproven
    assert event_of(said(evidence={"language": "en"}), ANA, NOW).unproven
    assert not event_of(said(evidence={"form": "join/17"}), ANA, NOW).unproven
    assert not event_of(said("opt_out"), ANA, NOW).unproven
    assert event_of(said(evidence=PROOF), ANA, NOW, presented=True).unproven


def test_an_event_says_whether_evidence_came_with_it() -> None:
    kept = [event_of(said(evidence=each), ANA, NOW).evidence for each in (None, {}, PROOF)]
    assert kept == [False, False, True]


def test_the_same_event_with_and_without_proof_is_two_events() -> None:
    """Else what is stored would depend on which of them arrived first."""
    at = NOW - timedelta(days=1)
    with_proof, bare = said(at=at, evidence=PROOF), said(at=at)
    assert event_of(with_proof, ANA, NOW).id != event_of(bare, ANA, NOW).id


def test_what_a_written_consent_lacks_is_worked_out_and_added_to() -> None:
    written: dict[str, Any] = {"basis": "express_written", "seller": "Acme", "evidence": PROOF}
    assert event_of(said(**written), ANA, NOW).missing == ()
    assert event_of(said(**{**written, "seller": None}), ANA, NOW).missing == ("seller",)
    stated = said(**{**written, "missing": ["number"]})
    assert event_of(stated, ANA, NOW).missing == ("number",)
    assert event_of(said(basis="express", evidence=PROOF), ANA, NOW).missing == ()


def test_a_purchase_and_an_inquiry_name_their_own_source() -> None:
    assert event_of(said("purchase"), ANA, NOW).source == "purchase"
    assert event_of(said("inquiry"), ANA, NOW).source == "inquiry"


@pytest.mark.parametrize(
    ("field", "source"), [("transaction_at", "purchase"), ("inquiry_at", "inquiry")]
)
def test_implied_consent_counts_from_the_transaction_or_inquiry(field: str, source: str) -> None:
    day = NOW - timedelta(days=40)
    implied = event_of(said(basis="implied", evidence={field: day}), ANA, NOW)
    assert (implied.at, implied.source) == (day, source)


SCOPED = {"channel": "sms"}
PROVED = {"evidence": PROOF}


@pytest.mark.parametrize(
    ("event", "fields", "told"),
    [
        ("purchase", {"basis": "express"}, "gives implied consent"),
        ("inquiry", {"basis": "none"}, "gives implied consent"),
        ("confirmation", {"basis": "express"}, "`basis`"),
        ("deceased", {"basis": "implied"}, "`basis`"),
        ("wrong_number", {"basis": "express"}, "`basis`"),
        ("restart", {"basis": "express"}, "`basis`"),
        ("opt_out", {"about": "e1"}, "`about` goes with"),
        ("evidence", PROVED, "needs `about`"),
        ("correction", {}, "needs `about`"),
        ("evidence", {"about": "e1"}, "needs `evidence`"),
        ("restart", {}, "needs `evidence`"),
        ("evidence", {"about": "e1", **PROVED, **SCOPED}, "not of a scope"),
        ("correction", {"about": "e1", **SCOPED}, "not of a scope"),
        ("opt_out", {"pending": True}, "`pending`"),
        ("purchase", {"pending": True}, "`pending`"),
        ("opt_out", {"missing": ["seller"]}, "`missing`"),
        ("opt_out", {"expires": NOW}, "`expires` goes with"),
        ("opt_in", {"expires": NOW}, "before `at`"),
        ("opt_out", {"source": "purchase"}, "`source`"),
        ("scope_change", {}, "says what is kept"),
        ("purchase", {"source": "inquiry"}, "at once"),
        ("purchase", {"evidence": {"inquiry_at": NOW}}, "at once"),
        ("opt_in", {"evidence": {"inquiry_at": NOW}}, "implied consent only"),
        (
            "purchase",
            {"at": NOW - timedelta(days=1), "evidence": {"transaction_at": NOW}},
            "a day or more",
        ),
        ("purchase", {"evidence": {"transaction_at": NOW + timedelta(days=2)}}, "future"),
    ],
)
def test_what_does_not_go_together_is_refused(
    event: str, fields: dict[str, Any], told: str
) -> None:
    with pytest.raises(InputRejected, match=re.escape(told)):
        event_of(said(event, **fields), ANA, NOW)


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        ("scope_change", SCOPED),
        ("scope_change", {"brand": "acme"}),
        ("evidence", {"about": "e1", **PROVED}),
        ("correction", {"about": "e1"}),
        ("restart", PROVED),
        ("opt_in", {"pending": True}),
        ("opt_in", {"expires": NOW + timedelta(days=1)}),
        ("deceased", {}),
        ("confirmation", {}),
    ],
)
def test_what_goes_together_is_taken(event: str, fields: dict[str, Any]) -> None:
    assert event_of(said(event, **fields), ANA, NOW).act == event
