from __future__ import annotations

import pytest

from gatekeeper.domain.reason import STAGE, Reason


def test_every_reason_has_a_stage_of_reporting() -> None:
    assert set(STAGE) == set(Reason)
    assert set(STAGE.values()) == set(range(11))


@pytest.mark.parametrize(
    ("reason", "stage"),
    [
        ("suspended", 0), ("destination.emergency", 0), ("sender.not_owned", 0),
        ("destination.premium", 1), ("destination.denied_country", 1), ("sender.kind", 1),
        ("consent.revoked", 2), ("consent.reassigned", 2), ("purpose.mismatch", 3),
        ("consent.missing", 4), ("dnc.listed", 5), ("litigator.listed", 5),
        ("content.payment", 6), ("sender.unregistered", 7), ("template.unapproved", 7),
        ("quiet_hours", 8), ("day_banned", 8), ("frequency.cap", 9), ("rate.limited", 10),
    ],
)  # fmt: skip
def test_the_order_of_reporting_is_the_documented_one(reason: str, stage: int) -> None:
    assert STAGE[Reason(reason)] == stage
