"""What is a sender called, and of what kind is it, from its address alone?"""

from __future__ import annotations

from gatekeeper.domain.words import Channel, SenderKind
from gatekeeper.errors import InputRejected
from gatekeeper.numbering.senders import sender_kind

_KINDS = {
    Channel.WHATSAPP: SenderKind.WABA,
    Channel.MESSENGER: SenderKind.PAGE,
    Channel.RCS: SenderKind.PAGE,
}
_SERVICE = "MG"


def named(address: str) -> tuple[SenderKind, str]:
    """Kind and canonical id of `+1 312 200 0100`, `22345`, `ACME`, `whatsapp:NUMBER`, `MG...`.

    InputRejected for what is none of these.
    """
    prefix, colon, rest = address.partition(":")
    if colon and prefix in _KINDS:
        return _KINDS[Channel(prefix)], f"{prefix}:{sender_kind(rest)[1]}"
    if address.startswith(_SERVICE):
        return SenderKind.SERVICE, address
    kind, canonical = sender_kind(address)
    if kind is SenderKind.UNKNOWN:
        raise InputRejected(
            "that is no sender: give a number in E.164, a short code, a name of up to 11 "
            "characters, a service id (MG...), or whatsapp:NUMBER"
        )
    return kind, canonical
