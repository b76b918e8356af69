"""Does a change stand in the journal so that it can be made again from there?"""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent, Scope
from gatekeeper.domain.registry import Sender, Tenant
from gatekeeper.domain.words import Channel, Purpose, SenderKind
from gatekeeper.ledger.changes import (
    CHANGES,
    Entry,
    change_of,
    consent_entry,
    document_entry,
    heard_entry,
    listed_entry,
    version_entry,
)
from gatekeeper.store.changes import Kind, Method, Origin, PutDocument, SwapList

SUBJECT = bytes(range(16))
AT = datetime(2026, 11, 1, 12, 30, 15, 250000, tzinfo=UTC)
EVENT = ConsentEvent(
    "e1",
    ConsentAct.OPT_IN,
    AT,
    Basis.EXPRESS,
    Scope(Channel.SMS, Purpose.MARKETING, "spring"),
    expires=AT.replace(year=2027),
    seller="Acme",
    source="purchase",
    missing=("signature",),
)
BOUGHT = Origin(Kind.DELTA, "cd" * 32, "ab" * 32, "v6", "Acme Ltd", "12345678-00", "ops", AT, 3)
SWAP = SwapList(None, "us-national", Method.NUMBER, "v7", AT, 12, BOUGHT)

ENTRIES = [
    consent_entry("acme", SUBJECT, EVENT, "ab" * 32),
    document_entry(Tenant("acme", "Acme")),
    document_entry(Sender("+13122000100", "acme", SenderKind.LONG_CODE)),
    heard_entry("acme", SUBJECT, "whatsapp:+13122000203", AT, "wamid.A="),
    listed_entry("acme", "internal", SUBJECT, listed=True),
    listed_entry("acme", "internal", SUBJECT, listed=False),
    version_entry(SWAP),
    version_entry(SwapList("acme", "own", Method.SUBJECT, "v1", AT, 0)),
]


def as_read(entry: Entry) -> dict[str, object]:
    """The body after a journey through the journal's JSON."""
    read: dict[str, object] = msgspec.json.decode(msgspec.json.encode(entry.body))
    return read


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.kind)
def test_the_change_read_from_the_journal_is_the_change_that_was_made(entry: Entry) -> None:
    read = change_of(entry.kind, entry.tenant, as_read(entry))
    if isinstance(read, PutDocument) and isinstance(entry.change, PutDocument):
        assert read.key == entry.change.key
        assert msgspec.json.decode(read.document) == msgspec.json.decode(entry.change.document)
    else:
        assert read == entry.change


def test_every_kind_of_change_is_made_by_an_entry() -> None:
    assert {entry.kind for entry in ENTRIES} == CHANGES


def test_another_kind_of_record_is_no_change() -> None:
    with pytest.raises(LookupError, match="decision"):
        change_of("decision", "acme", {})


def test_a_document_of_a_tenant_is_recorded_under_the_tenant() -> None:
    sender = document_entry(Sender("+13122000100", "acme", SenderKind.LONG_CODE))
    assert (sender.tenant, sender.id) == ("acme", "sender:acme/+13122000100")


def test_a_list_version_recorded_by_an_older_gate_still_replays() -> None:
    """The record's form before origin, kind and base were kept."""
    body = {
        "list": "us-national",
        "method": "number",
        "version": "5f1c",
        "as_of": "2026-11-01T12:30:15.250000+00:00",
        "count": 12,
        "digest": "cd" * 32,
    }
    swap = SwapList(None, "us-national", Method.NUMBER, "5f1c", AT, 12, Origin(digest="cd" * 32))
    assert change_of("list_version", "", body) == swap
