"""Which document does it make when somebody states a few fields?"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest

from gatekeeper.domain.registry import (
    Application,
    Campaign,
    EndCustomer,
    RegisteredContent,
    Sender,
    Tenant,
    Terms,
)
from gatekeeper.domain.standing import Key, Proof, ProofKind
from gatekeeper.domain.words import Channel, SenderKind, SenderState
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.documents import Document, encode, key_of, kind_of, registry_of
from gatekeeper.ledger.registry_input import name_of, stated

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
KNOWN: tuple[Document, ...] = (
    Tenant("acme", "Acme", emergency_granted=True),
    Tenant("rival", "Rival"),
    Application("shop", "acme", "twilio", "AC1", keys=(Key("ab"),), secret="sealed"),
    Sender("22345", "acme", SenderKind.SHORT_CODE, SenderState.RECLAIMED, "C1"),
    Campaign("spring", "acme", seller="Acme Ltd"),
)
REGISTRY = registry_of(1, {f"{kind_of(each)}:{key_of(each)}": encode(each) for each in KNOWN})


def told(what: str, **said: Any) -> Document:
    return stated(what, said, REGISTRY, by="user:olga", at=NOON)


def test_what_is_not_said_stays_as_it_is() -> None:
    changed = told("tenant", id="acme", components=["sms"])
    assert changed == Tenant("acme", "Acme", emergency_granted=True, components=(Channel.SMS,))
    back = told("sender", id="22345", tenant="acme", state="active")
    assert back == Sender("22345", "acme", SenderKind.SHORT_CODE, registration="C1")
    shop = told("application", id="shop", campaign="spring")
    assert isinstance(shop, Application)
    assert (shop.secret, shop.keys, shop.campaign) == ("sealed", (Key("ab"),), "spring")


def test_of_something_new_what_is_plain_need_not_be_said() -> None:
    assert told("tenant", id="new") == Tenant("new", "new")
    assert told("sender", id="+1 (312) 200-0100", tenant="acme") == Sender(
        "+13122000100", "acme", SenderKind.LONG_CODE
    )
    again = told("sender", id="22345", tenant="acme", kind="toll_free")
    assert isinstance(again, Sender) and again.kind is SenderKind.TOLL_FREE


def test_null_clears_a_field() -> None:
    cleared = told("campaign", id="spring", tenant="acme", seller=None)
    assert cleared == Campaign("spring", "acme")


def test_who_records_and_when_is_filled_in() -> None:
    customer = told("end_customer", id="s", tenant="acme", name="S", terms={"version": "2"})
    assert customer == EndCustomer("s", "acme", "S", Terms("2", NOON, "user:olga"))
    signed = {"version": "2", "by": "J. Doe, director", "at": "2026-11-01T00:00:00Z"}
    customer = told("end_customer", id="s", tenant="acme", name="S", terms=signed)
    assert isinstance(customer, EndCustomer)
    assert customer.terms == Terms("2", datetime(2026, 11, 1, tzinfo=UTC), "J. Doe, director")
    proof = {"kind": "code_sent", "reference": "ticket 7"}
    proved = told("sender", id="22346", tenant="acme", kind="short_code", proof=proof)
    assert isinstance(proved, Sender)
    assert proved.proof == Proof(ProofKind.CODE, "ticket 7", "user:olga", NOON)


def test_the_digest_of_content_is_worked_out_here() -> None:
    text = told("content", tenant="acme", kind="content_sid", ref="HX1", texts=["Hello", "Bye"])
    assert isinstance(text, RegisteredContent)
    assert text.digest == sha256(b"Hello\0Bye").hexdigest()


@pytest.mark.parametrize(
    ("kind", "said", "hint"),
    [
        ("house", {}, "no kind house"),
        ("admin_key", {"id": "ops"}, "no kind admin_key"),
        ("tenant", {"id": "new", "name": None}, "name"),
        ("campaign", {"id": "new", "tenant": "acme"}, "--purpose"),
        ("sender", {"id": "!!", "tenant": "acme"}, "short code"),
        ("tenant", {"id": "acme", "colour": "red"}, "no field colour"),
        ("tenant", {"id": "acme", "suspended": None}, "no field suspended"),
        ("tenant", {"id": "acme", "components": ["pigeon"]}, "components"),
        ("campaign", {"id": "spring", "tenant": "acme", "was": []}, "no field was"),
        ("application", {"id": "shop", "keys": []}, "/applications"),
        ("application", {"id": "new", "tenant": "acme"}, "/applications"),
        ("application", {"id": "shop", "tenant": "rival"}, "choose another id"),
        ("content", {"tenant": "acme", "kind": "k", "ref": "r", "texts": "no list"}, "texts"),
        ("content", {"tenant": "a", "kind": "k", "ref": "r", "digest": "x"}, "no field digest"),
    ],
)
def test_what_cannot_be_stated_is_named(kind: str, said: dict[str, Any], hint: str) -> None:
    with pytest.raises(InputRejected, match=hint):
        told(kind, **said)


def test_each_document_is_named_within_its_tenant() -> None:
    assert name_of("tenant", {"id": "acme"}) == "acme"
    assert name_of("application", {"id": "shop", "tenant": "acme"}) == "shop"
    assert name_of("sender", {"id": "22345", "tenant": "acme"}) == "acme/22345"
    assert name_of("content", {"tenant": "a", "kind": "k", "ref": "r/s"}) == "a/k/r/s"
