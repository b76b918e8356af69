"""Are ids, plain numbers, secrets and payloads read as what they are?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gatekeeper.domain.message import AddressKind
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.fields import e164, identifier, later, payload, secret
from gatekeeper.providers.shape import members, read


def test_an_id_is_no_text_and_any_other_label_is() -> None:
    shape = members({"id": identifier()})
    assert not read(shape, {"id": "93de2206-9669-4e07-948d-329f4b722ee2"}).parts
    assert not read(shape, {"id": "93de220696694e07948d329f4b722ee2"}).parts
    (part,) = read(shape, {"id": "93de2206-a-card"}).parts
    assert (part.path, part.text) == ("id", "93de2206-a-card")


def test_a_recipient_has_its_plus() -> None:
    (found,) = read(e164(), "+12122000211").recipients
    assert (found.kind, found.value) == (AddressKind.PHONE, "+12122000211")
    for value in ("12122000211", "2122000211", "+0212", "+1 212 200 0211", "sip:a@b", "+١٢١٢"):
        with pytest.raises(AmbiguousRequest, match=r"E\.164"):
            read(e164(), value)


def test_a_sip_address_is_a_recipient_where_calls_are_placed() -> None:
    (found,) = read(e164(sip=True), "sip:ana@pbx.example").recipients
    assert found.kind is AddressKind.SIP


def test_a_message_for_later_has_its_instant_with_its_zone() -> None:
    assert read(later(), "2026-12-01T07:00:00-05:00").send_at == datetime(
        2026, 12, 1, 12, tzinfo=UTC
    )
    for value in ("2026-12-01T12:00:00", "tomorrow", 1764590400):
        with pytest.raises(AmbiguousRequest):
            read(later(), value)


def test_a_secret_is_passed_on_unread_but_not_without_bound() -> None:
    assert not read(secret(), "the-app-password").parts
    with pytest.raises(AmbiguousRequest, match="1024"):
        read(secret(), "x" * 1025)


def test_a_payload_is_screened_as_what_it_says_and_cannot_be_masked_there() -> None:
    (decoded,) = read(payload(), "aGVsbG8=").parts
    assert (decoded.path, decoded.text) == ("(decoded)", "hello")
    for plain in ("hello you", "////"):
        (part,) = read(payload(), plain).parts
        assert (part.path, part.text) == ("", plain)
