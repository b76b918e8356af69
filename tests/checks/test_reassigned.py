from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.checks.reassigned import CHECK, compared
from gatekeeper.domain.consent import Basis, Consent, Relation
from gatekeeper.domain.facts import Facts, Listing
from gatekeeper.domain.words import ListAnswer
from tests.support.judging import NOON, ask, facts, reason

MAY = date(2026, 5, 2)
OVER = datetime(2026, 5, 3, 12, tzinfo=UTC)
"""The day is over in the last zone of the earth."""
LAW: dict[str, Any] = {"lists": ["l"], "required": False}
HIT, CLEAR, NOT_CHECKED = ListAnswer.HIT, ListAnswer.CLEAR, ListAnswer.NOT_CHECKED


def told(answer: ListAnswer, since: date | None, given_at: datetime | None) -> Facts:
    consent = Consent(basis=Basis.EXPRESS, given_at=given_at)
    return facts(listings={"l": Listing(answer, "v1", NOON, since)}, consent=consent)


@pytest.mark.parametrize(
    ("since", "given_at", "expected"),
    [
        (MAY, OVER - timedelta(seconds=1), "consent.reassigned"),
        (MAY, OVER, None),
        (MAY, None, "consent.reassigned"),
        (None, OVER, "consent.reassigned"),
    ],
)
def test_a_disconnection_counts_unless_the_consent_is_surely_later(
    since: date | None, given_at: datetime | None, expected: str | None
) -> None:
    assert reason(CHECK, told(HIT, since, given_at), **LAW) == expected


@pytest.mark.parametrize(
    ("given_at", "expected"),
    [
        (datetime(2026, 5, 2, tzinfo=UTC), None),
        (datetime(2026, 5, 1, 23, 59, 59, tzinfo=UTC), "dnc.not_checked"),
        (None, "dnc.not_checked"),
    ],
)
def test_a_no_speaks_only_for_consent_from_the_day_asked_about(
    given_at: datetime | None, expected: str | None
) -> None:
    assert reason(CHECK, told(CLEAR, MAY, given_at), lists=["l"]) == expected
    assert ask(CHECK, told(CLEAR, MAY, given_at), **LAW) is None


def test_without_a_day_the_answer_counts_as_it_is() -> None:
    assert ask(CHECK, told(CLEAR, None, None), lists=["l"]) is None
    assert reason(CHECK, told(NOT_CHECKED, None, OVER), lists=["l"]) == "dnc.not_checked"
    assert ask(CHECK, facts(listings={}), **LAW) is None


@given(st.dates(), st.datetimes(timezones=st.just(UTC)))
def test_a_later_disconnection_never_permits_more(since: date, given_at: datetime) -> None:
    if since == date.max:
        return
    later = since + timedelta(days=1)
    before = compared(Listing(HIT, since=since), given_at).answer
    after = compared(Listing(HIT, since=later), given_at).answer
    assert not (before is HIT and after is CLEAR)


ASKED_OF_STRANGERS: dict[str, Any] = {
    "lists": ["l"],
    "excuse_unasked": {"unless_consent": "express", "excuse_months": {"purchase": 18}},
}
BOUGHT = Consent(relations=(Relation("purchase", NOON - timedelta(days=30)),))


@pytest.mark.parametrize(
    ("consent", "expected"),
    [
        (Consent(), "dnc.not_checked"),
        (Consent(Basis.IMPLIED), "dnc.not_checked"),
        (Consent(Basis.EXPRESS), None),
        (BOUGHT, None),
    ],
)
def test_where_the_law_says_so_a_request_excuses_that_nobody_asked(
    consent: Consent, expected: str | None
) -> None:
    unasked = facts(listings={}, consent=consent)
    assert reason(CHECK, unasked, **ASKED_OF_STRANGERS) == expected
    assert reason(CHECK, unasked, **{**LAW, "required": True}) == "dnc.not_checked"


def test_a_request_does_not_excuse_a_hit() -> None:
    asked = told(HIT, MAY, OVER - timedelta(days=1))
    assert reason(CHECK, asked, **ASKED_OF_STRANGERS) == "consent.reassigned"


def test_a_request_does_not_excuse_a_database_that_failed_or_is_old() -> None:
    for answer, expected in ((ListAnswer.ERROR, "not_checked"), (ListAnswer.STALE, "stale")):
        told_so = facts(listings={"l": Listing(answer)}, consent=Consent(Basis.EXPRESS))
        assert reason(CHECK, told_so, **ASKED_OF_STRANGERS) == f"dnc.{expected}"
