from __future__ import annotations

import pytest
from msgspec.structs import replace

from gatekeeper.checks.sender_campaign import CHECK
from tests.support.judging import CLEAN, ask, facts


@pytest.mark.parametrize(
    ("barred", "told"), [("campaign", "not among"), ("end_customer", "another end customer")]
)
def test_a_sender_of_another_is_a_matter_of_identity(barred: str, told: str) -> None:
    finding = ask(CHECK, facts(sender=replace(CLEAN.sender, barred=barred)))
    assert finding is not None
    assert (finding.reason, finding.stage) == ("sender.unregistered", 0)
    assert told in finding.detail


def test_a_sender_of_the_campaign_passes() -> None:
    assert ask(CHECK, facts()) is None
