"""Which functions make up Twilio, as one provider of the contract?"""

from __future__ import annotations

from collections.abc import Sequence

from gatekeeper.domain.match import Span
from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.words import Channel
from gatekeeper.providers.contract import Credential, Operation, RawRequest, Refusal, Reply
from gatekeeper.providers.twilio import credential as credentials
from gatekeeper.providers.twilio import paths
from gatekeeper.providers.twilio import redact as redactions
from gatekeeper.providers.twilio import refuse as refusals
from gatekeeper.providers.twilio.calls import parse_call
from gatekeeper.providers.twilio.messages import parse_message


class Twilio:
    """Twilio's REST API of 2010-04-01: Messages and Calls."""

    name = "twilio"

    def match(self, raw: RawRequest) -> Operation | None:
        """The operation, or None if no reading of the path is Twilio's."""
        return paths.match(raw)

    def credential(self, raw: RawRequest) -> Credential | None:
        """The account of the path with the secret of HTTP Basic, or None."""
        return credentials.credential(raw)

    def parse(self, raw: RawRequest, operation: Operation) -> OutboundRequest:
        """The message or call with its one meaning; raises AmbiguousRequest otherwise."""
        if operation.channel is Channel.VOICE:
            return parse_call(raw, operation)
        return parse_message(raw, operation)

    def swap(self, raw: RawRequest, credential: Credential) -> RawRequest:
        """The same request under another credential; every other byte stays."""
        return credentials.swap(raw, credential)

    def redact(self, raw: RawRequest, spans: Sequence[Span]) -> RawRequest | None:
        """The same message with these spans masked; None where they lie in no plain text."""
        return redactions.redact(raw, spans)

    def refuse(self, refusal: Refusal) -> Reply:
        """The refusal in Twilio's own error shape."""
        return refusals.refuse(refusal)
