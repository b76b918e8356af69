"""A provider whose requests send a second message as well: what does the spine make of it?

Twilio's form, in which a second recipient stands in `I-Also` and its text in `I-Also-Text`.
"""

from __future__ import annotations

from msgspec.structs import replace

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest, TextPart
from gatekeeper.domain.words import Role
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.twilio.provider import Twilio


class TwoMessages(Twilio):
    """Reads the second message from headers."""

    def parse(self, raw: RawRequest, operation: Operation) -> OutboundRequest:
        """Both messages."""
        request = super().parse(raw, operation)
        to = Address(AddressKind.PHONE, raw.header("I-Also") or "", "I-Also")
        text = TextPart("I-Also-Text", Role.BODY, raw.header("I-Also-Text") or "Hello.")
        return replace(request, also=(replace(request, recipients=(to,), parts=(text,)),))
