"""Which functions make up Infobip, as one provider of the contract?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.providers import basic_webhook
from gatekeeper.providers.contract import (
    Carrier,
    Credential,
    Operation,
    RawRequest,
    Refusal,
    Reply,
)
from gatekeeper.providers.drop import without_recipients
from gatekeeper.providers.infobip import credential as credentials
from gatekeeper.providers.infobip import inbound, paths
from gatekeeper.providers.infobip import refuse as refusals
from gatekeeper.providers.infobip.attach import ATTACH
from gatekeeper.providers.infobip.carrier import InfobipCarrier
from gatekeeper.providers.infobip.messages import parse_messages
from gatekeeper.providers.infobip.sms import parse_single, parse_sms
from gatekeeper.providers.infobip.voice import parse_code, parse_voice
from gatekeeper.providers.infobip.whatsapp import parse_templates, parse_whatsapp
from gatekeeper.providers.plain import Plain
from gatekeeper.providers.webhook import InboundEvent, InboundOperation

_READERS = {
    "sms": parse_sms,
    "sms_advanced": parse_sms,
    "sms_single": parse_single,
    "messages": parse_messages,
    "voice_single": parse_voice,
    "voice_multi": parse_voice,
    "voice_advanced": parse_voice,
    "code": parse_code,
    "code_call": parse_code,
    "whatsapp_template": parse_templates,
}


class Infobip(Plain):
    """Infobip's APIs for SMS, messages of several channels, voice and one-time codes."""

    name = "infobip"
    services = paths.SERVICES
    attach = ATTACH
    carrier: Carrier | None = InfobipCarrier()

    def match(self, raw: RawRequest) -> Operation | None:
        """The operation of a path."""
        return paths.match(raw)

    def credential(self, raw: RawRequest) -> Credential | None:
        """The API key, or the password of a user; None if there is no one such."""
        return credentials.credential(raw)

    def parse(self, raw: RawRequest, operation: Operation) -> OutboundRequest:
        """The messages with their one meaning; raises AmbiguousRequest otherwise."""
        return _READERS.get(operation.name, parse_whatsapp)(raw, operation)

    def swap(self, raw: RawRequest, credential: Credential) -> RawRequest:
        """The same request under another key; every other byte stays."""
        return credentials.swap(raw, credential)

    def drop(
        self, raw: RawRequest, operation: Operation, indexes: Sequence[int]
    ) -> RawRequest | None:
        """The same request without these destinations; None where it has no list of them."""
        return without_recipients(raw, self.parse(raw, operation), indexes)

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
