"""Who of the parties is suspended, what each has accepted, and which channels are enabled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from gatekeeper.domain.facts import PartyTerms
from gatekeeper.domain.registry import Caller, Campaign, EndCustomer, Sender, Terms
from gatekeeper.domain.standing import Suspension
from gatekeeper.domain.words import Channel, Purpose, SenderKind
from gatekeeper.pipeline import parties
from tests.support.acme import NEWS, TENANT
from tests.support.spine import CALLER, NOON, case, snapshot

STOPPED = Suspension("spam", "user:olga", NOON - timedelta(days=1), NOON + timedelta(minutes=1))


def test_the_widest_suspension_is_told() -> None:
    application = replace(CALLER.application, suspended=STOPPED)
    tenant = replace(CALLER.tenant, suspended=STOPPED)
    assert parties.suspended(case()) is None
    assert parties.suspended(case(caller=Caller(application, CALLER.tenant))) == "application"
    assert parties.suspended(case(caller=Caller(application, tenant))) == "tenant"


def test_a_suspension_binds_to_its_end_judged_by_the_cases_own_instant() -> None:
    over = replace(STOPPED, until=NOON)
    for suspension, level in (
        (STOPPED, "campaign"),
        (over, None),
        (replace(over, until=None), "campaign"),
    ):
        seen = snapshot(Campaign("news", TENANT, (Purpose.TRANSACTIONAL,), suspended=suspension))
        assert parties.suspended(case(seen=seen)) == level


def test_an_end_customer_of_app_sender_or_campaign_answers_for_the_message() -> None:
    customer = EndCustomer("shoes", TENANT, "Shoes", Terms("2", NOON, "J. Doe"), STOPPED)
    sender = Sender(NEWS, TENANT, SenderKind.LONG_CODE, end_customer="shoes")
    campaign = Campaign("news", TENANT, (Purpose.TRANSACTIONAL,), end_customer="shoes")
    caller = replace(CALLER, application=replace(CALLER.application, end_customer="shoes"))
    plain = case()
    assert (parties.suspended(plain), parties.terms(plain)) == (None, (PartyTerms("tenant"),))
    told = (PartyTerms("tenant"), PartyTerms("end_customer", "2"))
    for opened in (
        case(seen=snapshot(customer, sender)),
        case(
            seen=snapshot(
                customer, Sender(NEWS, TENANT, SenderKind.LONG_CODE, campaign="news"), campaign
            )
        ),
        case(seen=snapshot(customer), caller=caller),
    ):
        assert (parties.suspended(opened), parties.terms(opened)) == ("end_customer", told)
    unknown = case(caller=caller)
    assert parties.terms(unknown)[1:] == (PartyTerms("end_customer"),), "not there: no terms"


def test_a_channel_must_be_among_those_that_are_enabled() -> None:
    for components, disabled in ((None, False), ((), True), (("sms",), False), (("voice",), True)):
        channels = None if components is None else tuple(map(Channel, components))
        tenant = replace(CALLER.tenant, components=channels)
        opened = case(caller=replace(CALLER, tenant=tenant))
        assert parties.component_disabled(opened) is disabled
