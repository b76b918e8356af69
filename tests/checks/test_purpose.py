from __future__ import annotations

from gatekeeper.checks.purpose import CHECK
from gatekeeper.domain.message import Claim
from gatekeeper.domain.words import Purpose
from tests.support.judging import ask, facts, reason

BOTH = frozenset({Purpose.TRANSACTIONAL, Purpose.AUTHENTICATION})


def test_a_claim_outside_the_registration_is_a_finding() -> None:
    given = facts(claims=(Claim("purpose", "emergency"),), campaign_purposes=BOTH)
    assert reason(CHECK, given) == "purpose.mismatch"


def test_a_registered_claim_and_other_claims_pass() -> None:
    given = facts(claims=(Claim("purpose", "authentication"),), campaign_purposes=BOTH)
    assert ask(CHECK, given) is None
    assert ask(CHECK, facts(claims=(Claim("RiskCheck", "disable"),))) is None


def test_without_a_campaign_only_marketing_agrees() -> None:
    assert ask(CHECK, facts(claims=(Claim("purpose", "marketing"),))) is None
    assert ask(CHECK, facts(claims=(Claim("purpose", "transactional"),))) is not None


def test_a_claim_in_free_words_is_not_repeated() -> None:
    finding = ask(CHECK, facts(claims=(Claim("purpose", "+12122000123"),)))
    assert finding is not None
    assert "2122000123" not in finding.detail
