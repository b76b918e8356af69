"""Which functions make up IntelePeer, as one provider of the contract?"""

from __future__ import annotations

from datetime import datetime

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.providers.contract import (
    Carrier,
    Credential,
    Login,
    Operation,
    RawRequest,
    Refusal,
    Reply,
)
from gatekeeper.providers.intelepeer import credential as credentials
from gatekeeper.providers.intelepeer import inbound, paths
from gatekeeper.providers.intelepeer import refuse as refusals
from gatekeeper.providers.intelepeer.attach import ATTACH
from gatekeeper.providers.intelepeer.carrier import IntelePeerCarrier
from gatekeeper.providers.intelepeer.flows import parse_flow
from gatekeeper.providers.intelepeer.messages import parse_message
from gatekeeper.providers.plain import Plain
from gatekeeper.providers.webhook import InboundEvent, InboundOperation


class IntelePeer(Plain):
    """IntelePeer's Atmosphere API of version 4, and older spellings of its send."""

    name = "intelepeer"
    services = paths.SERVICES
    attach = ATTACH
    login: Login | None = credentials.Authenticate()
    carrier: Carrier | None = IntelePeerCarrier()

    def match(self, raw: RawRequest) -> Operation | None:
        """The operation of a path."""
        return paths.match(raw)

    def credential(self, raw: RawRequest) -> Credential | None:
        """The user and password of a log-in, or the token of any other request."""
        return credentials.credential(raw)

    def parse(self, raw: RawRequest, operation: Operation) -> OutboundRequest:
        """The message or flow with its one meaning; raises AmbiguousRequest otherwise."""
        read = parse_flow if operation.name == "flow" else parse_message
        return read(raw, operation)

    def swap(self, raw: RawRequest, credential: Credential) -> RawRequest:
        """The same request under another token; every other byte stays."""
        return credentials.swap(raw, credential)

    def refuse(self, refusal: Refusal) -> Reply:
        """The refusal in IntelePeer's own error shape."""
        return refusals.refuse(refusal)

    def inbound(self, raw: RawRequest) -> InboundOperation:
        """A webhook names no account; raises AmbiguousRequest for one that cannot be read."""
        return inbound.inbound(raw)

    def verify(self, raw: RawRequest, url: str, secret: str, now: datetime) -> bool:
        """Whether the webhook has the agreed code; it has no time to look at."""
        return inbound.verify(raw, secret)

    def events(self, raw: RawRequest) -> tuple[InboundEvent, ...]:
        """The message that came in."""
        return inbound.events(raw)

    def resign(self, raw: RawRequest, url: str, secret: str) -> RawRequest:
        """The same webhook with another code."""
        return inbound.resign(raw, url, secret)
