"""What is asked of the store for a message, and which facts its answer becomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace as altered

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent
from gatekeeper.domain.facts import EmergencyOrder, Facts, LimitAnswer, Listing, Sent
from gatekeeper.domain.message import Opaque
from gatekeeper.domain.number import Places
from gatekeeper.domain.registry import (
    Caller,
    Campaign,
    Posture,
    Sender,
    Tenant,
)
from gatekeeper.domain.standing import CarrierClass, Exemption, Suspension
from gatekeeper.domain.words import ListAnswer, Purpose, SenderKind, SenderState, Technology
from gatekeeper.evaluate import evaluate
from gatekeeper.ledger.registrar import content_of
from gatekeeper.pipeline import gather
from gatekeeper.pipeline.case import Case, Hints
from gatekeeper.pipeline.snapshot import Snapshot
from gatekeeper.rollout.tables import rule_ids
from gatekeeper.store.contract import Answer, IdempotencyAsk, PersonAnswer, Turn
from gatekeeper.vault.keyfile import generate
from gatekeeper.vault.keyring import Keyring
from tests.support.acme import ANA, BEN, NEWS, TENANT
from tests.support.shipped import shipped
from tests.support.spine import CALLER, NOON, case, plain_snapshot, snapshot
from tests.support.twilio_requests import call, message

KEYS = Keyring(generate())
MINUTE = timedelta(minutes=1)
STOPPED = Suspension("spam", "user:olga", NOON - timedelta(days=1), NOON + MINUTE)
TWO = f"<Response><Dial><Number>{BEN}</Number></Dial><Say>Hello.</Say></Response>"


def event(act: ConsentAct, at: timedelta, basis: Basis = Basis.NONE) -> ConsentEvent:
    return ConsentEvent(f"{act}{at}", act, NOON + at, basis)


OPT_IN = event(ConsentAct.OPT_IN, -timedelta(days=9), Basis.EXPRESS)


def facts(*events: ConsentEvent) -> Facts:
    """The facts of order news to ANA with these consent events."""
    opened, seen = case(), plain_snapshot()
    people = gather.targets(opened, KEYS)
    listings = {"us-national": Listing(ListAnswer.CLEAR)}
    answer = Answer(1, 1, Turn.MINE, (PersonAnswer(events, listings, ()),), (LimitAnswer("t"),))
    (only,) = gather.facts_of(opened, people, answer, gather.Seen(()), seen)
    return only


def test_every_recipient_is_read_placed_and_named_by_pseudonym() -> None:
    people = gather.targets(case(call(To=ANA, From=NEWS, Twiml=TWO)), KEYS)
    assert [person.key for person in people] == [ANA, BEN]
    assert [person.places.regions for person in people] == [frozenset({"US-NY"})] * 2
    assert len({person.subject for person in people}) == 2
    assert all(ANA.encode() not in person.subject for person in people)


def test_a_person_has_another_name_with_each_tenant() -> None:
    rival = replace(CALLER, tenant=replace(CALLER.tenant, id="rival"))
    (ours,), (theirs,) = gather.targets(case(), KEYS), gather.targets(case(caller=rival), KEYS)
    assert ours.subject != theirs.subject


def test_the_question_holds_no_number_but_where_a_list_is_kept_by_number() -> None:
    opened = case()
    people = gather.targets(opened, KEYS)
    asked = gather.ask(opened, people, plain_snapshot(), IdempotencyAsk(None, "f"))
    assert asked.now_ms == NOON.timestamp() * 1000
    assert "us-national" in asked.persons[0].lists
    assert ANA not in repr(asked.buckets)
    assert "internal" in asked.persons[0].lists


def test_a_list_of_one_state_is_asked_there_only() -> None:
    asking = ((None, ("internal",)), ("US-TX", ("us-tx",)), ("US", ("us-national",)))

    def asked(*regions: str) -> tuple[str, ...]:
        return gather.lists_for(asking, Places(frozenset(regions)))

    assert asked("US-TX") == ("internal", "us-tx", "us-national")
    assert asked("US-NY") == ("internal", "us-national")
    assert asked("US-NY", "US-TX") == ("internal", "us-tx", "us-national")
    assert asked("CA-ON") == ("internal",)


def test_registered_content_is_read_and_other_content_is_told_as_unread() -> None:
    content = content_of(TENANT, "content_sid", "HX1", ("Hello {{1}}", "Bye"), "utility")
    seen = snapshot(content)
    opaque = (
        Opaque("content_sid", "HX1", "ContentSid"),
        Opaque("content_sid", "HX2", "ContentSid"),
    )
    opened = case(altered(message(From=NEWS), opaque=opaque), seen=seen)
    known, unread = gather.split_opaque(opened, seen)
    assert (known, unread) == ((content,), opaque[1:])
    texts = [part.text for part in gather.parts_of(opened, known)]
    assert texts == ["Hello", "Hello {{1}}", "Bye"]


def test_another_tenants_content_is_not_ours() -> None:
    seen = snapshot(content_of("rival", "content_sid", "HX1", ("Hello",)))
    opened = case(
        altered(message(), opaque=(Opaque("content_sid", "HX1", "ContentSid"),)),
        seen=seen,
    )
    assert gather.split_opaque(opened, seen) == ((), opened.request.opaque)


def test_consent_is_what_the_events_fold_to() -> None:
    assert facts(OPT_IN).consent.basis is Basis.EXPRESS
    assert facts(OPT_IN, event(ConsentAct.OPT_OUT, -MINUTE)).consent.revoked
    assert facts().consent.basis is Basis.NONE


@pytest.mark.parametrize("ahead", [MINUTE, timedelta(minutes=5)])
def test_an_opt_out_dated_ahead_of_our_clock_binds_at_once(ahead: timedelta) -> None:
    assert facts(OPT_IN, event(ConsentAct.OPT_OUT, ahead)).consent.revoked


def test_a_grant_dated_ahead_of_our_clock_does_not() -> None:
    assert facts(event(ConsentAct.OPT_IN, MINUTE, Basis.EXPRESS)).consent.basis is Basis.NONE
    stopped = event(ConsentAct.OPT_OUT, -MINUTE)
    later = event(ConsentAct.OPT_IN, MINUTE, Basis.EXPRESS)
    assert facts(OPT_IN, stopped, later).consent.revoked


def test_lists_and_limits_become_facts_as_they_are() -> None:
    known = facts(OPT_IN)
    assert known.listings["us-national"].answer is ListAnswer.CLEAR
    assert [limit.name for limit in known.limits] == ["t"]
    assert known.campaign == "news"


def test_the_orders_that_the_policy_declares_become_facts_until_they_are_over() -> None:
    over = EmergencyOrder("US-NY", NOON - MINUTE, NOON)
    now, later = EmergencyOrder("US-NY", NOON), EmergencyOrder("US-LA", NOON + MINUTE)
    plain = plain_snapshot()
    declared = replace(plain, policy=replace(plain.policy, orders=(over, now, later)))
    people = gather.targets(case(), KEYS)
    answer = Answer(1, 1, Turn.MINE, (PersonAnswer((), {}, ()),), ())
    (known,) = gather.facts_of(case(), people, answer, gather.Seen(()), declared)
    assert known.orders == (now, later)
    offer = altered(known, purpose=Purpose.MARKETING)
    assert "us-ny.emergency_order" in rule_ids(evaluate(offer, declared.policy).findings)
    assert facts(OPT_IN).orders == ()


def test_a_sender_that_nobody_registered_is_not_owned() -> None:
    unknown = gather.sender_facts(case(message(From="+14152000199")))
    assert unknown.state is SenderState.NOT_OWNED
    extra = Sender("12345", TENANT, SenderKind.SHORT_CODE, free_to_end_user=True)
    known = gather.sender_facts(case(message(From="12345"), seen=snapshot(extra)))
    assert (known.state, known.free_to_end_user) == (SenderState.ACTIVE, True)


def test_a_suspended_sender_is_told_as_one_that_is_not_active() -> None:
    for suspension, state in ((STOPPED, SenderState.SUSPENDED), (None, SenderState.ACTIVE)):
        sender = Sender(NEWS, TENANT, SenderKind.LONG_CODE, suspended=suspension)
        assert gather.sender_facts(case(seen=snapshot(sender))).state is state


def told_of(opened: Case, seen: Snapshot, **content: Any) -> Facts:
    """The facts of a case of one recipient of whom nothing is on record."""
    answer = Answer(1, 1, Turn.MINE, (PersonAnswer((), {}, ()),), ())
    people = gather.targets(opened, KEYS)
    (only,) = gather.facts_of(opened, people, answer, gather.Seen((), **content), seen)
    return only


def test_the_campaigns_class_and_brand_and_the_tenants_posture_become_facts() -> None:
    purposes, parcel = (Purpose.TRANSACTIONAL,), Exemption.PACKAGE
    campaign = Campaign("parcels", TENANT, purposes, brand="acme-post", exemption=parcel)
    kind = SenderKind.SHORT_CODE
    sender = Sender("28888", TENANT, kind, campaign="parcels", free_to_end_user=True)
    caller = Caller(CALLER.application, Tenant(TENANT, "Acme", posture=Posture.STATUTE))
    seen = snapshot(campaign, sender)
    request = message(To=ANA, From="28888", Body="Your parcel.")
    told = told_of(case(request, seen=seen, caller=caller), seen)
    assert (told.exemption, told.brand, told.posture) == (parcel, "acme-post", Posture.STATUTE)
    assert told.sender.free_to_end_user and told.length == len("Your parcel.")
    plain = told_of(case(), plain_snapshot())
    assert (plain.exemption, plain.brand, plain.posture) == (None, None, Posture.FCC)


def test_what_the_campaign_advertises_becomes_a_fact() -> None:
    wine = Campaign("wine", TENANT, carrier_class=CarrierClass.ALCOHOL)
    seen = snapshot(wine, Sender("28888", TENANT, SenderKind.SHORT_CODE, campaign="wine"))
    told = told_of(case(message(To=ANA, From="28888", Body="Wine."), seen=seen), seen)
    assert told.carrier_class == "alcohol"
    assert told_of(case(), plain_snapshot()).carrier_class is None


def test_the_length_of_a_text_that_nobody_has_read_is_not_known() -> None:
    unread = (Opaque("content_sid", "HX1", "ContentSid"),)
    assert told_of(case(), plain_snapshot(), unread=unread).length is None


def located(
    recipient: str, text: str = "source=billing_address; as_of=2026-10-01"
) -> gather.Target:
    hints = Hints(recipient=f"{recipient}; {text}")
    (person,) = gather.targets(case(hints=hints), KEYS, shipped().policy.trust)
    return person


def test_a_stated_place_is_believed_as_far_as_the_policy_says() -> None:
    there = located("region=US-TX; timezone=America/Chicago")
    assert there.places == Places(frozenset({"US-TX"}), ("America/Chicago",), "narrowed")
    anywhere = located("region=US-TX", "source=crm; as_of=2026-10-01")
    assert anywhere.places.regions == {"US-NY", "US-TX"}


def test_a_postal_code_goes_no_further_than_the_place_that_it_names() -> None:
    there = located("postal=75001")
    assert there.places.regions == {"US-TX"}
    assert there.stated is not None
    assert (there.stated.region, there.stated.postal) == ("US-TX", None)


def test_a_landline_is_believed_of_who_is_trusted_with_it() -> None:
    assert located("line_type=landline").line_type is None
    looked_up = located("line_type=landline", f"source=carrier_lookup; as_of={NOON:%Y-%m-%d}")
    assert looked_up.line_type == "landline"
    assert looked_up.places.confidence == "area_code"


def test_what_is_stated_of_one_recipient_is_not_of_the_other() -> None:
    hints = Hints(recipient=f"region=US-TX; number={BEN}")
    opened = case(call(To=ANA, From=NEWS, Twiml=TWO), hints)
    ana, ben = gather.targets(opened, KEYS, shipped().policy.trust)
    assert ana.places.regions == {"US-NY"}
    assert ben.places.regions == {"US-NY", "US-TX"}


def test_a_message_for_later_is_judged_for_that_instant_and_counted_now() -> None:
    """If ten are handed over at once for one day, then the cap sees ten."""
    later = message(To=ANA, From=NEWS, SendAt="2026-11-21T02:00:00Z", ScheduleType="fixed")
    opened = case(later)
    earlier = Sent(NOON - MINUTE, Purpose.TRANSACTIONAL)
    people = gather.targets(opened, KEYS)
    answer = Answer(1, 1, Turn.MINE, (PersonAnswer((OPT_IN,), {}, (earlier,)),), ())
    (judged,) = gather.facts_of(opened, people, answer, gather.Seen(()), plain_snapshot())
    assert judged.at == NOON + timedelta(hours=9)
    assert [each.at for each in judged.sent] == [judged.at - MINUTE]
    asked = gather.ask(opened, people, plain_snapshot(), IdempotencyAsk(None, "f"))
    assert asked.now_ms == int(NOON.timestamp() * 1000)


@pytest.mark.parametrize("technology", list(Technology))
def test_a_tag_is_a_fact_and_only_a_registered_hand_makes_it_a_persons(
    technology: Technology,
) -> None:
    opened = altered(case(), technology=technology)
    tagged = altered(opened, request=altered(opened.request, extras={"tag": "HUMAN_AGENT"}))
    people = gather.targets(tagged, KEYS)
    answer = Answer(1, 1, Turn.MINE, (PersonAnswer((), {}, ()),), ())
    (fact,) = gather.facts_of(tagged, people, answer, gather.Seen(()), plain_snapshot())
    assert fact.tag == "HUMAN_AGENT"
    assert fact.automated is (technology not in (Technology.LIVE, Technology.MANUAL))
    (fact,) = gather.facts_of(opened, people, answer, gather.Seen(()), plain_snapshot())
    assert (fact.tag, fact.automated) == (None, False)
