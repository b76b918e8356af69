"""Which functions make up MessageBird, as one provider of the contract?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.providers.contract import (
    Carrier,
    Credential,
    Operation,
    RawRequest,
    Refusal,
    Reply,
)
from gatekeeper.providers.messagebird import credential as credentials
from gatekeeper.providers.messagebird import inbound, paths, recipients, signature
from gatekeeper.providers.messagebird import refuse as refusals
from gatekeeper.providers.messagebird.attach import ATTACH
from gatekeeper.providers.messagebird.calls import parse_call
from gatekeeper.providers.messagebird.carrier import MessageBirdCarrier
from gatekeeper.providers.messagebird.conversations import parse_conversation
from gatekeeper.providers.messagebird.messages import parse_message
from gatekeeper.providers.plain import Plain
from gatekeeper.providers.webhook import InboundEvent, InboundOperation

_READERS = {
    "call": parse_call,
    "conversation": parse_conversation,
    "conversation_send": parse_conversation,
}


class MessageBird(Plain):
    """MessageBird's classic REST API and its hosts for conversations and calls."""

    name = "messagebird"
    services = paths.SERVICES
    attach = ATTACH
    carrier: Carrier | None = MessageBirdCarrier()

    def match(self, raw: RawRequest) -> Operation | None:
        """The operation of a path."""
        return paths.match(raw)

    def credential(self, raw: RawRequest) -> Credential | None:
        """The access key, or None."""
        return credentials.credential(raw)

    def parse(self, raw: RawRequest, operation: Operation) -> OutboundRequest:
        """The message with its one meaning; raises AmbiguousRequest otherwise."""
        return _READERS.get(operation.name, parse_message)(raw, operation)

    def swap(self, raw: RawRequest, credential: Credential) -> RawRequest:
        """The same request under another key; every other byte stays."""
        return credentials.swap(raw, credential)

    def drop(
        self, raw: RawRequest, operation: Operation, indexes: Sequence[int]
    ) -> RawRequest | None:
        """The same request without these recipients; None if nobody would be left."""
        return recipients.drop(raw, self.parse(raw, operation), indexes)

    def refuse(self, refusal: Refusal) -> Reply:
        """The refusal in MessageBird's own error shape."""
        return refusals.refuse(refusal)

    def inbound(self, raw: RawRequest) -> InboundOperation:
        """A webhook names no account; raises AmbiguousRequest for one that cannot be read."""
        return inbound.inbound(raw)

    def verify(self, raw: RawRequest, url: str, secret: str, now: datetime) -> bool:
        """Whether MessageBird-Signature holds and is not old; the URL is not signed."""
        return signature.verify(raw, secret, now)

    def events(self, raw: RawRequest) -> tuple[InboundEvent, ...]:
        """What a person wrote, or what became of a message."""
        return inbound.events(raw)

    def resign(self, raw: RawRequest, url: str, secret: str) -> RawRequest:
        """The same webhook for another URL, under its own signing key."""
        return signature.resign(raw, url, secret)
