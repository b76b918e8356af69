"""Which functions make up Twilio, as one provider of the contract?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from gatekeeper.domain.match import Span
from gatekeeper.domain.message import OutboundRequest
from gatekeeper.providers.contract import (
    Carrier,
    Credential,
    Greeting,
    Login,
    Lookup,
    Operation,
    RawRequest,
    Refusal,
    Reply,
)
from gatekeeper.providers.twilio import credential as credentials
from gatekeeper.providers.twilio import drop as drops
from gatekeeper.providers.twilio import (
    inbound,
    inbound_answer,
    inbound_codes,
    inbound_pull,
    inbound_signature,
    paths,
)
from gatekeeper.providers.twilio import redact as redactions
from gatekeeper.providers.twilio import refuse as refusals
from gatekeeper.providers.twilio.attach import ATTACH
from gatekeeper.providers.twilio.calls import parse_call
from gatekeeper.providers.twilio.carrier import TwilioCarrier
from gatekeeper.providers.twilio.conversations import parse_conversation
from gatekeeper.providers.twilio.live_calls import parse_live_call, parse_user_message
from gatekeeper.providers.twilio.lookup import (
    CONVERSATION,
    LIVE_CALL,
    USER_MESSAGE,
    TwilioLookup,
)
from gatekeeper.providers.twilio.messages import parse_message
from gatekeeper.providers.twilio.notify import parse_notification
from gatekeeper.providers.twilio.participants import parse_participant
from gatekeeper.providers.twilio.studio import parse_execution
from gatekeeper.providers.twilio.verify import parse_verification
from gatekeeper.providers.webhook import InboundEvent, InboundOperation, Meaning, OptOutPage

_PARSERS: Mapping[str, Callable[[RawRequest, Operation], OutboundRequest]] = {
    "message": parse_message,
    "call": parse_call,
    "participant": parse_participant,
    LIVE_CALL: parse_live_call,
    USER_MESSAGE: parse_user_message,
    CONVERSATION: parse_conversation,
    "verification": parse_verification,
    "execution": parse_execution,
    "notification": parse_notification,
}
"""What each operation that `paths` has decided upon is read by."""


class Twilio:
    """Twilio's REST APIs: messages, calls, conferences, and the products on hosts of their own."""

    name = "twilio"
    services = paths.SERVICES
    attach = ATTACH
    deadline_s: float | None = None
    login: Login | None = None
    lookup: Lookup | None = TwilioLookup()
    carrier: Carrier | None = TwilioCarrier()

    def match(self, raw: RawRequest) -> Operation | None:
        """The operation, or None if no reading of the path is Twilio's."""
        return paths.match(raw)

    def credential(self, raw: RawRequest) -> Credential | None:
        """The account of the path with the secret of HTTP Basic, or None."""
        return credentials.credential(raw)

    def parse(self, raw: RawRequest, operation: Operation) -> OutboundRequest:
        """The message or call with its one meaning; raises AmbiguousRequest otherwise."""
        return _PARSERS[operation.name](raw, operation)

    def swap(self, raw: RawRequest, credential: Credential) -> RawRequest:
        """The same request under another credential; every other byte stays."""
        return credentials.swap(raw, credential)

    def redact(self, raw: RawRequest, spans: Sequence[Span]) -> RawRequest | None:
        """The same message with these spans masked; None where they lie in no plain text."""
        return redactions.redact(raw, spans)

    def drop(
        self, raw: RawRequest, operation: Operation, indexes: Sequence[int]
    ) -> RawRequest | None:
        """The same notification without these of its bindings; None for any other operation."""
        return drops.drop(raw, operation, indexes)

    def unrecorded(self, raw: RawRequest, operation: Operation) -> RawRequest | None:
        """The same call without a recording; None where its TwiML records."""
        return drops.unrecorded(raw, operation)

    def refuse(self, refusal: Refusal) -> Reply:
        """The refusal in Twilio's own error shape."""
        return refusals.refuse(refusal)

    def greeting(self, raw: RawRequest) -> Greeting | None:
        """None: Twilio sends webhooks without asking first."""
        return None

    def inbound(self, raw: RawRequest) -> InboundOperation:
        """The account that a webhook names; raises AmbiguousRequest for none or several."""
        return inbound.inbound(raw)

    def verify(self, raw: RawRequest, url: str, secret: str, now: datetime) -> bool:
        """Whether X-Twilio-Signature holds; Twilio signs no time, so `now` is not asked."""
        return inbound_signature.verify(raw, url, secret)

    def events(self, raw: RawRequest) -> tuple[InboundEvent, ...]:
        """The messages that came in, and the states of those that went out."""
        return inbound.events(raw)

    def resign(self, raw: RawRequest, url: str, secret: str) -> RawRequest:
        """The same webhook, signed for another URL as Twilio would."""
        return inbound_signature.resign(raw, url, secret)

    def reply(self, texts: Sequence[str] = ()) -> Reply:
        """TwiML that sends these texts to who wrote."""
        return inbound_answer.reply(texts)

    def answers(self, reply: Reply, event: InboundEvent) -> tuple[OutboundRequest, ...]:
        """The messages of an app's TwiML; raises AmbiguousRequest if it does anything else."""
        return inbound_answer.answers(reply, event)

    def told(self, reply: Reply) -> Meaning:
        """What the answer to a send says of the recipient's will."""
        return inbound_codes.told(reply)

    def opt_outs(self, account: str, since: datetime, page: str | None = None) -> RawRequest:
        """The request for a page of the account's messages, which tell who opted out."""
        return inbound_pull.opt_outs(account, since, page)

    def read_opt_outs(self, reply: Reply) -> OptOutPage:
        """The messages of a page that were refused because their recipient had opted out."""
        return inbound_pull.read_opt_outs(reply)
