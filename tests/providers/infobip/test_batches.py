"""Has every message its sender, and every request its key?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.words import Channel, Technology
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Handling, Operation
from gatekeeper.providers.infobip.batches import ids_of, key_of, request_of
from gatekeeper.providers.shape import Found

OPERATION = Operation("sms", Handling.DECIDE)
ME = Address(AddressKind.PHONE, "+13122000201", "sender")
ANA = Address(AddressKind.PHONE, "+12122000211", "to")


def test_a_message_has_a_sender() -> None:
    with pytest.raises(AmbiguousRequest, match="sender is missing"):
        request_of(Found(recipients=[ANA]), OPERATION, Channel.SMS, Technology.UNKNOWN)


def test_ids_are_a_key_only_if_every_destination_has_one() -> None:
    body = {"messages": [{"destinations": [{"messageId": "a"}, {}]}]}
    assert ids_of(body) == ["a", None]
    assert key_of(ids_of(body)) is None
    assert key_of([]) is None
    assert key_of(["a", "b"]) == "a,b"
