"""What does a command on a live call say? Whom it concerns, Plivo has to tell.

The call's own resource names both ends. What goes to its other leg reaches somebody whom nobody
names, so a command may be for the first leg alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest
from gatekeeper.domain.words import Role, Technology
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest, Reply
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.json_once import decoded
from gatekeeper.providers.numbers import sender_of
from gatekeeper.providers.plivo.fields import ANSWER, CALLBACK, digits, only, person
from gatekeeper.providers.plivo.messages import request_of
from gatekeeper.providers.plivo.paths import LIVE, ROOT
from gatekeeper.providers.shape import (
    Found,
    Reader,
    media,
    members,
    opaque,
    read,
    reference,
    refused,
    setting,
    string,
    text,
)

NOBODY = Address(AddressKind.UNKNOWN, "", "")
"""Stands for the sender until Plivo has told who it is."""

_CALL = re.compile(r"Call/[0-9a-zA-Z-]{1,64}/")
_NOT_READ = "Plivo's answer about this call cannot be read."
_OTHER_LEG = refused("would reach somebody whom Plivo does not name")

_WORD, _NOTE = setting(), reference()
_COMMON: Mapping[str, Reader] = {**CALLBACK, "call_uuid": _NOTE, "legs": only("aleg"),
                                 "loop": _WORD, "mix": _WORD}  # fmt: skip


def _files(value: Any, path: str, found: Found) -> None:
    """Addresses of recordings, divided by commas."""
    for place, url in enumerate(string(value, path).split(",")):
        media()(url, f"{path}/{place}", found)


_SHAPES: Mapping[str, Reader] = {
    "speak": members(
        {**_COMMON, "text": text(Role.TTS), "voice": _WORD, "language": _WORD, "type": _WORD},
        need=("text",),
    ),
    "play": members({**_COMMON, "urls": _files, "length": _WORD}, need=("urls",)),
    "digits": members(
        {**CALLBACK, "call_uuid": _NOTE, "digits": digits(), "leg": only("aleg")},
        need=("digits",),
    ),
    "record": members(
        {
            **CALLBACK,
            "call_uuid": _NOTE,
            "time_limit": _WORD,
            "file_format": _WORD,
            "record_channel_type": _WORD,
            "transcription_type": _WORD,
            "transcription_url": _NOTE,
            "transcription_method": _WORD,
        }
    ),
    "transfer": members(
        {
            **CALLBACK,
            "call_uuid": _NOTE,
            "legs": only("aleg"),
            "aleg_url": opaque(ANSWER),
            "aleg_method": _WORD,
            "bleg_url": _OTHER_LEG,
            "bleg_method": _WORD,
        },
        need=("aleg_url",),
    ),
}
_TECHNOLOGIES = {"speak": Technology.ARTIFICIAL, "play": Technology.PRERECORDED}


def parse_live(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The command with its one meaning; its people are told by the lookup."""
    found = read(_SHAPES[operation.name], read_object(raw))
    return replace(
        request_of(found, operation, operation.channel, NOBODY),
        technology=_TECHNOLOGIES.get(operation.name, Technology.UNKNOWN),
        record=operation.name == "record",
    )


class PlivoLookup:
    """The read by which Plivo tells whom a live call concerns."""

    def question(self, raw: RawRequest, operation: Operation) -> RawRequest | None:
        """The live call; None for any other operation."""
        root = ROOT.match(raw.target)
        call = _CALL.match(raw.target, root.end()) if root else None
        if operation.name not in LIVE or call is None:
            return None
        kept = [pair for pair in raw.headers if pair[0].lower() == "authorization"]
        headers = (("Accept", "application/json"), *kept)
        return RawRequest("GET", f"{raw.target[: call.end()]}?status=live", headers, b"")

    def answered(self, request: OutboundRequest, reply: Reply) -> OutboundRequest:
        """The command with its sender and who hears it."""
        told = _object(reply)
        ends = [told.get("from"), told.get("to")]
        order = _ORDER.get(str(told.get("direction")))
        if order is None or not all(isinstance(each, str) and each for each in ends):
            raise AmbiguousRequest(_NOT_READ)
        own, other = order(ends)
        return replace(request, sender=sender_of(own, "from"), recipients=(person(other, "to"),))


def _object(reply: Reply) -> dict[str, Any]:
    try:
        told = decoded(reply.body.decode())
    except ValueError:
        raise AmbiguousRequest(_NOT_READ) from None
    if not isinstance(told, dict):
        raise AmbiguousRequest(_NOT_READ)
    return told


_ORDER: Mapping[str, Callable[[list[Any]], tuple[str, str]]] = {
    "outbound": lambda ends: (ends[0], ends[1]),
    "inbound": lambda ends: (ends[1], ends[0]),
}
"""Which end is ours and which hears the first leg, by the call's direction."""
