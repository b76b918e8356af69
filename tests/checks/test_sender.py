from __future__ import annotations

import pytest

from gatekeeper.checks.sender import CHECK
from gatekeeper.domain.facts import SenderFacts
from gatekeeper.domain.number import Reading
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import SenderKind, SenderState
from tests.support.judging import ask, facts, reason

FORGED = ["destination.emergency", "destination.crisis", "destination.service"]


@pytest.mark.parametrize("state", ["suspended", "reclaimed", "ported_out"])
def test_an_own_sender_that_is_not_active_is_inactive(state: str) -> None:
    given = facts(sender=SenderFacts(state=SenderState(state)))
    assert reason(CHECK, given, forged=FORGED) == "sender.inactive"


def test_a_sender_nobody_registered_is_not_owned() -> None:
    assert reason(CHECK, facts(sender=SenderFacts()), forged=FORGED) == "sender.not_owned"


def test_an_emergency_number_as_sender_is_forged_even_if_it_was_registered() -> None:
    forged = SenderFacts(
        state=SenderState.ACTIVE, reading=Reading(None, Reason.DESTINATION_EMERGENCY)
    )
    assert reason(CHECK, facts(sender=forged), forged=FORGED) == "sender.not_owned"


def test_an_active_sender_passes_and_so_does_one_that_is_no_number() -> None:
    assert ask(CHECK, facts(), forged=FORGED) is None
    name = SenderFacts(state=SenderState.ACTIVE, reading=Reading(None, Reason.DESTINATION_INVALID))
    assert ask(CHECK, facts(sender=name), forged=FORGED) is None


def test_a_number_that_nobody_was_given_is_forged_but_a_name_is_none() -> None:
    unread = Reading(None, Reason.DESTINATION_INVALID)
    numbers = ["long_code", "unknown"]
    nobody = SenderFacts(SenderKind.UNKNOWN, SenderState.ACTIVE, reading=unread)
    assert reason(CHECK, facts(sender=nobody), forged=FORGED, numbers=numbers) == "sender.not_owned"
    name = SenderFacts(SenderKind.ALPHANUMERIC, SenderState.ACTIVE, reading=unread)
    assert ask(CHECK, facts(sender=name), forged=FORGED, numbers=numbers) is None
