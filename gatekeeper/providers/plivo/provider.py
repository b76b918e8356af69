"""Which functions make up Plivo, as one provider of the contract?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.providers.contract import (
    Carrier,
    Credential,
    Lookup,
    Operation,
    RawRequest,
    Refusal,
    Reply,
)
from gatekeeper.providers.json_edit import with_text
from gatekeeper.providers.plain import Plain
from gatekeeper.providers.plivo import credential as credentials
from gatekeeper.providers.plivo import inbound, inbound_answer, paths, signature
from gatekeeper.providers.plivo import refuse as refusals
from gatekeeper.providers.plivo.attach import ATTACH
from gatekeeper.providers.plivo.calls import parse_call, parse_participant
from gatekeeper.providers.plivo.carrier import PlivoCarrier
from gatekeeper.providers.plivo.fields import DIVIDES
from gatekeeper.providers.plivo.live_calls import PlivoLookup, parse_live
from gatekeeper.providers.plivo.messages import parse_message
from gatekeeper.providers.plivo.verifications import parse_verification
from gatekeeper.providers.webhook import InboundEvent, InboundOperation

_PARSERS = {
    "message": parse_message,
    "call": parse_call,
    "participant": parse_participant,
    "verification": parse_verification,
}
_LISTS = {"message": "dst", "call": "to"}
"""Where an operation has its list of recipients, each of whom gets a message or call alone."""


class Plivo(Plain):
    """Plivo's API v1: Message, Call, MultiPartyCall and Verify."""

    name = "plivo"
    services = paths.SERVICES
    attach = ATTACH
    deadline_s: float | None = 3.8
    """With a quarter of it for a lookup, less than the five seconds that the SDK waits."""
    lookup: Lookup | None = PlivoLookup()
    carrier: Carrier | None = PlivoCarrier()

    def match(self, raw: RawRequest) -> Operation | None:
        """The operation; what is not listed passes only if it reads."""
        return paths.match(raw)

    def credential(self, raw: RawRequest) -> Credential | None:
        """The account and token of HTTP Basic, or None."""
        return credentials.credential(raw)

    def parse(self, raw: RawRequest, operation: Operation) -> OutboundRequest:
        """The message, call or command with its one meaning; else AmbiguousRequest."""
        return _PARSERS.get(operation.name, parse_live)(raw, operation)

    def swap(self, raw: RawRequest, credential: Credential) -> RawRequest:
        """The same request under another credential; every other byte stays."""
        return credentials.swap(raw, credential)

    def drop(
        self, raw: RawRequest, operation: Operation, indexes: Sequence[int]
    ) -> RawRequest | None:
        """The request without these of the recipients in its one string; the others in order."""
        name = _LISTS.get(operation.name)
        if name is None:
            return None
        named = self.parse(raw, operation).recipients
        kept = [each.value for n, each in enumerate(named) if n not in indexes]
        body = with_text(raw.body.decode(), (name,), DIVIDES.join(kept)).encode()
        return RawRequest(raw.method, raw.target, raw.headers, body, raw.service)

    def refuse(self, refusal: Refusal) -> Reply:
        """The refusal in Plivo's own error shape."""
        return refusals.refuse(refusal)

    def inbound(self, raw: RawRequest) -> InboundOperation:
        """Whose webhook it is: Plivo names no account."""
        return inbound.inbound(raw)

    def verify(self, raw: RawRequest, url: str, secret: str, now: datetime) -> bool:
        """Whether Plivo's signature holds; it signs no time, so `now` is not asked."""
        return signature.verify(raw, url, secret)

    def events(self, raw: RawRequest) -> tuple[InboundEvent, ...]:
        """The message that came in, or the state of one that went out."""
        return inbound.events(raw)

    def reply(self, texts: Sequence[str] = ()) -> Reply:
        """An empty answer: a text in one would have to name both its ends."""
        return inbound_answer.NOTHING

    def answers(self, reply: Reply, event: InboundEvent) -> tuple[OutboundRequest, ...]:
        """The messages of an app's XML; raises AmbiguousRequest if it does anything else."""
        return inbound_answer.answers(reply)

    def resign(self, raw: RawRequest, url: str, secret: str) -> RawRequest:
        """The same webhook, signed for another URL as Plivo would."""
        return signature.resign(raw, url, secret)
