"""Does a row's every word reach the facts, and is what it leaves out unknown?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from gatekeeper.domain.facts import (
    EmergencyOrder,
    Facts,
    PartyTerms,
    SenderFacts,
    Sent,
    Template,
)
from gatekeeper.domain.number import Places
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.registry import Posture
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import (
    Channel,
    Family,
    ListAnswer,
    Purpose,
    SenderKind,
    SenderState,
    Technology,
)
from gatekeeper.errors import InputRejected
from gatekeeper.policy.row import Circumstances, Given
from gatekeeper.rollout.given import apply_assume, facts_of
from tests.support.shipped import facts, judged, shipped

NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)
BARE = {"to": "+12122000123", "at": "2026-11-20T12:00:00-05:00", "message": {"channel": "sms"}}


def bare(**row: Any) -> Facts:
    return facts_of({**BARE, **row}, shipped().screener)


def test_what_a_row_leaves_out_is_unknown_and_counts_as_the_strictest() -> None:
    said = bare()
    assert said.at == NOON
    assert (said.purpose, said.technology) == (Purpose.MARKETING, Technology.UNKNOWN)
    assert said.sender == SenderFacts()
    assert said.sender.state is SenderState.NOT_OWNED
    assert said.consent.basis.rank == 0
    assert (said.listings, said.sent, said.orders, said.stated) == ({}, (), (), None)
    assert said.campaign_purposes == frozenset()


def test_the_clean_row_of_these_tests_is_allowed_without_a_finding() -> None:
    decision = judged()
    assert decision.findings == ()
    assert decision.verdict is Verdict.ALLOW


@pytest.mark.parametrize(
    ("message", "name", "value"),
    [
        ({"purpose": "debt"}, "purpose", Purpose.DEBT),
        ({"purpose": "debt"}, "campaign_purposes", frozenset({Purpose.DEBT})),
        ({"technology": "ai_voice"}, "technology", Technology.AI_VOICE),
        ({"campaign": "spring"}, "campaign", "spring"),
        ({"tag": "HUMAN_AGENT"}, "tag", "HUMAN_AGENT"),
        ({"automated": True}, "automated", True),
        ({"record": True}, "record", True),
        ({"recording_consent": "one_party"}, "recording_consent", "one_party"),
        ({"kind": "help_reply"}, "kind", "help_reply"),
        ({"exemption": "package"}, "exemption", "package"),
        ({"class": "recall"}, "message_class", "recall"),
        ({"last_inbound_at": "2026-11-20T17:00:00Z"}, "last_inbound_at", NOON),
        (
            {"template": {"name": "sale", "category": "MARKETING", "status": "approved"}},
            "template",
            Template("sale", "MARKETING", "approved"),
        ),
    ],
)
def test_every_word_of_the_message_is_a_fact(
    message: dict[str, Any], name: str, value: Any
) -> None:
    assert getattr(facts(message=message), name) == value


def test_the_text_is_screened() -> None:
    found = facts(message={"text": "Your card 4111 1111 1111 1111"}).matches
    assert [match.family for match in found] == [Family.PAYMENT]


@pytest.mark.parametrize(
    ("channel", "address", "kind"),
    [
        ("sms", "+13122000100", SenderKind.LONG_CODE),
        ("sms", "+18882000100", SenderKind.TOLL_FREE),
        ("sms", "732873", SenderKind.SHORT_CODE),
        ("sms", 732873, SenderKind.SHORT_CODE),
        ("sms", "Acme", SenderKind.ALPHANUMERIC),
        ("whatsapp", "whatsapp:+13122000100", SenderKind.WABA),
        ("messenger", "page-1", SenderKind.PAGE),
    ],
)
def test_the_kind_of_sender_follows_from_its_address(
    channel: str, address: Any, kind: SenderKind
) -> None:
    said = facts(message={"channel": channel, "from": address})
    assert said.sender.kind is kind
    assert said.sender.state is SenderState.ACTIVE


@pytest.mark.parametrize(
    ("sender", "state", "registered"),
    [
        ("owned", SenderState.ACTIVE, True),
        ("suspended", SenderState.SUSPENDED, True),
        ("not_owned", SenderState.NOT_OWNED, False),
        ({}, SenderState.ACTIVE, True),
        ({"state": "ported_out"}, SenderState.PORTED_OUT, True),
        ({"registration": "none"}, SenderState.ACTIVE, False),
        ({"registration": "pending"}, SenderState.ACTIVE, False),
        ({"registration": None}, SenderState.ACTIVE, False),
        ({"registration": False}, SenderState.ACTIVE, False),
        ({"registration": "C123"}, SenderState.ACTIVE, True),
    ],
)
def test_a_sender_is_owned_but_for_what_its_mapping_says(
    sender: Any, state: SenderState, registered: bool
) -> None:
    said = facts(sender=sender).sender
    assert (said.state, bool(said.registration)) == (state, registered)


@pytest.mark.parametrize(
    ("sender", "proof", "barred"),
    [
        ("owned", "provider_api", None),
        ("suspended", "provider_api", None),
        ("not_owned", None, None),
        ({}, "provider_api", None),
        ({"proof": True}, "provider_api", None),
        ({"proof": "code_sent"}, "code_sent", None),
        ({"proof": False}, None, None),
        ({"proof": None}, None, None),
        ({"campaign_allowed": True}, "provider_api", None),
        ({"campaign_allowed": False}, "provider_api", "campaign"),
    ],
)
def test_a_sender_is_proved_and_allowed_but_for_what_its_mapping_says(
    sender: Any, proof: str | None, barred: str | None
) -> None:
    said = facts(sender=sender).sender
    assert (said.proof, said.barred) == (proof, barred)


@pytest.mark.parametrize(
    ("terms", "known"),
    [
        (None, ()),
        ("accepted", ()),
        ("missing", (PartyTerms("end_customer"),)),
        ({"tenant": None}, (PartyTerms("tenant"),)),
        ({"end_customer": "2026-01"}, (PartyTerms("end_customer", "2026-01"),)),
        ({"end_customer": 2}, (PartyTerms("end_customer", "2"),)),
    ],
)
def test_terms_are_accepted_but_for_what_the_row_says(
    terms: Any, known: tuple[PartyTerms, ...]
) -> None:
    assert facts(terms=terms).terms == known


def test_a_suspended_sender_is_not_active_and_other_levels_are_told_by_name() -> None:
    said = facts(suspended="sender")
    assert (said.suspended, said.sender.state) == (None, SenderState.SUSPENDED)
    for level in ("tenant", "end_customer", "application", "campaign"):
        said = facts(suspended=level)
        assert (said.suspended, said.sender.state) == (level, SenderState.ACTIVE)


def test_a_channel_is_enabled_unless_the_row_says_otherwise() -> None:
    assert not facts().component_disabled
    assert not facts(component="enabled").component_disabled
    assert facts(component="disabled").component_disabled


def test_a_senders_mapping_may_say_its_kind_and_what_it_offers() -> None:
    said = facts(sender={"kind": "short_code", "free_to_end_user": True, "age_gate": True}).sender
    assert (said.kind, said.free_to_end_user, said.age_gate) == (SenderKind.SHORT_CODE, True, True)


@pytest.mark.parametrize("answer", list(ListAnswer))
def test_lists_answer_as_the_row_says(answer: ListAnswer) -> None:
    said = facts(listings={"us-national": answer}).listings["us-national"]
    assert said.answer is answer
    dated = answer in (ListAnswer.HIT, ListAnswer.CLEAR)
    assert said.as_of == (NOON if dated else None)


def test_a_list_may_be_of_a_version_as_old_as_the_row_says() -> None:
    at = "2026-10-20T12:00:00Z"
    said = facts(listings={"us-national": {"answer": "clear", "as_of": at}})
    assert said.listings["us-national"].as_of == datetime(2026, 10, 20, 12, tzinfo=UTC)


def test_a_stated_place_adds_to_the_numbers_own() -> None:
    said = facts(recipient={"region": "US-FL", "line_type": "mobile"})
    assert {"US-NY", "US-FL"} <= said.places.regions
    assert said.line_type == "mobile"
    assert facts(recipient={"stated": {"region": "US-FL"}}).places == said.places
    assert facts(recipient={}).stated is None


def test_earlier_sends_are_of_the_messages_purpose_unless_they_say_another() -> None:
    at = "2026-11-20T17:00:00Z"
    said = facts(sent=[{"at": at}, {"at": at, "purpose": "debt"}])
    assert said.sent == (Sent(NOON, Purpose.MARKETING), Sent(NOON, Purpose.DEBT))


def test_emergency_orders_are_facts() -> None:
    said = facts(orders=[{"region": "US-FL", "from": "2026-11-20T17:00:00Z"}])
    assert said.orders == (EmergencyOrder("US-FL", NOON),)


def test_what_a_running_gate_would_report_can_be_said() -> None:
    said = facts(
        suspended="tenant",
        claims={"purpose": "transactional"},
        opaque=["twiml_url"],
        limits={"tenant": 1.5},
        matches=[{"family": "health", "likelihood": "likely"}],
    )
    assert said.suspended == "tenant"
    assert [(claim.name, claim.value) for claim in said.claims] == [("purpose", "transactional")]
    assert [opaque.kind for opaque in said.opaque] == ["twiml_url"]
    assert [limit.retry_after for limit in said.limits] == [1.5]
    assert [match.family for match in said.matches] == [Family.HEALTH]


@pytest.mark.parametrize(
    ("channel", "to", "e164"),
    [
        ("sms", "+12122000123", "+12122000123"),
        ("whatsapp", "whatsapp:+12122000123", "+12122000123"),
    ],
)
def test_the_recipient_is_read_without_its_channels_prefix(
    channel: str, to: str, e164: str
) -> None:
    number = facts(message={"channel": channel}, to=to).recipient.number
    assert number is not None
    assert number.e164 == e164


def test_a_recipient_that_is_no_number_has_no_place() -> None:
    said = facts(message={"channel": "messenger"}, to="1234567890123456")
    assert (said.recipient.number, said.recipient.problem, said.places) == (None, None, Places())
    assert facts(to="911").recipient.problem is Reason.DESTINATION_EMERGENCY


@pytest.mark.parametrize("missing", ["to", "at", "message"])
def test_a_row_without_recipient_instant_or_channel_is_refused(missing: str) -> None:
    row = {key: value for key, value in BARE.items() if key != missing}
    with pytest.raises(InputRejected):
        facts_of(row, shipped().screener)


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(ValidationError):
        bare(sendr="owned")


def test_an_assumption_changes_only_what_it_names() -> None:
    known = facts(consent="revoked")
    assumed = apply_assume(known, Given(consent="express_written"), shipped().screener)
    assert not assumed.consent.revoked
    assert assumed.sender == known.sender
    assert apply_assume(known, Given(), shipped().screener) == known
    assert assumed.channel is Channel.SMS


@pytest.mark.parametrize(
    ("said", "meant"),
    [({}, Posture.FCC), ({"posture": "statute"}, Posture.STATUTE), ({"posture": "unknown"}, None)],
)
def test_the_posture_is_the_fccs_unless_the_row_says_otherwise(
    said: dict[str, str], meant: Posture | None
) -> None:
    assert facts(**said).posture is meant


def test_a_text_has_its_length_and_a_message_its_brand() -> None:
    told = facts(message={"channel": "sms", "text": "\u00e9" * 161, "brand": "acme"})
    assert (told.length, told.brand) == (161, "acme")


def test_a_stop_of_another_brand_does_not_end_this_ones_consent() -> None:
    stop = {"event": "opt_out", "at": "2026-11-01T00:00:00Z", "scope": {"brand": "other"}}
    history = {"basis": "express", "events": [stop]}
    message = {"channel": "sms", "brand": "acme"}
    held = facts(message=message, consent=history).consent
    assert (held.basis, held.ended_by) == ("express", None)
    assert held.stopped_elsewhere_at is not None
    assert facts(message={"channel": "sms"}, consent=history).consent.revoked


def test_an_event_may_be_pending_or_unproven_and_lack_elements_of_its_own() -> None:
    stop = {"event": "opt_out", "at": "2026-11-01T00:00:00Z"}
    again = {"event": "opt_in", "at": "2026-11-02T00:00:00Z", "missing": ["seller"]}
    for more, revoked in [({}, False), ({"unproven": True}, True), ({"pending": True}, True)]:
        held = facts(consent={"basis": "express", "events": [stop, {**again, **more}]}).consent
        assert held.revoked is revoked
        assert held.missing == (() if revoked else ("seller",))


def test_nobody_may_assume_to_be_another_tenant() -> None:
    """A row of a table names a tenant; a question of an app, which is a tenant's, may not."""
    for word in ("tenant", "lot", "observed"):
        assert word in Circumstances.model_fields
        assert word not in Given.model_fields
