"""Does each form of a row's consent fold to what its author means?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from gatekeeper.domain.consent import Basis, Consent, ConsentAct, Relation
from tests.support.shipped import facts


def consent(said: Any) -> Consent:
    return facts(consent=said).consent


@pytest.mark.parametrize("word", ["implied", "express", "express_written"])
def test_a_basis_alone_is_consent_given_before(word: str) -> None:
    held = consent(word)
    assert held.basis == word
    assert held.given_at is not None
    assert held.given_at < facts().at


def test_none_is_nothing_at_all() -> None:
    assert consent("none") == Consent()


def test_revoked_is_an_opt_out_that_its_confirmation_may_still_follow() -> None:
    held = consent("revoked")
    assert (held.revoked, held.ended_at) == (True, facts().at)


def test_a_mapping_says_all_of_a_grant() -> None:
    held = consent(
        {
            "basis": "implied",
            "at": "2026-01-01T00:00:00Z",
            "seller": "Acme",
            "source": "purchase",
            "missing": ["signature"],
        }
    )
    assert held == Consent(
        basis=Basis.IMPLIED,
        given_at=datetime(2026, 1, 1, tzinfo=UTC),
        seller="Acme",
        source="purchase",
        missing=("signature",),
        events=("given",),
        relations=(Relation("purchase", datetime(2026, 1, 1, tzinfo=UTC)),),
    )


@pytest.mark.parametrize(
    ("expires", "basis"),
    [("2026-11-20T12:00:00-05:00", "none"), ("2026-11-20T12:00:01-05:00", "express")],
)
def test_consent_ends_at_the_instant_it_expires(expires: str, basis: str) -> None:
    assert consent({"basis": "express", "expires": expires}).basis == basis


@pytest.mark.parametrize(
    ("scope", "covered"),
    [
        ("all", True),
        ("sms", True),
        ("voice", False),
        ("marketing", True),
        ("debt", False),
        ({"channel": "sms", "purpose": "marketing"}, True),
        ({"channel": "sms", "purpose": "debt"}, False),
        ({"campaign": "other"}, False),
    ],
)
def test_consent_speaks_of_its_scope_alone(scope: Any, covered: bool) -> None:
    held = consent({"basis": "express", "scope": scope})
    assert (held.basis is Basis.EXPRESS) is covered


def test_a_grant_without_a_date_is_older_than_the_history() -> None:
    """Otherwise it would undo an opt-out of last year."""
    stopped = {"event": "opt_out", "at": "2025-01-01T00:00:00Z"}
    assert consent({"basis": "express_written", "events": [stopped]}).revoked


def test_an_opt_in_after_an_opt_out_renews_the_consents_own_basis() -> None:
    events = [
        {"event": "opt_out", "at": "2026-01-01T00:00:00Z"},
        {"event": "opt_in", "at": "2026-02-01T00:00:00Z"},
    ]
    assert consent({"basis": "express_written", "events": events}).basis is Basis.EXPRESS_WRITTEN
    assert consent({"events": events}).basis is Basis.EXPRESS


@pytest.mark.parametrize("act", ["purchase", "inquiry"])
def test_a_purchase_or_inquiry_implies_consent_and_is_its_source(act: str) -> None:
    held = consent({"events": [{"event": act, "at": "2026-10-01T00:00:00Z"}]})
    assert (held.basis, held.source) == (Basis.IMPLIED, act)


@pytest.mark.parametrize("act", [ConsentAct.REASSIGNED, ConsentAct.WRONG_NUMBER])
def test_a_number_that_changed_hands_ends_consent(act: ConsentAct) -> None:
    events = [{"event": act, "at": "2026-10-01T00:00:00Z"}]
    assert consent({"basis": "express_written", "events": events}).ended_by is act


def test_events_after_the_message_do_not_count() -> None:
    events = [{"event": "opt_out", "at": "2026-12-01T00:00:00Z"}]
    assert consent({"basis": "express", "events": events}).basis is Basis.EXPRESS
