from __future__ import annotations

from msgspec.structs import replace

from gatekeeper.checks.place_known import CHECK
from gatekeeper.domain.number import Number, Places, Reading
from gatekeeper.domain.words import Purpose
from tests.support.judging import NOON, ask, facts, reason

TOLL_FREE = Reading(Number("+18002200123", "US", "800", toll_free=True, geographic=False))


def test_a_number_without_a_zone_is_a_finding_until_a_place_is_stated() -> None:
    assert reason(CHECK, facts(recipient=TOLL_FREE, places=Places())) == "quiet_hours"
    assert ask(CHECK, facts(recipient=TOLL_FREE)) is None


def test_an_address_that_is_no_number_has_its_own_finding_elsewhere() -> None:
    assert ask(CHECK, facts(recipient=Reading(None), places=Places())) is None


def test_a_reply_within_a_talk_is_no_question_of_hours() -> None:
    nowhere = facts(recipient=TOLL_FREE, places=Places(), last_inbound_at=NOON)
    assert ask(CHECK, replace(nowhere, purpose=Purpose.DEBT)) is None
    assert ask(CHECK, nowhere) is not None
