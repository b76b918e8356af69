"""Laws of the fold: the recipient's own later word wins."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.domain.consent import (
    ENDINGS,
    Basis,
    Consent,
    ConsentAct,
    ConsentEvent,
    Scope,
    Topic,
)
from gatekeeper.domain.fold import fold
from gatekeeper.domain.words import Channel, Purpose
from tests.support.judging import NOON

DAY = timedelta(days=1)
GRANTS = [Basis.IMPLIED, Basis.EXPRESS, Basis.EXPRESS_WRITTEN]


def event(act: ConsentAct, days: float = 0, name: str = "e", **said: Any) -> ConsentEvent:
    return ConsentEvent(name, act, NOON + days * DAY, **said)


def opt_in(days: float = 0, basis: Basis = Basis.EXPRESS, **said: Any) -> ConsentEvent:
    return event(ConsentAct.OPT_IN, days, basis=basis, **said)


def held(
    *events: ConsentEvent,
    at: float = 100,
    channel: Channel = Channel.SMS,
    purpose: Purpose = Purpose.MARKETING,
    campaign: str | None = None,
    brand: str | None = None,
) -> Consent:
    return fold(events, Topic(channel, purpose, campaign, brand), NOON + at * DAY)


acts = st.sampled_from(ConsentAct)
events = st.builds(
    lambda act, days, basis, name: event(act, days, name, basis=basis),
    acts,
    st.sampled_from([0, 1, 2, 3, 5, 8, 30, 90]),
    st.sampled_from(Basis),
    st.uuids().map(str),
)
histories = st.lists(events, max_size=8)


@given(histories, st.randoms(use_true_random=False))
def test_the_order_in_which_events_arrive_does_not_matter(history: Any, random: Any) -> None:
    shuffled = list(history)
    random.shuffle(shuffled)
    assert held(*history) == held(*shuffled)


@given(histories, st.sampled_from(sorted(ENDINGS)))
def test_after_an_ending_nothing_holds_but_by_a_later_opt_in(history: Any, act: Any) -> None:
    ended = held(*history, event(act, 91, "end"))
    assert (ended.basis, ended.ended_by) == (Basis.NONE, act)
    starts = {ConsentAct.OPT_IN, ConsentAct.RESTART}
    silent = [each for each in ConsentAct if each not in starts]
    later = [event(each, 92, str(each), basis=Basis.EXPRESS_WRITTEN) for each in silent]
    assert held(*history, event(act, 91, "end"), *later).ended_by is not None
    assert held(*history, event(act, 91, "end"), opt_in(92)).basis is Basis.EXPRESS


@given(histories)
def test_events_after_the_instant_do_not_count(history: Any) -> None:
    future = event(ConsentAct.OPT_OUT, 100.5, "future")
    assert held(*history, future) == held(*history)


def test_at_the_same_instant_an_opt_out_beats_an_opt_in() -> None:
    assert held(opt_in(1), event(ConsentAct.OPT_OUT, 1)).revoked
    assert held(event(ConsentAct.OPT_OUT, 1), opt_in(1)).revoked


@pytest.mark.parametrize("other", sorted(ENDINGS - {ConsentAct.OPT_OUT}))
def test_of_endings_at_one_instant_the_recipients_own_word_is_told(other: ConsentAct) -> None:
    both = event(other, 1, "a"), event(ConsentAct.OPT_OUT, 1, "b")
    assert held(*both).revoked and held(*reversed(both)).revoked


def test_of_two_equal_grants_the_more_complete_is_the_basis() -> None:
    lacking = opt_in(1, Basis.EXPRESS_WRITTEN, name="z", missing=("signature",), seller="Acme")
    whole = opt_in(1, Basis.EXPRESS_WRITTEN, name="a", seller="Acme")
    assert held(lacking, whole).missing == held(whole, lacking).missing == ()


@pytest.mark.parametrize(
    ("scope", "counts"),
    [
        (Scope(), True),
        (Scope(channel=Channel.SMS), True),
        (Scope(channel=Channel.VOICE), False),
        (Scope(purpose=Purpose.MARKETING), True),
        (Scope(purpose=Purpose.DEBT), False),
        (Scope(campaign="spring"), True),
        (Scope(campaign="autumn"), False),
    ],
)
def test_an_opt_out_counts_where_its_scope_covers_the_message(scope: Scope, counts: bool) -> None:
    stop = event(ConsentAct.OPT_OUT, 2, scope=scope)
    assert held(opt_in(1), stop, campaign="spring").revoked is counts


@pytest.mark.parametrize("first", GRANTS)
@pytest.mark.parametrize("second", GRANTS)
def test_of_two_grants_the_stronger_is_the_basis(first: Basis, second: Basis) -> None:
    both = held(opt_in(1, first), opt_in(2, second))
    assert both.basis is max(first, second, key=lambda basis: basis.rank)


def test_a_grant_ends_at_the_instant_of_its_expiry() -> None:
    grant = opt_in(1, expires=NOON + 10 * DAY)
    assert held(grant, at=9.999).basis is Basis.EXPRESS
    expired = held(grant, at=10)
    assert (expired.basis, expired.expired_at) == (Basis.NONE, NOON + 10 * DAY)


def test_an_expired_grant_leaves_a_weaker_one_standing() -> None:
    strong = opt_in(1, Basis.EXPRESS_WRITTEN, expires=NOON + 5 * DAY)
    assert held(strong, opt_in(1, Basis.IMPLIED)).basis is Basis.IMPLIED


def test_an_expiry_event_ends_every_earlier_grant() -> None:
    assert held(opt_in(1), event(ConsentAct.EXPIRY, 2)).expired_at == NOON + 2 * DAY
    assert held(opt_in(3), event(ConsentAct.EXPIRY, 2)).basis is Basis.EXPRESS


def test_a_purchase_after_a_stop_does_not_start_anew() -> None:
    bought = event(ConsentAct.PURCHASE, 3, basis=Basis.IMPLIED)
    assert held(event(ConsentAct.OPT_OUT, 2), bought).revoked


def test_the_fold_keeps_what_it_rests_on() -> None:
    grant = opt_in(1, seller="Acme", source="purchase", missing=("signature",), name="grant")
    found = held(grant)
    assert (found.seller, found.source, found.missing) == ("Acme", "purchase", ("signature",))
    assert found.events == ("grant",)


def test_the_fold_says_when_what_holds_will_end() -> None:
    assert held(opt_in(1, expires=NOON + 200 * DAY)).expires == NOON + 200 * DAY
    assert held(opt_in(1)).expires is None


def restart(days: float, **said: Any) -> ConsentEvent:
    return event(ConsentAct.RESTART, days, "restart", **said)


def test_a_start_after_a_stop_brings_back_what_was_granted_and_no_more() -> None:
    grant, stop = opt_in(1, Basis.EXPRESS_WRITTEN), event(ConsentAct.OPT_OUT, 2, "stop")
    assert held(grant, stop, restart(3)).basis is Basis.EXPRESS_WRITTEN
    assert held(stop, restart(3)).basis is Basis.NONE
    assert held(grant, stop, restart(2)).revoked, "at the same instant the stop holds"
    assert held(grant, stop, restart(3), event(ConsentAct.OPT_OUT, 4, "again")).revoked


def test_a_start_restores_only_the_scope_that_it_speaks_of() -> None:
    stop = event(ConsentAct.OPT_OUT, 2, "stop")
    back = restart(3, scope=Scope(brand="red"))
    assert held(opt_in(1), stop, back, brand="red").basis is Basis.EXPRESS
    assert held(opt_in(1), stop, back, brand="blue").revoked
    assert held(opt_in(1), stop, back).revoked, "an unknown brand is not the one that was left"


@pytest.mark.parametrize("act", [ConsentAct.DECEASED, ConsentAct.REASSIGNED])
def test_a_start_does_not_undo_what_is_no_stop(act: ConsentAct) -> None:
    assert held(opt_in(1), event(act, 2), restart(3)).ended_by is act


def test_a_start_brings_back_what_the_last_stop_suspended_and_nothing_older() -> None:
    """Written consent, STOP, then only express consent, STOP: START restores the latter."""
    told = (
        opt_in(0, Basis.EXPRESS_WRITTEN, name="a"),
        event(ConsentAct.OPT_OUT, 1, "b"),
        opt_in(2, name="c"),
        event(ConsentAct.OPT_OUT, 3, "d"),
        event(ConsentAct.RESTART, 4, "f"),
    )
    assert held(*told).basis is Basis.EXPRESS
    assert held(*told[:2], *told[3:]).basis is Basis.EXPRESS_WRITTEN


def test_no_correction_takes_a_narrowing_back() -> None:
    narrowing = event(ConsentAct.SCOPE_CHANGE, 1, "n", scope=Scope(channel=Channel.VOICE))
    fix = event(ConsentAct.CORRECTION, 2, "c", about="n")
    assert held(opt_in(0), narrowing, fix).revoked


def test_what_is_not_known_of_a_message_counts_as_opted_out() -> None:
    stop = event(ConsentAct.OPT_OUT, 2, scope=Scope(campaign="spring"))
    assert held(opt_in(1), stop).revoked
    branded = event(ConsentAct.OPT_OUT, 2, scope=Scope(brand="red"))
    assert held(opt_in(1), branded).revoked
    assert held(opt_in(1), branded, brand="blue").basis is Basis.EXPRESS


def test_a_narrowing_ends_what_it_leaves_out() -> None:
    only_debt = event(ConsentAct.SCOPE_CHANGE, 2, scope=Scope(purpose=Purpose.DEBT))
    assert held(opt_in(1), only_debt, purpose=Purpose.MARKETING).revoked
    assert held(opt_in(1), only_debt, purpose=Purpose.DEBT).basis is Basis.EXPRESS
    assert held(only_debt, purpose=Purpose.DEBT).basis is Basis.NONE, "it never widens"


def test_a_pending_opt_in_counts_once_it_is_confirmed() -> None:
    first = opt_in(1, name="first", pending=True)
    assert held(first).basis is Basis.NONE
    assert held(first, event(ConsentAct.CONFIRMATION, 0.5, "early")).basis is Basis.NONE
    assert held(first, event(ConsentAct.CONFIRMATION, 2, "yes")).basis is Basis.EXPRESS
    assert held(event(ConsentAct.CONFIRMATION, 2, "yes")).basis is Basis.NONE
    assert held(event(ConsentAct.OPT_OUT, 0, "stop"), first).revoked


def test_an_opt_in_without_proof_undoes_no_ending() -> None:
    stop, claimed = event(ConsentAct.OPT_OUT, 2, "stop"), opt_in(3, unproven=True)
    assert held(claimed).basis is Basis.EXPRESS
    assert held(stop, claimed).revoked
    proved = opt_in(4, Basis.IMPLIED, name="proved")
    assert held(stop, claimed, proved).basis is Basis.IMPLIED


def test_a_correction_takes_a_grant_back_and_never_an_ending() -> None:
    wrong = opt_in(1, name="wrong")
    fix = event(ConsentAct.CORRECTION, 3, "fix", about="wrong")
    assert held(wrong, fix).basis is Basis.NONE
    stop = event(ConsentAct.OPT_OUT, 2, "stop")
    assert held(opt_in(1), stop, event(ConsentAct.CORRECTION, 3, "fix", about="stop")).revoked


def proof(days: float, *, about: str = "e", name: str = "proof", **said: Any) -> ConsentEvent:
    return event(ConsentAct.EVIDENCE, days, name, about=about, **said)


def test_later_evidence_fills_in_what_a_grant_lacked() -> None:
    lacking = opt_in(1, Basis.EXPRESS_WRITTEN, missing=("signature", "seller"))
    assert held(lacking, proof(3, missing=("seller",))).missing == ("seller",)
    both = proof(3, missing=("seller",)), proof(4, missing=("signature",), name="more")
    assert held(lacking, *both).missing == ()


def test_evidence_counts_from_its_own_instant_and_for_its_own_event() -> None:
    lacking = opt_in(1, missing=("signature",))
    assert held(lacking, proof(3), at=2).missing == ("signature",)
    assert held(lacking, proof(3, about="other")).missing == ("signature",)


def test_evidence_recorded_wrongly_fills_in_nothing() -> None:
    wrong = event(ConsentAct.CORRECTION, 4, "wrong", about="proof")
    assert held(opt_in(1, missing=("signature",)), proof(3), wrong).missing == ("signature",)


def test_an_opt_in_that_is_proven_later_undoes_an_ending_before_it_and_none_after_it() -> None:
    stop, bare = event(ConsentAct.OPT_OUT, 2, "stop"), opt_in(3, unproven=True)
    assert held(stop, bare).revoked
    assert held(stop, bare, proof(4)).basis is Basis.EXPRESS
    assert held(stop, bare, proof(4), event(ConsentAct.OPT_OUT, 3.5, "again")).revoked


def test_every_relation_that_implies_consent_is_kept_by_source() -> None:
    bought = event(ConsentAct.PURCHASE, 1, "bought", basis=Basis.IMPLIED, source="purchase")
    again = event(ConsentAct.PURCHASE, 5, "again", basis=Basis.IMPLIED, source="purchase")
    asked = event(ConsentAct.INQUIRY, 9, "asked", basis=Basis.IMPLIED, source="inquiry")
    found = held(bought, again, asked, opt_in(2))
    assert found.basis is Basis.EXPRESS
    assert [(each.source, each.at) for each in found.relations] == [
        ("inquiry", NOON + 9 * DAY),
        ("purchase", NOON + 5 * DAY),
    ]
    assert held(asked).relations == found.relations[:1]
    assert held(opt_in(2)).relations == ()


def test_an_opt_out_ends_every_relation() -> None:
    bought = event(ConsentAct.PURCHASE, 1, "bought", basis=Basis.IMPLIED, source="purchase")
    assert held(bought, event(ConsentAct.OPT_OUT, 2)).relations == ()
    assert held(bought, event(ConsentAct.OPT_OUT, 2), opt_in(3)).relations == ()


def elsewhere(*said: ConsentEvent) -> object:
    """When the person stopped debt messages, as a marketing message hears of it."""
    stop = event(ConsentAct.OPT_OUT, 5, "stop", scope=Scope(purpose=Purpose.DEBT))
    return held(opt_in(1), stop, *said).stopped_elsewhere_at


def test_a_stop_of_other_messages_is_told_until_this_kind_is_opted_in_anew() -> None:
    stopped = NOON + 5 * DAY
    assert elsewhere() == stopped
    assert elsewhere(opt_in(5, name="same")) == stopped
    assert elsewhere(opt_in(6, name="new")) is None
    assert elsewhere(opt_in(6, name="bare", unproven=True)) == stopped
    assert elsewhere(opt_in(6, name="late", pending=True)) == stopped
    assert elsewhere(opt_in(6, name="other", scope=Scope(channel=Channel.VOICE))) == stopped
    assert elsewhere(event(ConsentAct.RESTART, 6)) is None


def test_a_narrowing_is_the_persons_own_choice_and_stops_nothing_else() -> None:
    narrowed = event(ConsentAct.SCOPE_CHANGE, 5, "n", scope=Scope(purpose=Purpose.MARKETING))
    found = held(opt_in(1), narrowed)
    assert (found.basis, found.stopped_elsewhere_at) == (Basis.EXPRESS, None)
