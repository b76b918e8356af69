"""Is every event told as a sentence, in the order in which things happened?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent, Scope
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.ledger.timeline import in_order, sentence
from tests.support.judging import NOON


@pytest.mark.parametrize("act", ConsentAct)
def test_every_act_has_its_sentence(act: ConsentAct) -> None:
    told = sentence(ConsentEvent("e", act, NOON, about="e0"))
    assert told.endswith(".") and "{" not in told


def test_what_an_event_speaks_of_and_lacks_is_told() -> None:
    event = ConsentEvent(
        "e",
        ConsentAct.OPT_IN,
        NOON,
        Basis.EXPRESS_WRITTEN,
        Scope(Channel.SMS, Purpose.MARKETING, "spring", "shoes"),
        expires=NOON + timedelta(days=1),
        seller="Acme",
        missing=("signature", "technology"),
        pending=True,
        unproven=True,
        evidence=True,
    )
    assert sentence(event) == (
        "The person gave express written consent, for sms, marketing, campaign spring, brand "
        "shoes (to Acme; lacks signature, technology; waits for its confirmation; unproven: it "
        "undoes no opt-out; until 2026-11-21T17:00:00+00:00; evidence is kept, sealed)."
    )


def test_a_plain_event_is_a_plain_sentence() -> None:
    assert sentence(ConsentEvent("e", ConsentAct.OPT_OUT, NOON)) == "The person opted out."
    implied = ConsentEvent("e", ConsentAct.OPT_IN, NOON, Basis.IMPLIED, source="membership")
    assert "from membership" in sentence(implied)


def test_the_oldest_is_told_first() -> None:
    events = [
        ConsentEvent("b", ConsentAct.OPT_OUT, NOON),
        ConsentEvent("a", ConsentAct.OPT_OUT, NOON),
        ConsentEvent("c", ConsentAct.OPT_IN, NOON - timedelta(days=1)),
    ]
    assert [event.id for event in in_order(events)] == ["c", "a", "b"]
