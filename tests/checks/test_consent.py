from __future__ import annotations

from datetime import timedelta

import pytest

from gatekeeper.checks.consent import CHECK
from gatekeeper.checks.months import months_after
from gatekeeper.domain.consent import Basis, Consent, ConsentAct
from gatekeeper.domain.number import Places
from tests.support.judging import NOON, ask, facts, reason


@pytest.mark.parametrize("held", Basis)
@pytest.mark.parametrize("need", Basis)
def test_a_basis_satisfies_itself_and_every_weaker_need(held: Basis, need: Basis) -> None:
    found = reason(CHECK, facts(consent=Consent(basis=held)), need=need)
    weak = "consent.missing" if held is Basis.NONE else "consent.insufficient"
    assert found == (None if held.rank >= need.rank else weak)


def test_a_written_consent_that_lacks_an_element_is_insufficient() -> None:
    held = facts(consent=Consent(basis=Basis.EXPRESS_WRITTEN, missing=("signature",)))
    finding = ask(CHECK, held, need="express_written", elements=["signature", "seller"])
    assert finding is not None
    assert finding.reason == "consent.insufficient"
    assert "signature" in finding.detail
    assert ask(CHECK, held, need="express", elements=[]) is None


def test_an_expired_consent_is_told_from_one_that_never_was() -> None:
    assert (
        reason(CHECK, facts(consent=Consent(expired_at=NOON)), need="express") == "consent.expired"
    )
    assert reason(CHECK, facts(consent=Consent()), need="express") == "consent.missing"


@pytest.mark.parametrize(("source", "months"), [("purchase", 24), ("inquiry", 6), (None, 6)])
def test_implied_consent_ends_by_its_source_and_an_unknown_source_gets_the_shortest(
    source: str | None, months: int
) -> None:
    implied = Consent(basis=Basis.IMPLIED, given_at=NOON, source=source)
    terms = {"purchase": 24, "inquiry": 6, "publication": None}
    end = months_after(NOON, months)
    last = facts(consent=implied, at=end - timedelta(seconds=1))
    assert ask(CHECK, last, need="implied", implied_months=terms) is None
    over = facts(consent=implied, at=end)
    assert reason(CHECK, over, need="implied", implied_months=terms) == "consent.expired"


def test_a_source_without_a_term_lasts() -> None:
    published = Consent(basis=Basis.IMPLIED, given_at=NOON, source="publication")
    later = facts(consent=published, at=NOON + timedelta(days=4000))
    terms = {"inquiry": 6, "publication": None}
    assert ask(CHECK, later, need="implied", implied_months=terms) is None


def test_the_recipients_own_message_excuses_for_its_hours() -> None:
    given = facts(consent=Consent(), last_inbound_at=NOON - timedelta(hours=24, seconds=-1))
    assert ask(CHECK, given, need="express", unless_inbound_hours=24) is None
    late = facts(consent=Consent(), last_inbound_at=NOON - timedelta(hours=24))
    assert ask(CHECK, late, need="express", unless_inbound_hours=24) is not None


def test_a_rule_is_silent_where_another_pack_speaks() -> None:
    none = facts(consent=Consent())
    assert ask(CHECK, none, need="express", except_countries=["US"]) is None
    abroad = facts(consent=Consent(), places=Places(frozenset({"GB"})))
    assert ask(CHECK, abroad, need="express", except_countries=["US"]) is not None


def test_a_class_may_need_no_consent() -> None:
    quote = facts(consent=Consent(), message_class="quote")
    assert ask(CHECK, quote, need="express", except_classes=["quote"]) is None


def test_an_opt_out_is_left_to_the_own_will() -> None:
    assert ask(CHECK, facts(consent=Consent(ended_by=ConsentAct.OPT_OUT)), need="express") is None


def test_a_later_instant_counts_the_expiry_that_lies_ahead() -> None:
    held = Consent(basis=Basis.EXPRESS, expires=NOON + timedelta(hours=1))
    assert ask(CHECK, facts(consent=held), need="express") is None
    later = facts(consent=held, at=NOON + timedelta(hours=1))
    assert reason(CHECK, later, need="express") == "consent.expired"
