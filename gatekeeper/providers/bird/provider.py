"""Which functions make up Bird, as one provider of the contract?"""

from __future__ import annotations

from datetime import datetime

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.providers import standard_webhooks
from gatekeeper.providers.bird import credential as credentials
from gatekeeper.providers.bird import inbound, paths
from gatekeeper.providers.bird import refuse as refusals
from gatekeeper.providers.bird.attach import ATTACH
from gatekeeper.providers.bird.carrier import BirdCarrier
from gatekeeper.providers.bird.sms import parse_batch, parse_sms
from gatekeeper.providers.bird.whatsapp import parse_whatsapp
from gatekeeper.providers.contract import (
    Carrier,
    Credential,
    Operation,
    RawRequest,
    Refusal,
    Reply,
)
from gatekeeper.providers.plain import Plain
from gatekeeper.providers.webhook import InboundEvent, InboundOperation

_READERS = {"sms": parse_sms, "batch": parse_batch, "whatsapp": parse_whatsapp}


class Bird(Plain):
    """Bird's API of SMS and WhatsApp messages."""

    name = "bird"
    services = paths.SERVICES
    attach = ATTACH
    carrier: Carrier | None = BirdCarrier()

    def match(self, raw: RawRequest) -> Operation | None:
        """The operation of a path."""
        return paths.match(raw)

    def credential(self, raw: RawRequest) -> Credential | None:
        """The bearer key, or None."""
        return credentials.credential(raw)

    def parse(self, raw: RawRequest, operation: Operation) -> OutboundRequest:
        """The message with its one meaning; raises AmbiguousRequest otherwise."""
        return _READERS[operation.name](raw, operation)

    def swap(self, raw: RawRequest, credential: Credential) -> RawRequest:
        """The same request under another key; every other byte stays."""
        return credentials.swap(raw, credential)

    def refuse(self, refusal: Refusal) -> Reply:
        """The refusal in Bird's own error shape."""
        return refusals.refuse(refusal)

    def inbound(self, raw: RawRequest) -> InboundOperation:
        """A webhook names no account; raises AmbiguousRequest for one that cannot be read."""
        return inbound.inbound(raw)

    def verify(self, raw: RawRequest, url: str, secret: str, now: datetime) -> bool:
        """Whether webhook-signature holds and is not old; the URL is not signed."""
        return standard_webhooks.verify(raw, secret, now)

    def events(self, raw: RawRequest) -> tuple[InboundEvent, ...]:
        """What a person wrote, who is suppressed, or what became of a message."""
        return inbound.events(raw)

    def resign(self, raw: RawRequest, url: str, secret: str) -> RawRequest:
        """The same webhook under another secret."""
        return standard_webhooks.resign(raw, url, secret)
