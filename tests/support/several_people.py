"""A provider whose messages have several recipients that can be left out: Twilio, had it such.

The further recipients stand in the header `I-To`, parted by `<`.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.twilio.provider import Twilio


class SeveralPeople(Twilio):
    """Reads all recipients from the header."""

    def parse(self, raw: RawRequest, operation: Operation) -> OutboundRequest:
        """The message to each of them."""
        people = (raw.header("I-To") or "").split("<")
        to = tuple(Address(AddressKind.PHONE, value, "I-To") for value in people)
        return replace(super().parse(raw, operation), recipients=to)

    def drop(
        self, raw: RawRequest, operation: Operation, indexes: Sequence[int]
    ) -> RawRequest | None:
        """The header without these."""
        people = (raw.header("I-To") or "").split("<")
        left = "<".join(each for at, each in enumerate(people) if at not in indexes)
        headers = tuple((k, left if k == "I-To" else v) for k, v in raw.headers)
        return replace(raw, headers=headers)


class Shared(SeveralPeople):
    """One thread that all of them share."""

    def drop(
        self, raw: RawRequest, operation: Operation, indexes: Sequence[int]
    ) -> RawRequest | None:
        """None: it stands or falls whole."""
        return None
