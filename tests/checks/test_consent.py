from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.checks.consent import CHECK, judge
from gatekeeper.checks.months import months_after
from gatekeeper.domain.consent import Basis, Consent, ConsentAct, Relation
from gatekeeper.domain.facts import SenderFacts
from gatekeeper.domain.number import Places
from gatekeeper.domain.words import Channel, Purpose, Technology
from tests.support.judging import NOON, ask, facts, reason, rule


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


def related(*pairs: tuple[str, int], basis: Basis = Basis.IMPLIED) -> Consent:
    """Relations by source and days ago; the newest is the one that is told as held."""
    told = tuple(Relation(source, NOON - timedelta(days=days)) for source, days in pairs)
    newest = max(told, key=lambda each: each.at)
    return Consent(basis, given_at=newest.at, source=newest.source, relations=told)


def test_the_relation_that_lasts_longest_counts_not_the_newest() -> None:
    """Who bought a year ago and asked eight months ago is a customer still."""
    terms = {"purchase": 24, "inquiry": 6}
    both = facts(consent=related(("purchase", 365), ("inquiry", 240)))
    assert ask(CHECK, both, need="implied", implied_months=terms) is None
    asked = facts(consent=related(("inquiry", 240)))
    assert reason(CHECK, asked, need="implied", implied_months=terms) == "consent.expired"


def test_a_soft_opt_in_suffices_for_its_months_and_from_its_sources() -> None:
    soft = {"need": "express", "accepts": {"purchase": 24, "publication": None}}
    for source, days, met in [
        ("purchase", 700, True),
        ("purchase", 740, False),
        ("publication", 7000, True),
        ("inquiry", 1, False),
    ]:
        message = facts(consent=related((source, days)))
        assert (ask(CHECK, message, **soft) is None) is met, source
    bare = facts(consent=Consent(basis=Basis.IMPLIED, given_at=NOON))
    assert reason(CHECK, bare, **soft) == "consent.insufficient"


def test_where_no_place_is_known_the_strictest_tier_is_needed() -> None:
    tiers = {"need": "express", "where_unknown": "express_written"}
    spoken = Consent(basis=Basis.EXPRESS)
    assert ask(CHECK, facts(consent=spoken), **tiers) is None
    nowhere = facts(consent=spoken, places=Places())
    assert reason(CHECK, nowhere, **tiers) == "consent.insufficient"


PACKAGE = {
    "name": "package delivery",
    "classes": ["package"],
    "purposes": ["transactional"],
    "free_to_end_user": True,
    "max_length": 160,
}
FREE = SenderFacts(free_to_end_user=True)


@pytest.mark.parametrize(
    ("changed", "exempt"),
    [
        ({}, True),
        ({"length": 161}, False),
        ({"length": None}, False),
        ({"length": 500, "channel": Channel.VOICE}, True),
        ({"exemption": None}, False),
        ({"exemption": "financial"}, False),
        ({"purpose": Purpose.MARKETING}, False),
        ({"sender": SenderFacts()}, False),
    ],
    ids=str,
)
def test_an_exemption_asks_for_every_condition(changed: dict[str, Any], exempt: bool) -> None:
    message = facts(
        **{
            "consent": Consent(),
            "exemption": "package",
            "purpose": Purpose.TRANSACTIONAL,
            "length": 160,
            "sender": FREE,
            **changed,
        }
    )
    assert (ask(CHECK, message, need="express", exempt=[PACKAGE]) is None) is exempt


def test_a_line_that_is_not_known_to_be_a_landline_is_none() -> None:
    landline = {"name": "landline", "line_types": ["landline"], "technologies": ["prerecorded"]}
    for line_type, technology, exempt in [
        ("landline", Technology.PRERECORDED, True),
        ("landline", Technology.UNKNOWN, False),
        ("mobile", Technology.PRERECORDED, False),
        (None, Technology.PRERECORDED, False),
    ]:
        message = facts(consent=Consent(), line_type=line_type, technology=technology)
        assert (ask(CHECK, message, need="express", exempt=[landline]) is None) is exempt


@given(st.sampled_from(Basis), st.sampled_from(Basis), st.booleans())
def test_the_full_answer_agrees_with_the_check(held: Basis, need: Basis, asked: bool) -> None:
    wrote = NOON - timedelta(hours=1) if asked else None
    message = facts(consent=Consent(basis=held), last_inbound_at=wrote)
    one = rule(CHECK, need=need, unless_inbound_hours=24)
    judged = judge(message, one)
    assert judged.finding == CHECK.run(message, one)
    assert judged.need is need
    assert (judged.excuse is not None) is asked


def test_the_full_answer_tells_when_what_is_held_ends() -> None:
    expires = NOON + timedelta(days=9)
    held = facts(consent=Consent(basis=Basis.EXPRESS, given_at=NOON, expires=expires))
    assert judge(held, rule(CHECK, need="express")).until == expires
    terms = {"purchase": 24, "publication": None}
    bought = facts(consent=related(("purchase", 0)))
    ends = judge(bought, rule(CHECK, need="implied", implied_months=terms)).until
    assert ends == months_after(NOON, 24)
    published = facts(consent=related(("purchase", 0), ("publication", 0)))
    assert judge(published, rule(CHECK, need="implied", implied_months=terms)).until is None
    soft = rule(CHECK, need="express", accepts={"purchase": 12})
    assert judge(bought, soft).until == months_after(NOON, 12)
    assert judge(facts(consent=Consent()), rule(CHECK, need="express")).until is None


def test_the_full_answer_names_each_missing_element() -> None:
    bare = Consent(basis=Basis.EXPRESS_WRITTEN, missing=("technology", "seller", "number"))
    one = rule(CHECK, need="express_written", elements=["seller", "technology"])
    assert judge(facts(consent=bare), one).missing == ("seller", "technology")
