"""What is a sender called, and of what kind is it, from its address alone?"""

from __future__ import annotations

import re

from gatekeeper.domain.words import Channel, SenderKind
from gatekeeper.errors import InputRejected
from gatekeeper.numbering.senders import sender_kind

_KINDS = {
    Channel.WHATSAPP: SenderKind.WABA,
    Channel.MESSENGER: SenderKind.PAGE,
    Channel.RCS: SenderKind.PAGE,
}
_SERVICE = re.compile(
    r"(?:MG|VA|IS)[0-9a-fA-F]{32}"
    r"|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
    r"|[0-7][0-9A-HJKMNP-TV-Z]{25}"
)
"""A provider's service that sends by itself: Twilio's, or one that is named by UUID or ULID."""


def named(address: str) -> tuple[SenderKind, str]:
    """Kind and canonical id of `+1 312 200 0100`, `22345`, `ACME`, `whatsapp:NUMBER`, `MG...`.

    InputRejected for what is none of these.
    """
    prefix, colon, rest = address.partition(":")
    if colon and prefix in _KINDS:
        return _KINDS[Channel(prefix)], f"{prefix}:{sender_kind(rest)[1]}"
    if _SERVICE.fullmatch(address):
        return SenderKind.SERVICE, address
    kind, canonical = sender_kind(address)
    if kind is SenderKind.UNKNOWN:
        raise InputRejected(
            "that is no sender: give a number in E.164, a short code, a name of up to 11 "
            "characters, a service id (MG..., VA..., a UUID), or whatsapp:NUMBER"
        )
    return kind, canonical
