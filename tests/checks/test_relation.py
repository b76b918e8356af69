"""What lifts a rule: consent, or business that is young enough?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from gatekeeper.checks.relation import Lifting, related
from gatekeeper.domain.consent import Basis, Consent, ConsentAct, Relation
from tests.support.judging import NOON, facts

BOUGHT = Relation("purchase", NOON - timedelta(days=100))


@pytest.mark.parametrize(
    ("basis", "lifted"),
    [
        (Basis.NONE, False),
        (Basis.IMPLIED, False),
        (Basis.EXPRESS, True),
        (Basis.EXPRESS_WRITTEN, True),
    ],
)
def test_consent_lifts_from_the_basis_that_is_named(basis: Basis, lifted: bool) -> None:
    by_consent = Lifting(unless_consent=Basis.EXPRESS)
    assert by_consent.lifts(facts(consent=Consent(basis=basis))) is lifted
    assert not Lifting().lifts(facts(consent=Consent(basis=basis)))


def test_an_opt_out_ends_whatever_would_lift() -> None:
    ended = Consent(Basis.EXPRESS_WRITTEN, ended_by=ConsentAct.OPT_OUT, relations=(BOUGHT,))
    lifting = Lifting(unless_consent=Basis.EXPRESS, excuse_months={"purchase": 18})
    assert not lifting.lifts(facts(consent=ended))


def test_a_purchase_lifts_to_the_day_on_which_its_months_are_over() -> None:
    held = Consent(relations=(BOUGHT,))
    end = BOUGHT.at + timedelta(days=92)  # 2026-08-12 and three months
    assert related(held, {"purchase": 3}, end - timedelta(seconds=1))
    assert not related(held, {"purchase": 3}, end)
    assert not related(held, {"inquiry": 3}, BOUGHT.at)
    assert not related(held, {}, BOUGHT.at)


def test_a_consent_that_came_with_a_purchase_is_a_relation_too() -> None:
    held = Consent(Basis.EXPRESS, given_at=NOON, source="purchase")
    assert related(held, {"purchase": 1}, NOON)
    assert not related(Consent(given_at=NOON, source="purchase"), {"purchase": 1}, NOON)
