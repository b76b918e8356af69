from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gatekeeper.checks.dnc import CHECK
from gatekeeper.checks.months import months_after
from gatekeeper.domain.consent import Basis, Consent, ConsentAct
from gatekeeper.domain.facts import Facts, Listing
from gatekeeper.domain.words import ListAnswer
from tests.support.judging import NOON, ask, facts, reason

DAYS_31 = timedelta(days=31)
LAW: dict[str, Any] = {
    "lists": ["l"],
    "max_age_days": 31,
    "excused_by": "express_written",
    "excuse_months": {"purchase": 18, "inquiry": 3},
}


def listed(answer: str, **changes: Any) -> Facts:
    changes.setdefault("consent", Consent())
    return facts(listings={"l": Listing(ListAnswer(answer), "v1", NOON)}, **changes)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("hit", "dnc.listed"),
        ("clear", None),
        ("stale", "dnc.stale"),
        ("not-checked", "dnc.not_checked"),
        ("error", "dnc.not_checked"),
    ],
)
def test_the_four_answers_and_their_age(answer: str, expected: str | None) -> None:
    assert reason(CHECK, listed(answer), **LAW) == expected


def test_a_list_that_is_not_named_was_not_checked() -> None:
    assert reason(CHECK, facts(listings={}), **LAW) == "dnc.not_checked"


def test_a_list_that_need_not_be_asked_still_binds_by_its_hits_and_errors() -> None:
    assert ask(CHECK, facts(listings={}), lists=["l"], required=False) is None
    assert reason(CHECK, listed("hit"), lists=["l"], required=False) == "dnc.listed"
    assert reason(CHECK, listed("error"), lists=["l"], required=False) == "dnc.not_checked"


def test_a_list_of_31_days_is_fresh_and_one_a_second_older_is_stale() -> None:
    for age, expected in ((DAYS_31, None), (DAYS_31 + timedelta(seconds=1), "dnc.stale")):
        given = facts(listings={"l": Listing(ListAnswer.CLEAR, "v1", NOON - age)})
        assert reason(CHECK, given, **LAW) == expected


def test_signed_consent_excuses_a_hit_but_not_an_unread_or_old_list() -> None:
    signed = Consent(basis=Basis.EXPRESS_WRITTEN)
    assert ask(CHECK, listed("hit", consent=signed), **LAW) is None
    assert ask(CHECK, listed("not-checked", consent=signed), **LAW) is not None
    assert ask(CHECK, listed("stale", consent=signed), **LAW) is not None


def test_consent_without_a_signature_or_since_revoked_excuses_nothing() -> None:
    unsigned = Consent(basis=Basis.EXPRESS_WRITTEN, missing=("signature",))
    assert reason(CHECK, listed("hit", consent=unsigned), **LAW) == "dnc.listed"
    ended = Consent(ended_by=ConsentAct.OPT_OUT)
    assert reason(CHECK, listed("hit", consent=ended), **LAW) == "dnc.listed"


@pytest.mark.parametrize(("source", "months"), [("purchase", 18), ("inquiry", 3)])
def test_a_business_relationship_excuses_for_its_months(source: str, months: int) -> None:
    related = Consent(basis=Basis.IMPLIED, given_at=NOON, source=source)
    end = months_after(NOON, months)
    fresh = {"l": Listing(ListAnswer.HIT, "v1", end)}
    last = facts(listings=fresh, consent=related, at=end - timedelta(seconds=1))
    assert ask(CHECK, last, **LAW) is None
    over = facts(listings=fresh, consent=related, at=end)
    assert reason(CHECK, over, **LAW) == "dnc.listed"


def test_a_rule_may_give_a_hit_another_reason_and_stage() -> None:
    finding = ask(CHECK, listed("hit"), lists=["l"], reason="litigator.listed", stage=2)
    assert finding is not None
    assert (finding.reason, finding.stage) == ("litigator.listed", 2)


def test_a_confirmation_is_no_solicitation() -> None:
    stopped = Consent(ended_by=ConsentAct.OPT_OUT, ended_at=NOON)
    assert ask(CHECK, listed("hit", consent=stopped, kind="opt_out_confirmation"), **LAW) is None


def test_a_list_may_excuse_a_commercial_one_and_no_other() -> None:
    deny = {"lists": ["deny"], "excused_by_list": ["allow"], "required": False}
    on = {"deny": Listing(ListAnswer.HIT, "v1", NOON)}
    assert reason(CHECK, facts(listings=on), **deny) == "dnc.listed"
    assert ask(CHECK, facts(listings={**on, "allow": on["deny"]}), **deny) is None
    for answer in (ListAnswer.CLEAR, ListAnswer.NOT_CHECKED, ListAnswer.ERROR):
        given = facts(listings={**on, "allow": Listing(answer, "v1", NOON)})
        assert reason(CHECK, given, **deny) == "dnc.listed"
    for name in ("us-national", "us-fl", "internal", "us-reassigned", "gb-national"):
        with pytest.raises(ValueError, match="not a commercial list"):
            CHECK.params.model_validate({**deny, "lists": ["deny", name]})
