from __future__ import annotations

from gatekeeper.checks.place_known import CHECK
from gatekeeper.domain.number import Number, Places, Reading
from tests.support.judging import ask, facts, reason

TOLL_FREE = Reading(Number("+18002200123", "US", "800", toll_free=True, geographic=False))


def test_a_number_without_a_zone_is_a_finding_until_a_place_is_stated() -> None:
    assert reason(CHECK, facts(recipient=TOLL_FREE, places=Places())) == "quiet_hours"
    assert ask(CHECK, facts(recipient=TOLL_FREE)) is None


def test_an_address_that_is_no_number_has_its_own_finding_elsewhere() -> None:
    assert ask(CHECK, facts(recipient=Reading(None), places=Places())) is None
