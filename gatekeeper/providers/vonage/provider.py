"""Which functions make up Vonage, as one provider of the contract?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gatekeeper.domain.match import Span
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
from gatekeeper.providers.vonage import credential as credentials
from gatekeeper.providers.vonage import inbound, inbound_codes, paths, signature, sms_body
from gatekeeper.providers.vonage import refuse as refusals
from gatekeeper.providers.vonage.attach import ATTACH
from gatekeeper.providers.vonage.calls import parse_call
from gatekeeper.providers.vonage.carrier import VonageCarrier
from gatekeeper.providers.vonage.messages import parse_message
from gatekeeper.providers.vonage.sms import parse_sms
from gatekeeper.providers.vonage.verifications import parse_verification
from gatekeeper.providers.webhook import InboundEvent, InboundOperation, Meaning

_PARSERS = {"call": parse_call, "sms": parse_sms, "verify": parse_verification}


class Vonage(Plain):
    """Vonage's Messages, SMS, Voice and Verify APIs."""

    name = "vonage"
    services = paths.SERVICES
    attach = ATTACH
    carrier: Carrier | None = VonageCarrier()

    def match(self, raw: RawRequest) -> Operation | None:
        """The operation; what is not listed passes only if it reads."""
        return paths.match(raw)

    def credential(self, raw: RawRequest) -> Credential | None:
        """Key and secret, or the application that a token names."""
        return credentials.credential(raw)

    def parse(self, raw: RawRequest, operation: Operation) -> OutboundRequest:
        """The message, SMS or call with its one meaning; raises AmbiguousRequest otherwise."""
        return _PARSERS.get(operation.name, parse_message)(raw, operation)

    def swap(self, raw: RawRequest, credential: Credential) -> RawRequest:
        """The same request under another key and secret; every other byte stays."""
        return credentials.swap(raw, credential)

    def redact(self, raw: RawRequest, spans: Sequence[Span]) -> RawRequest | None:
        """The same texts with these spans masked; None where they lie in none."""
        return sms_body.redacted(raw, spans)

    def refuse(self, refusal: Refusal) -> Reply:
        """The refusal in the shape of the API that was asked."""
        return refusals.refuse(refusal)

    def inbound(self, raw: RawRequest) -> InboundOperation:
        """The account that a webhook names, if it does."""
        return inbound.inbound(raw)

    def verify(self, raw: RawRequest, url: str, secret: str, now: datetime) -> bool:
        """Whether the webhook's token or `sig` holds and is not old; the URL is not signed."""
        return signature.verify(raw, secret, now)

    def events(self, raw: RawRequest) -> tuple[InboundEvent, ...]:
        """The message that came in, or what became of one that went out."""
        return inbound.events(raw)

    def resign(self, raw: RawRequest, url: str, secret: str) -> RawRequest:
        """The same webhook under another secret."""
        return signature.resign(raw, url, secret)

    def told(self, reply: Reply) -> Meaning:
        """What the answer to a send says of the recipient's will."""
        return inbound_codes.told(reply)
