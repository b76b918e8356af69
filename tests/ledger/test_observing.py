"""Is an observe time bounded, however often it is stated?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gatekeeper.domain.standing import Observe
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.observing import LONGEST, observing

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def stated(until: datetime, reason: str = "onboarding", at: datetime = NOON) -> Observe:
    return Observe(reason, "user:olga", at, until)


def test_a_new_one_begins_now_and_ends_within_ninety_days() -> None:
    longest = stated(NOON + LONGEST)
    assert observing(longest, None, NOON) == longest
    assert observing(None, longest, NOON) is None
    with pytest.raises(InputRejected, match=r"at most 90 days: until 2027-02-18T12:00:00\+00:00"):
        observing(stated(NOON + LONGEST + timedelta(seconds=1)), None, NOON)


def test_one_that_runs_keeps_its_beginning() -> None:
    running, later = stated(NOON + 30 * DAY), NOON + 20 * DAY
    longer = observing(stated(NOON + LONGEST, at=later), running, later)
    assert longer is not None
    assert (longer.at, longer.until) == (NOON, NOON + LONGEST)
    with pytest.raises(InputRejected, match="at most 90 days"):
        observing(stated(NOON + LONGEST + DAY, at=later), running, later)


def test_one_that_is_over_is_followed_by_a_new_one() -> None:
    over, later = stated(NOON + DAY), NOON + 2 * DAY
    new = observing(stated(later + LONGEST, at=later), over, later)
    assert new is not None
    assert new.at == later


def test_what_is_not_said_anew_stays_even_when_it_is_over() -> None:
    over = stated(NOON + DAY)
    assert observing(over, over, NOON + 200 * DAY) == over


@pytest.mark.parametrize("until", [NOON, NOON - DAY])
def test_it_ends_in_the_future(until: datetime) -> None:
    with pytest.raises(InputRejected, match="ends in the future"):
        observing(stated(until), None, NOON)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301, "two\nlines"])
def test_it_says_why(reason: str) -> None:
    with pytest.raises(InputRejected, match="say why"):
        observing(stated(NOON + DAY, reason), None, NOON)
