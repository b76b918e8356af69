"""May a document refer to what is not there, or to what is another's?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from gatekeeper.domain.registry import Application, Brand, Campaign, EndCustomer, Sender, Tenant
from gatekeeper.domain.standing import AdminKey, Key
from gatekeeper.domain.words import SenderKind, SenderState
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.documents import Document, encode, key_of, kind_of, registry_of
from gatekeeper.ledger.references import check

KNOWN: tuple[Document, ...] = (
    Tenant("acme", "Acme"),
    Tenant("rival", "Rival"),
    EndCustomer("shoes", "acme", "Shoes"),
    EndCustomer("hats", "acme", "Hats"),
    EndCustomer("theirs", "rival", "Theirs"),
    Brand("red", "acme", "Red", end_customer="shoes"),
    Brand("theirs", "rival", "Theirs"),
    Campaign("spring", "acme", end_customer="shoes"),
    Sender("22345", "acme", SenderKind.SHORT_CODE),
    Sender("22346", "rival", SenderKind.SHORT_CODE),
)
REGISTRY = registry_of(1, {f"{kind_of(each)}:{key_of(each)}": encode(each) for each in KNOWN})


def app(**more: str) -> Application:
    return Application("shop", "acme", "twilio", "AC1", **more)  # type: ignore[arg-type]


def code(address: str = "22347", **more: str) -> Sender:
    return Sender(address, "acme", SenderKind.SHORT_CODE, **more)  # type: ignore[arg-type]


def campaign(**more: object) -> Campaign:
    return Campaign("fall", "acme", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "document",
    [
        app(end_customer="shoes", campaign="spring"),
        code(end_customer="shoes", campaign="spring"),
        code(campaign="spring"),
        campaign(brand="red", end_customer="shoes", senders=("22345",)),
        campaign(brand="red"),
        Brand("blue", "acme", "Blue", end_customer="hats"),
        AdminKey("ops", Key("ab")),
        AdminKey("ops", Key("ab"), "acme"),
    ],
    ids=repr,
)
def test_what_refers_to_its_own_tenants_documents_is_taken(document: Document) -> None:
    check(document, REGISTRY)


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (EndCustomer("x", "nobody", "X"), "no tenant nobody"),
        (EndCustomer("a/b", "acme", "X"), "an id holds"),
        (Brand("blue", "acme", "Blue", end_customer="theirs"), "no end customer theirs"),
        (app(end_customer="theirs"), "no end customer theirs"),
        (app(campaign="none"), "no campaign none"),
        (app(end_customer="hats", campaign="spring"), "another end customer"),
        (code(end_customer="theirs"), "no end customer theirs"),
        (code(end_customer="hats", campaign="spring"), "another end customer"),
        (code("22346"), "not to this tenant"),
        (campaign(brand="theirs"), "no brand theirs"),
        (campaign(brand="red", end_customer="hats"), "another end customer"),
        (campaign(senders=("22345", "22346")), "number 2 of the list"),
        (campaign(senders=("22345", "22399")), "number 2 of the list"),
        (AdminKey("ops", Key("ab"), "nobody"), "no tenant nobody"),
        (AdminKey("o ps", Key("ab")), "an id holds"),
    ],
)
def test_what_is_not_there_and_what_is_anothers_are_refused_alike(
    document: Document, told: str
) -> None:
    with pytest.raises(InputRejected, match=told):
        check(document, REGISTRY)


@pytest.mark.parametrize("state", [SenderState.RECLAIMED, SenderState.PORTED_OUT])
def test_a_number_that_was_given_back_may_become_anothers_and_is_then_theirs(
    state: SenderState,
) -> None:
    given_back = Sender("22348", "rival", SenderKind.SHORT_CODE, state)
    stored = {f"{kind_of(d)}:{key_of(d)}": encode(d) for d in (*KNOWN, given_back)}
    check(code("22348"), registry_of(1, stored))
    ours = code("22348")
    stored |= {f"{kind_of(ours)}:{key_of(ours)}": encode(ours)}
    after = registry_of(1, stored)
    with pytest.raises(InputRejected, match="not to this tenant"):
        check(replace(given_back, state=SenderState.ACTIVE), after)
    check(replace(given_back, registration="C9"), after)
    check(ours, after)
