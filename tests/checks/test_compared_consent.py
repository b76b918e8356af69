"""Is it told what consent is held, and what is needed?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from gatekeeper.checks.compared_consent import consent, told
from gatekeeper.checks.consent import CHECK
from gatekeeper.domain.consent import Basis, Consent, ConsentAct
from gatekeeper.domain.number import Places
from tests.support.judging import NOON, facts, rule

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (Consent(), "none"),
        (Consent(expired_at=NOON), "expired at 2026-11-20T17:00:00+00:00"),
        (Consent(ended_by=ConsentAct.OPT_OUT), "ended by opt out"),
        (Consent(Basis.IMPLIED, NOON, source="purchase"), "implied of 2026-11-20 by purchase"),
        (Consent(Basis.EXPRESS, NOON, missing=("seller",), expires=NOON),
         "express of 2026-11-20 without seller until 2026-11-20T17:00:00+00:00"),
    ],
)  # fmt: skip
def test_what_is_held_in_a_few_words(held: Consent, words: str) -> None:
    assert told(held) == words


def test_what_is_needed_and_whether_little_is_missing() -> None:
    needed = rule(CHECK, need="express_written", elements={"signature", "seller"})
    found = consent(facts(consent=Consent(Basis.EXPRESS, NOON)), needed)
    assert (found.limit, found.near) == ("express written consent with seller, signature", True)
    assert not consent(facts(consent=Consent(Basis.IMPLIED, NOON)), needed).near


def test_consent_that_soon_ends_is_near() -> None:
    needed = rule(CHECK, need="express")
    for days, near in ((30, True), (31, False)):
        held = Consent(Basis.EXPRESS, NOON, expires=NOON + days * DAY)
        assert consent(facts(consent=held), needed).near is near


def test_where_no_place_is_known_the_strictest_is_needed() -> None:
    needed = rule(CHECK, need="none", where_unknown="express")
    assert consent(facts(places=Places()), needed).limit == "express consent"
