"""What does a message at Bandwidth say, to whom and from whom?

Fields of the models MessageRequest and MultiChannelMessageRequest (bandwidth-sdk 23.3). Several
recipients share one thread. The bodies of a multi-channel message are tried in their order, so any
of them may be what the person gets: each is a message of its own here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.words import Channel, Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.bandwidth.rich import RBM
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.fields import e164, identifier
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.shape import (
    Found,
    Reader,
    by_word,
    each,
    maybe_none,
    media,
    members,
    one_or_each,
    read,
    reference,
    sender,
    setting,
    text,
)

_COMMON: Mapping[str, Reader] = {
    "tag": reference(),
    "priority": setting(),
    "expiration": setting(),
}

MESSAGE = members(
    {
        "applicationId": identifier(),
        "to": one_or_each(e164()),
        "from": sender(),
        "text": text(Role.BODY),
        "media": maybe_none(one_or_each(media())),
        **_COMMON,
    },
    need=("to", "from"),
)

_CONTENT: Mapping[str, tuple[Channel, Reader]] = {
    "RBM": (Channel.RCS, RBM),
    "SMS": (Channel.SMS, members({"text": text(Role.BODY)}, need=("text",))),
    "MMS": (
        Channel.MMS,
        members(
            {
                "text": text(Role.BODY),
                "media": maybe_none(each(members({"fileUrl": media()}, need=("fileUrl",)))),
            }
        ),
    ),
}


def _body(content: Reader) -> Reader:
    return members(
        {
            "from": sender(),
            "applicationId": identifier(),
            "channel": setting(),
            "content": content,
        },
        need=("from", "content"),
    )


BODY = by_word("channel", {name: _body(content) for name, (_, content) in _CONTENT.items()})
_MOST_BODIES = 4


def _unread(_value: Any, _path: str, _found: Found) -> None:
    """Read apart: each body is a message."""


SEVERAL = members({"to": e164(), "channelList": _unread, **_COMMON}, need=("to", "channelList"))


def parse_message(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The message with its one meaning; raises AmbiguousRequest otherwise."""
    found = read(MESSAGE, read_object(raw))
    together = len(found.recipients) > 1
    return _request(found, operation, Channel.MMS if found.media or together else Channel.SMS)


def parse_several(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The first body of a multi-channel message, and the others as further messages."""
    document = read_object(raw)
    shared = read(SEVERAL, document)
    bodies: list[OutboundRequest] = []

    def one(value: Any, path: str, _found: Found) -> None:
        found = Found(recipients=list(shared.recipients))
        BODY(value, path, found)
        bodies.append(_request(found, operation, _CONTENT[value["channel"]][0]))

    each(one, most=_MOST_BODIES)(document["channelList"], "channelList", Found())
    first, *others = bodies
    return replace(first, parts=(*first.parts, *shared.parts), also=tuple(others))


def _request(found: Found, operation: Operation, channel: Channel) -> OutboundRequest:
    if not found.media and not any(part.text for part in found.parts if part.role is Role.BODY):
        raise AmbiguousRequest("There is nothing to send: the field text or media is missing.")
    return OutboundRequest(
        provider="bandwidth",
        operation=operation.name,
        channel=channel,
        sender=found.senders[0],
        recipients=tuple(found.recipients),
        parts=tuple(found.parts),
        media=tuple(found.media),
    )
