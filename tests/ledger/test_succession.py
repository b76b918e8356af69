"""What survives a new version of a document, and what may no version change?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from gatekeeper.domain.registry import (
    Application,
    Brand,
    Campaign,
    EndCustomer,
    RegisteredContent,
    Sender,
    Tenant,
)
from gatekeeper.domain.standing import FormerCampaign, FormerUse, Proof, ProofKind, Suspension
from gatekeeper.domain.words import Purpose, SenderKind
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.documents import Document, kind_of
from gatekeeper.ledger.succession import MAX_FORMER, succeed

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
STOPPED = Suspension("spam", "user:olga", NOON)
PROOF = Proof(ProofKind.LETTER, "LOA-7", "user:olga", NOON)

TENANT = Tenant("acme", "Acme")
CUSTOMER = EndCustomer("shoes", "acme", "Shoes")
BRAND = Brand("red", "acme", "Red", end_customer="shoes")
APP = Application("shop", "acme", "twilio", "AC1", campaign="spring")
SENDER = Sender("22345", "acme", SenderKind.SHORT_CODE, campaign="spring")
CAMPAIGN = Campaign("spring", "acme", (Purpose.MARKETING,), since=NOON)


Stoppable = Tenant | EndCustomer | Application | Sender | Campaign


@pytest.mark.parametrize("plain", [TENANT, CUSTOMER, APP, SENDER, CAMPAIGN], ids=kind_of)
def test_a_suspension_is_neither_lost_nor_made_by_registering_again(plain: Stoppable) -> None:
    stopped = replace(plain, suspended=STOPPED)
    assert succeed(plain, stopped, NOON) == stopped
    assert succeed(stopped, plain, NOON) == plain
    assert succeed(stopped, None, NOON) == plain


def test_a_proof_is_not_lost_by_leaving_it_out() -> None:
    proved = replace(SENDER, proof=PROOF)
    assert succeed(SENDER, proved, NOON) == proved
    newer = replace(PROOF, reference="LOA-8")
    assert succeed(replace(SENDER, proof=newer), proved, NOON) == replace(SENDER, proof=newer)


@pytest.mark.parametrize("known", [APP, SENDER], ids=kind_of)
def test_what_it_was_registered_for_before_is_kept(known: Application | Sender) -> None:
    moved = succeed(replace(known, campaign="fall"), known, NOON)
    assert getattr(moved, "was", ()) == (FormerCampaign("spring", NOON),)
    hour = NOON + timedelta(hours=1)
    again = succeed(replace(known, campaign=None), moved, hour)
    kept = (FormerCampaign("spring", NOON), FormerCampaign("fall", hour))
    assert getattr(again, "was", ()) == kept
    assert getattr(succeed(replace(known, campaign=None), again, hour), "was", ()) == kept


def test_what_a_campaign_was_for_before_is_kept_and_when_it_began() -> None:
    first = succeed(replace(CAMPAIGN, since=None), None, NOON)
    assert first == CAMPAIGN
    wider = replace(CAMPAIGN, purposes=(Purpose.MARKETING, Purpose.TRANSACTIONAL), since=None)
    told = succeed(wider, CAMPAIGN, NOON)
    was = (FormerUse((Purpose.MARKETING,), None, NOON),)
    assert told == replace(wider, since=NOON, was=was)
    branded = succeed(replace(CAMPAIGN, brand="red"), CAMPAIGN, NOON)
    assert getattr(branded, "was", ()) == was


def test_history_cannot_be_stated() -> None:
    forged = replace(SENDER, was=(FormerCampaign("x", NOON),))
    assert succeed(forged, None, NOON) == SENDER
    assert succeed(forged, SENDER, NOON) == SENDER


@pytest.mark.parametrize(
    ("known", "new", "told"),
    [
        (replace(CAMPAIGN, brand="red"), replace(CAMPAIGN, brand="blue"), "brand"),
        (replace(CAMPAIGN, brand="red"), CAMPAIGN, "brand"),
        (replace(CAMPAIGN, end_customer="shoes"), CAMPAIGN, "end customer"),
        (replace(SENDER, end_customer="shoes"), replace(SENDER, end_customer="hats"), "end cust"),
        (replace(APP, end_customer="shoes"), APP, "end customer"),
        (APP, replace(APP, tenant="rival"), "tenant"),
        (BRAND, replace(BRAND, end_customer=None), "end customer"),
        (CAMPAIGN, replace(CAMPAIGN, purposes=(Purpose.EMERGENCY,)), "emergencies"),
    ],
)
def test_what_opt_outs_and_terms_rest_on_never_changes(
    known: Document, new: Document, told: str
) -> None:
    with pytest.raises(InputRejected, match=told):
        succeed(new, known, NOON)


def test_a_document_remembers_so_many_changes_and_takes_no_more() -> None:
    """What was forgotten could not bind; so nothing is."""
    full = replace(SENDER, was=(FormerCampaign(None, NOON),) * MAX_FORMER)
    with pytest.raises(InputRejected, match="register another"):
        succeed(replace(SENDER, campaign="fall"), full, NOON)
    assert succeed(replace(SENDER, registration="C2"), full, NOON) == replace(
        full, registration="C2"
    )


def test_content_takes_the_place_of_older_content() -> None:
    new = RegisteredContent("acme", "content_sid", "HX1", ("New",), "cd")
    assert succeed(new, replace(new, texts=("Old",)), NOON) == new
