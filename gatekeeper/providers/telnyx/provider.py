"""Which functions make up Telnyx, as one provider of the contract?"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.providers.contract import (
    Carrier,
    Credential,
    Operation,
    RawRequest,
    Refusal,
    Reply,
)
from gatekeeper.providers.plain import Plain
from gatekeeper.providers.telnyx import credential as credentials
from gatekeeper.providers.telnyx import inbound, inbound_codes, paths, signature
from gatekeeper.providers.telnyx import refuse as refusals
from gatekeeper.providers.telnyx.attach import ATTACH
from gatekeeper.providers.telnyx.calls import parse_call
from gatekeeper.providers.telnyx.carrier import TelnyxCarrier
from gatekeeper.providers.telnyx.fields import attempt_of
from gatekeeper.providers.telnyx.messages import parse_message
from gatekeeper.providers.telnyx.verifications import parse_verification
from gatekeeper.providers.webhook import InboundEvent, InboundOperation, Meaning

_PARSERS = {"call": parse_call, "verification": parse_verification}


class Telnyx(Plain):
    """Telnyx's API v2: Messages, Verify and Call Control."""

    name = "telnyx"
    services = paths.SERVICES
    attach = ATTACH
    carrier: Carrier | None = TelnyxCarrier()

    def match(self, raw: RawRequest) -> Operation | None:
        """The operation; what is not listed passes only if it reads."""
        return paths.match(raw)

    def credential(self, raw: RawRequest) -> Credential | None:
        """The bearer key, or None."""
        return credentials.credential(raw)

    def parse(self, raw: RawRequest, operation: Operation) -> OutboundRequest:
        """The message, verification or call with its one meaning; else AmbiguousRequest."""
        request = _PARSERS.get(operation.name, parse_message)(raw, operation)
        attempt = attempt_of(raw)
        return request if attempt is None else replace(request, attempt=attempt)

    def swap(self, raw: RawRequest, credential: Credential) -> RawRequest:
        """The same request under another key; every other byte stays."""
        return credentials.swap(raw, credential)

    def refuse(self, refusal: Refusal) -> Reply:
        """The refusal in Telnyx's own error shape."""
        return refusals.refuse(refusal)

    def inbound(self, raw: RawRequest) -> InboundOperation:
        """Whose webhook it is: Telnyx names no account."""
        return inbound.inbound(raw)

    def verify(self, raw: RawRequest, url: str, secret: str, now: datetime) -> bool:
        """Whether Telnyx's Ed25519 signature holds; the URL is not part of it."""
        return signature.verify(raw, secret, now)

    def events(self, raw: RawRequest) -> tuple[InboundEvent, ...]:
        """The message that came in, or the states of one that went out."""
        return inbound.events(raw)

    def resign(self, raw: RawRequest, url: str, secret: str) -> RawRequest:
        """The same webhook for another URL; Telnyx's own signature stays."""
        return signature.resign(raw, url, secret)

    def told(self, reply: Reply) -> Meaning:
        """What the answer to a send says of the recipient's will."""
        return inbound_codes.told(reply)
