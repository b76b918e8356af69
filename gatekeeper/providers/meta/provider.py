"""Which functions make up Meta, as one provider of the contract?"""

from __future__ import annotations

from datetime import datetime

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.providers.contract import (
    Carrier,
    Credential,
    Greeting,
    Operation,
    RawRequest,
    Refusal,
    Reply,
)
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.meta import credential as credentials
from gatekeeper.providers.meta import inbound, paths, signature
from gatekeeper.providers.meta import refuse as refusals
from gatekeeper.providers.meta.attach import ATTACH
from gatekeeper.providers.meta.carrier import MetaCarrier
from gatekeeper.providers.meta.messenger import parse_messenger
from gatekeeper.providers.meta.whatsapp import PRODUCT, parse_whatsapp
from gatekeeper.providers.plain import Plain
from gatekeeper.providers.webhook import InboundEvent, InboundOperation


class Meta(Plain):
    """Graph's messages edge: WhatsApp's Cloud API and Messenger."""

    name = "meta"
    services = paths.SERVICES
    attach = ATTACH
    deadline_s: float | None = 4.0
    """pywa waits 5 seconds (httpx's own limit)."""
    carrier: Carrier | None = MetaCarrier()

    def match(self, raw: RawRequest) -> Operation | None:
        """The operation; what is not listed passes only if it reads."""
        return paths.match(raw)

    def credential(self, raw: RawRequest) -> Credential | None:
        """The access token, or None."""
        return credentials.credential(raw)

    def parse(self, raw: RawRequest, operation: Operation) -> OutboundRequest:
        """The message with its one meaning; raises AmbiguousRequest otherwise."""
        body = read_object(raw)
        whatsapp = PRODUCT in body or paths.only_whatsapp(raw.path)
        return (parse_whatsapp if whatsapp else parse_messenger)(raw, operation, body)

    def swap(self, raw: RawRequest, credential: Credential) -> RawRequest:
        """The same request under another token; every other byte stays."""
        return credentials.swap(raw, credential)

    def refuse(self, refusal: Refusal) -> Reply:
        """The refusal in Graph's own error shape."""
        return refusals.refuse(refusal)

    def greeting(self, raw: RawRequest) -> Greeting | None:
        """Meta's question whether a webhook's address is ours."""
        return inbound.greeting(raw)

    def inbound(self, raw: RawRequest) -> InboundOperation:
        """Whose webhook it is: Meta names no account of an application."""
        return inbound.inbound(raw)

    def verify(self, raw: RawRequest, url: str, secret: str, now: datetime) -> bool:
        """Whether Meta's signature of the body holds; neither URL nor time is part of it."""
        return signature.verify(raw, secret)

    def events(self, raw: RawRequest) -> tuple[InboundEvent, ...]:
        """What the webhook says of each person."""
        return inbound.events(raw)

    def resign(self, raw: RawRequest, url: str, secret: str) -> RawRequest:
        """The same webhook, signed under another secret."""
        return signature.resign(raw, url, secret)
