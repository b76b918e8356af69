"""Is a stated line believed only from who is trusted with it, and is a statement kept whole?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gatekeeper.domain.number import Stated
from gatekeeper.policy.row import RecipientRow
from gatekeeper.rollout.given import facts_of
from gatekeeper.rollout.statement import believed_line, stated_of
from tests.support.shipped import shipped

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
BARE = {"to": "+12122000123", "at": AT.isoformat(), "message": {"channel": "voice"}}


def test_nothing_that_is_stated_is_no_statement() -> None:
    assert stated_of(RecipientRow()) is None
    assert stated_of(RecipientRow(line_type="landline")) is None
    said = stated_of(RecipientRow(region="US-TX", source="crm", as_of=date(2026, 1, 1)))
    assert said == Stated("US-TX", None, None, "crm", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("source", "as_of", "line"),
    [
        ("carrier_lookup", date(2026, 11, 5), "landline"),
        ("carrier_lookup", date(2026, 11, 4), None),
        ("carrier_lookup", None, None),
        ("billing_address", date(2026, 11, 20), None),
        ("crm", date(2026, 11, 20), None),
        (None, None, None),
    ],
)
def test_a_landline_is_believed_for_fifteen_days_from_who_looked_it_up(
    source: str | None, as_of: date | None, line: str | None
) -> None:
    stated = Stated(source=source, as_of=as_of)
    assert believed_line("landline", stated, shipped().policy.trust, AT) == line


def test_a_table_may_say_that_a_line_is_one_or_who_says_so() -> None:
    """A row's word is a fact; a row that names a source tests whether the policy trusts it."""

    def line(**said: str) -> str | None:
        row = {**BARE, "recipient": {"line_type": "landline", **said}}
        return facts_of(row, shipped().screener, shipped().policy.trust).line_type

    assert line() == "landline"
    assert line(source="crm", as_of="2026-11-20") is None
    assert line(source="carrier_lookup", as_of="2026-11-20") == "landline"
    assert line(source="carrier_lookup") is None
