"""What did the app ask to send, to whom, with which words?"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct, field

from gatekeeper.domain.words import Channel, Role, Technology


class TextPart(Struct, frozen=True, gc=False):
    """One piece of text and the place in the request where it stands (`Body`, `Twiml/Say[1]`)."""

    path: str
    role: Role
    text: str


class AddressKind(StrEnum):
    """How an address is to be understood."""

    PHONE = "phone"
    SHORT_CODE = "short_code"
    ALPHANUMERIC = "alphanumeric"
    PAGE = "page"
    PSID = "psid"
    SERVICE = "service"
    SIP = "sip"
    CLIENT = "client"
    BSUID = "bsuid"
    """A person as a WhatsApp business knows it, without a number (Meta's business-scoped id)."""
    ACCOUNT = "account"
    """The sender that the application's account is, where the request only says `me`."""
    UNKNOWN = "unknown"


class Address(Struct, frozen=True, gc=False):
    """One end of a message as the request names it; `path` is its place in the request."""

    kind: AddressKind
    value: str
    path: str


class Opaque(Struct, frozen=True, gc=False):
    """A reference to content that the gate does not see (`twiml_url`, `content_sid`, ...)."""

    kind: str
    ref: str
    path: str


class Claim(Struct, frozen=True, gc=False):
    """Something the caller says of its own message: recorded, never permission."""

    name: str
    value: str


class OutboundRequest(Struct, frozen=True, gc=False):
    """A provider's request, read with one meaning; it becomes one message per recipient."""

    provider: str
    operation: str
    channel: Channel
    sender: Address
    recipients: tuple[Address, ...]
    parts: tuple[TextPart, ...] = ()
    media: tuple[str, ...] = ()
    opaque: tuple[Opaque, ...] = ()
    claims: tuple[Claim, ...] = ()
    campaign: str | None = None
    technology: Technology = Technology.UNKNOWN
    record: bool = False
    """Whether the call is to be recorded."""
    natural_key: str | None = None
    """The provider's own idempotency key, where it has one."""
    attempt: int | None = None
    """Which try this is, where the SDK counts them but sends no key: 0 is a message of its own, and
    any other repeats an equal one that came before."""
    extras: dict[str, str] = field(default_factory=dict)
    """Provider fields a channel rule needs (template category, message tag)."""
    send_at: datetime | None = None
    """When the provider is to send it, if not at once: it is judged for that instant."""
    also: tuple[OutboundRequest, ...] = ()
    """Further messages that the same HTTP request sends (a failover, a batch with texts of their
    own): each is judged by itself, and all leave or none."""
