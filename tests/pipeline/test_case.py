"""Campaign, purpose and sender come from what is registered; a claim only picks among it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gatekeeper.domain.message import Address, AddressKind, Claim
from gatekeeper.domain.registry import Brand, Caller, Campaign, EndCustomer, Sender, Tenant
from gatekeeper.domain.words import Channel, Purpose, SenderKind, Technology
from gatekeeper.pipeline.case import Hints, open_case, sender_of
from tests.support.acme import ANA, NEWS, OFFERS, TENANT, WHATSAPP
from tests.support.spine import CALLER, NOON, SHOP, case, snapshot
from tests.support.twilio_requests import call, message

P = Purpose
SHARED = "+14152000199"
"""A number that is registered for no campaign."""


def test_the_senders_campaign_gives_purpose_and_technology() -> None:
    for sender, purpose in ((OFFERS, P.MARKETING), (NEWS, P.TRANSACTIONAL)):
        opened = case(message(From=sender))
        assert (opened.purpose, opened.technology) == (purpose, Technology.AUTODIALED)


def test_without_a_campaign_it_is_marketing() -> None:
    opened = case(message(From=SHARED))
    assert (opened.campaign, opened.purpose) == (None, P.MARKETING)
    assert opened.technology is Technology.UNKNOWN


@pytest.mark.parametrize(
    ("registered", "claimed", "purpose"),
    [
        ((P.TRANSACTIONAL, P.INFORMATIONAL), "informational", P.INFORMATIONAL),
        ((P.TRANSACTIONAL, P.INFORMATIONAL), "authentication", P.TRANSACTIONAL),
        ((P.TRANSACTIONAL, P.MARKETING), None, P.MARKETING),
        ((P.TRANSACTIONAL, P.MARKETING), "transactional", P.TRANSACTIONAL),
        ((P.MARKETING,), "authentication", P.MARKETING),
        ((P.EMERGENCY,), "emergency", P.MARKETING),
    ],
)
def test_a_claim_picks_among_the_registered_purposes_only(
    registered: tuple[Purpose, ...], claimed: str | None, purpose: Purpose
) -> None:
    seen = snapshot(Campaign("mixed", TENANT, registered))
    opened = case(message(From=SHARED), Hints(campaign="mixed", purpose=claimed), seen)
    assert opened.purpose is purpose


def test_the_emergency_purpose_must_be_granted() -> None:
    seen = snapshot(Campaign("storm", TENANT, (P.EMERGENCY,)))
    granted = Caller(SHOP, Tenant(TENANT, "Acme", emergency_granted=True))
    hints = Hints(campaign="storm")
    assert case(message(From=SHARED), hints, seen).purpose is P.MARKETING
    assert case(message(From=SHARED), hints, seen, granted).purpose is P.EMERGENCY


def test_twilios_message_intent_is_a_claim() -> None:
    seen = snapshot(Campaign("mixed", TENANT, (P.MARKETING, P.AUTHENTICATION)))
    opened = case(message(From=SHARED, MessageIntent="otp"), Hints(campaign="mixed"), seen)
    assert opened.purpose is P.AUTHENTICATION
    assert Claim("purpose", P.AUTHENTICATION) in opened.claims


def test_another_tenants_campaign_and_sender_are_not_there() -> None:
    rival = Caller(replace(SHOP, tenant="rival"), Tenant("rival", "Rival"))
    opened = open_case("r1", NOON, rival, message(From=NEWS), Hints("news"), snapshot())
    assert (opened.sender, opened.campaign) == (None, None)


def test_the_applications_campaign_serves_where_the_sender_has_none() -> None:
    caller = Caller(replace(SHOP, campaign="codes"), CALLER.tenant)
    assert case(message(From=SHARED), caller=caller).purpose is P.AUTHENTICATION
    assert case(message(From=SHARED), Hints("offers"), caller=caller).purpose is P.MARKETING


def test_no_caller_can_name_another_campaign_than_the_senders_own() -> None:
    """Else an offer could go out as a one-time code, past quiet hours and lists."""
    opened = case(message(From=OFFERS), Hints(campaign="codes", purpose="authentication"))
    assert opened.campaign is not None
    assert (opened.campaign.id, opened.purpose) == ("offers", P.MARKETING)
    assert Claim("campaign", "codes") in opened.claims


def test_one_number_can_be_registered_for_each_channel() -> None:
    address = message(From=WHATSAPP, To=f"whatsapp:{ANA}").sender
    bare = WHATSAPP.removeprefix("whatsapp:")
    assert sender_of(address, Channel.WHATSAPP) == (SenderKind.WABA, WHATSAPP)
    assert sender_of(address, Channel.SMS) == (SenderKind.LONG_CODE, bare)


def test_a_messaging_service_is_a_sender_of_its_own_kind() -> None:
    service = Address(AddressKind.SERVICE, "MG" + "0" * 32, "MessagingServiceSid")
    assert sender_of(service, Channel.SMS) == (SenderKind.SERVICE, "MG" + "0" * 32)


def test_a_call_says_by_itself_how_it_is_placed() -> None:
    request = call(From=NEWS, Twiml="<Response><Say>Hello.</Say></Response>")
    opened = case(request)
    assert opened.request.channel is Channel.VOICE
    assert opened.technology is (
        request.technology
        if request.technology is not Technology.UNKNOWN
        else Technology.AUTODIALED
    )


def test_a_campaign_that_names_its_senders_bars_all_others() -> None:
    for senders, barred in (
        (None, None),
        ((NEWS,), None),
        ((OFFERS,), "campaign"),
        ((), "campaign"),
    ):
        seen = snapshot(Campaign("news", TENANT, (P.TRANSACTIONAL,), senders=senders))
        assert case(message(From=NEWS), seen=seen).barred == barred
        if barred:
            hinted = Sender(SHARED, TENANT, SenderKind.LONG_CODE)
            seen = snapshot(Campaign("news", TENANT, (P.TRANSACTIONAL,), senders=senders), hinted)
            assert case(message(From=SHARED), Hints(campaign="news"), seen).barred == "campaign"


def test_a_message_is_sent_for_the_end_customer_of_its_brand() -> None:
    """Else a brand's messages would need no terms where the campaign does not say whose it is."""
    brand = Brand("red", TENANT, "Red", end_customer="shoes")
    campaign = Campaign("news", TENANT, (P.TRANSACTIONAL,), brand="red")
    seen = snapshot(brand, campaign, EndCustomer("shoes", TENANT, "Shoes"))
    assert [each.id for each in case(message(From=NEWS), seen=seen).end_customers] == ["shoes"]
    other = Caller(replace(SHOP, end_customer="hats"), CALLER.tenant)
    assert case(message(From=NEWS), seen=seen, caller=other).barred == "end_customer"


def test_what_is_one_end_customers_serves_no_other() -> None:
    sender = Sender(NEWS, TENANT, SenderKind.LONG_CODE, campaign="news", end_customer="shoes")
    for ours, barred in (("shoes", None), ("hats", "end_customer"), (None, None)):
        app = Caller(replace(SHOP, end_customer=ours), CALLER.tenant)
        assert case(message(From=NEWS), seen=snapshot(sender), caller=app).barred == barred
        campaign = Campaign("news", TENANT, (P.TRANSACTIONAL,), end_customer=ours)
        assert case(message(From=NEWS), seen=snapshot(sender, campaign)).barred == barred


def test_a_message_is_due_now_or_when_the_request_says_but_not_earlier() -> None:
    for at, due in (
        ("2026-11-21T02:00:00Z", NOON + timedelta(hours=9)),
        ("2026-11-20T02:00:00Z", NOON),
    ):
        opened = case(message(From=NEWS, SendAt=at, ScheduleType="fixed"))
        assert (opened.at, opened.due) == (NOON, due)
    assert case().due == NOON
