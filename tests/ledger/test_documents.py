"""Do registered documents keep their meaning between outside, store and registry?"""

from __future__ import annotations

from datetime import UTC, datetime

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
from gatekeeper.domain.standing import AdminKey, Key, Suspension
from gatekeeper.domain.words import Purpose, SenderKind
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.documents import (
    KINDS,
    LONG_AGO,
    Document,
    decode,
    encode,
    find,
    key_of,
    kind_of,
    registry_of,
    tenant_of,
)

DOCUMENTS: list[Document] = [
    Tenant("acme", "Acme"),
    EndCustomer("shoe-shop", "acme", "Shoe Shop"),
    Brand("red", "acme", "Red Shoes"),
    Application("shop", "acme", "twilio", "AC1", keys=(Key("ab"),)),
    Sender("+13122000100", "acme", SenderKind.LONG_CODE, campaign="spring"),
    Campaign("spring", "acme", (Purpose.MARKETING, Purpose.TRANSACTIONAL)),
    RegisteredContent("acme", "content_sid", "HX1", ("Hello {{1}}",), "cd"),
    AdminKey("ops", Key("ef"), "acme"),
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=kind_of)
def test_a_document_comes_back_as_it_was(document: Document) -> None:
    assert decode(kind_of(document), encode(document)) == document
    assert tenant_of(document) == "acme"


def test_each_kind_has_its_document() -> None:
    assert [kind_of(document) for document in DOCUMENTS] == list(KINDS)


def test_all_documents_make_one_registry() -> None:
    stored = {f"{kind_of(d)}:{key_of(d)}": encode(d) for d in DOCUMENTS}
    registry = registry_of(7, stored)
    assert registry.version == 7
    assert list(registry.tenants) == ["acme"]
    assert list(registry.end_customers) == [("acme", "shoe-shop")]
    assert list(registry.brands) == [("acme", "red")]
    assert list(registry.applications) == ["shop"]
    assert list(registry.senders) == [("acme", "+13122000100")]
    assert list(registry.campaigns) == [("acme", "spring")]
    assert list(registry.contents) == [("acme", "content_sid", "HX1")]
    assert list(registry.admin_keys) == ["ops"]
    for document in DOCUMENTS:
        assert find(registry, kind_of(document), key_of(document)) == document
    assert find(registry, "sender", "acme") is None and find(registry, "house", "x") is None


def test_a_suspension_that_was_its_reason_alone_still_binds() -> None:
    """Documents of earlier versions stand in journals for good."""
    told = decode("tenant", b'{"id": "acme", "name": "Acme", "suspended": "spam"}')
    assert isinstance(told, Tenant)
    assert told.suspended == Suspension("spam", "", LONG_AGO)
    assert told.suspended.binds(datetime.now(UTC))
    assert decode("tenant", encode(told)) == told
    calm = decode("tenant", b'{"id": "acme", "name": "Acme", "suspended": null}')
    assert calm == Tenant("acme", "Acme")


def test_a_key_that_was_its_hash_alone_still_opens() -> None:
    raw = b'{"id": "a", "tenant": "t", "provider": "p", "account": "AC", "key_hashes": ["ab"]}'
    told = decode("application", raw)
    assert isinstance(told, Application) and told.keys == (Key("ab"),)
    assert told.keys[0].live(datetime.now(UTC))


def test_what_belongs_to_the_installation_is_no_tenants() -> None:
    assert tenant_of(AdminKey("ops", Key("ef"))) == ""


def test_documents_of_two_tenants_never_share_a_key() -> None:
    other = Sender("+13122000100", "other", SenderKind.LONG_CODE)
    assert key_of(other) not in map(key_of, DOCUMENTS)


@pytest.mark.parametrize(
    ("kind", "raw", "told"),
    [
        ("tenant", b"{", "not a JSON document"),
        ("tenant", b'{"id": "acme"}', "name"),
        ("sender", b'{"id": "1", "tenant": "acme", "kind": "pigeon"}', "kind"),
        ("house", b"{}", "no such kind"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(kind: str, raw: bytes, told: str) -> None:
    with pytest.raises(InputRejected, match=told):
        decode(kind, raw)
