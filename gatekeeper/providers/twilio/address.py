"""Who is meant by an address as Twilio writes it, and on which channel?"""

from __future__ import annotations

import re

from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest

_PREFIXES = {
    "whatsapp": Channel.WHATSAPP,
    "messenger": Channel.MESSENGER,
    "rcs": Channel.RCS,
}
"""Twilio tells channels apart by the prefix of the address; without one it is SMS or MMS."""

_SHORT_CODE = re.compile(r"[0-9]{3,8}")
_SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")
_LETTER = re.compile(r"[A-Za-z]")


def channel_of(address: str, path: str) -> tuple[Channel, str]:
    """The channel that a prefix names (SMS without one) and the address without the prefix.

    Raises AmbiguousRequest for a prefix that is not exactly one of Twilio's.
    """
    prefix, colon, rest = address.partition(":")
    if not colon or prefix == "tel":
        return Channel.SMS, address
    channel = _PREFIXES.get(prefix)
    if channel is None or not rest:
        raise AmbiguousRequest(f"{path} has a channel prefix that the gate does not know.")
    return channel, rest


def message_recipient(channel: Channel, value: str) -> Address:
    """The recipient of a message; whether a number can be dialled is for `numbering` to say."""
    kind = AddressKind.PSID if channel is Channel.MESSENGER else AddressKind.PHONE
    return Address(kind, value, "To")


def message_sender(channel: Channel, value: str) -> Address:
    """The sender of a message, by the form of its address."""
    return Address(_sender_kind(channel, value), value, "From")


def _sender_kind(channel: Channel, value: str) -> AddressKind:
    if value.startswith("+") and channel is not Channel.MESSENGER:
        return AddressKind.PHONE
    if channel is Channel.MESSENGER:
        return AddressKind.PAGE
    if channel is Channel.RCS:
        return AddressKind.UNKNOWN
    if _SERVICE.fullmatch(value):
        return AddressKind.SERVICE
    if _SHORT_CODE.fullmatch(value):
        return AddressKind.SHORT_CODE
    if _LETTER.search(value) and not value.startswith("tel:"):
        return AddressKind.ALPHANUMERIC
    return AddressKind.PHONE


def service(sid: str) -> Address:
    """A messaging service that picks the sender itself."""
    if not _SERVICE.fullmatch(sid):
        raise AmbiguousRequest("MessagingServiceSid is not a messaging service id (MG...).")
    return Address(AddressKind.SERVICE, sid, "MessagingServiceSid")


_CALL_PREFIXES = {
    "sip": AddressKind.SIP,
    "sips": AddressKind.SIP,
    "client": AddressKind.CLIENT,
    "whatsapp": AddressKind.PHONE,
    "tel": AddressKind.PHONE,
}


def call_party(value: str, path: str) -> Address:
    """One end of a call: a phone number, `sip:`, `client:` or a WhatsApp number.

    Raises AmbiguousRequest for any other prefix (`app:` would run an application unseen).
    """
    value = value.strip()
    prefix, colon, rest = value.partition(":")
    if not colon:
        return Address(AddressKind.PHONE, value, path)
    kind = _CALL_PREFIXES.get(prefix)
    if kind is None or not rest:
        raise AmbiguousRequest(f"{path} has an address prefix that the gate does not know.")
    return Address(kind, rest if prefix == "whatsapp" else value, path)
