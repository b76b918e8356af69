"""Which functions make up Sinch, as one provider of the contract?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gatekeeper.domain.match import Span
from gatekeeper.domain.message import OutboundRequest
from gatekeeper.providers.contract import (
    Carrier,
    Credential,
    Login,
    Lookup,
    Operation,
    RawRequest,
    Refusal,
    Reply,
)
from gatekeeper.providers.plain import Plain
from gatekeeper.providers.sinch import batches, inbound, paths, signature
from gatekeeper.providers.sinch import credential as credentials
from gatekeeper.providers.sinch import refuse as refusals
from gatekeeper.providers.sinch.attach import ATTACH
from gatekeeper.providers.sinch.carrier import SinchCarrier
from gatekeeper.providers.sinch.conversation import parse_conversation
from gatekeeper.providers.sinch.lookup import SinchLookup
from gatekeeper.providers.webhook import InboundEvent, InboundOperation

_CONVERSATION = "conversation"


class Sinch(Plain):
    """Sinch's SMS API (XMS) and its Conversation API."""

    name = "sinch"
    services = paths.SERVICES
    attach = ATTACH
    login: Login | None = credentials.ClientCredentials()
    lookup: Lookup | None = SinchLookup()
    carrier: Carrier | None = SinchCarrier()

    def match(self, raw: RawRequest) -> Operation | None:
        """The operation of a path."""
        return paths.match(raw)

    def credential(self, raw: RawRequest) -> Credential | None:
        """The plan or project with its token; of a log-in the key's secret alone."""
        return credentials.credential(raw)

    def parse(self, raw: RawRequest, operation: Operation) -> OutboundRequest:
        """The batch or message with its one meaning; raises AmbiguousRequest otherwise."""
        if operation.name == _CONVERSATION:
            return parse_conversation(raw, operation)
        return batches.parse_batch(raw, operation)

    def swap(self, raw: RawRequest, credential: Credential) -> RawRequest:
        """The same request under another token; every other byte stays."""
        return credentials.swap(raw, credential)

    def redact(self, raw: RawRequest, spans: Sequence[Span]) -> RawRequest | None:
        """The same texts with these spans masked; None where they are not written as such."""
        if paths.match(raw).name == _CONVERSATION:
            return super().redact(raw, spans)
        return batches.redact(raw, spans)

    def drop(
        self, raw: RawRequest, operation: Operation, indexes: Sequence[int]
    ) -> RawRequest | None:
        """The batch without these numbers; None for a message to one person."""
        return None if operation.name == _CONVERSATION else batches.drop(raw, indexes)

    def refuse(self, refusal: Refusal) -> Reply:
        """The refusal in the shape of the API that was asked."""
        return refusals.refuse(refusal)

    def inbound(self, raw: RawRequest) -> InboundOperation:
        """The project of a webhook, if it names one."""
        return inbound.inbound(raw)

    def verify(self, raw: RawRequest, url: str, secret: str, now: datetime) -> bool:
        """Whether x-sinch-webhook-signature holds and is not old; the URL is not signed."""
        return signature.verify(raw, secret, now)

    def events(self, raw: RawRequest) -> tuple[InboundEvent, ...]:
        """People's messages and opt-outs, and what became of what was sent."""
        return inbound.events(raw)

    def resign(self, raw: RawRequest, url: str, secret: str) -> RawRequest:
        """The same webhook under another secret."""
        return signature.resign(raw, url, secret)
