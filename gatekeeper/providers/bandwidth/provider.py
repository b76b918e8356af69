"""Which functions make up Bandwidth, as one provider of the contract?"""

from __future__ import annotations

from datetime import datetime

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.providers import basic_webhook
from gatekeeper.providers.bandwidth import credential as credentials
from gatekeeper.providers.bandwidth import inbound, paths
from gatekeeper.providers.bandwidth import refuse as refusals
from gatekeeper.providers.bandwidth.attach import ATTACH
from gatekeeper.providers.bandwidth.calls import parse_call, parse_code
from gatekeeper.providers.bandwidth.carrier import BandwidthCarrier
from gatekeeper.providers.bandwidth.messages import parse_message, parse_several
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

_READERS = {
    "message": parse_message,
    "multi_channel": parse_several,
    "call": parse_call,
    "code": parse_code,
    "code_call": parse_code,
}


class Bandwidth(Plain):
    """Bandwidth's APIs for messages, calls and one-time codes."""

    name = "bandwidth"
    services = paths.SERVICES
    attach = ATTACH
    carrier: Carrier | None = BandwidthCarrier()

    def match(self, raw: RawRequest) -> Operation | None:
        """The operation of a path."""
        return paths.match(raw)

    def credential(self, raw: RawRequest) -> Credential | None:
        """The account of the path with the password of HTTP Basic, or None."""
        return credentials.credential(raw)

    def parse(self, raw: RawRequest, operation: Operation) -> OutboundRequest:
        """The message, call or code with its one meaning; raises AmbiguousRequest otherwise."""
        return _READERS[operation.name](raw, operation)

    def swap(self, raw: RawRequest, credential: Credential) -> RawRequest:
        """The same request under another password; every other byte stays."""
        return credentials.swap(raw, credential)

    def refuse(self, refusal: Refusal) -> Reply:
        """The refusal in the shape of the API that was asked."""
        return refusals.refuse(refusal)

    def inbound(self, raw: RawRequest) -> InboundOperation:
        """A webhook names no account; raises AmbiguousRequest for one that cannot be read."""
        return inbound.inbound(raw)

    def verify(self, raw: RawRequest, url: str, secret: str, now: datetime) -> bool:
        """Whether the webhook has the user and password agreed; no time is signed."""
        return basic_webhook.verify(raw, secret)

    def events(self, raw: RawRequest) -> tuple[InboundEvent, ...]:
        """What people wrote, and what became of messages."""
        return inbound.events(raw)

    def resign(self, raw: RawRequest, url: str, secret: str) -> RawRequest:
        """The same webhook with another URL's user and password."""
        return basic_webhook.resign(raw, url, secret)
