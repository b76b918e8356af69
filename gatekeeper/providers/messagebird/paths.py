"""What does a method and path mean to MessageBird?

The paths are those of its SDK (messagebird 2.2). Conversations and calls lie on hosts of their
own; their paths are told apart by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from gatekeeper.domain.words import Channel
from gatekeeper.providers.closed import OVERRIDES, not_here, overridden, refused, showing, unnamed
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Service

CONVERSATIONS, VOICE = "conversations", "voice"

SERVICES: tuple[Service, ...] = (
    Service("", ("rest.messagebird.com",)),
    Service(CONVERSATIONS, ("conversations.messagebird.com",)),
    Service(VOICE, ("voice.messagebird.com",)),
)


def _decided(name: str, channel: Channel = Channel.SMS, service: str = "") -> Operation:
    return Operation(name, Handling.DECIDE, channel, service=service)


_CALL = _decided("call", Channel.VOICE, VOICE)
_POSTED: Mapping[str, Operation] = {
    "/messages": _decided("message"),
    "/mms": _decided("mms", Channel.MMS),
    "/voicemessages": _decided("voice_message", Channel.VOICE),
    "/verify": _decided("verify"),
    "/v1/conversations/start": _decided("conversation", Channel.WHATSAPP, CONVERSATIONS),
    "/v1/send": _decided("conversation_send", Channel.WHATSAPP, CONVERSATIONS),
    "/calls": _CALL,
    "/calls/": _CALL,
}
"""By the whole target."""

_GONE = re.compile(r"/(?:messages|voicemessages|mms|verify)/[A-Za-z0-9-]{1,64}")
_REPLIED = re.compile(r"/v1/conversations/[^/]+/messages")


def match(raw: RawRequest) -> Operation:
    """The operation; only the exact spelling of a path has one that sends."""
    if overridden(raw):
        return refused(OVERRIDES)
    if "access_key" in raw.target.partition("?")[2].lower():
        return refused("Send the key in the Authorization header, not in the query.")
    known = _POSTED.get(raw.target)
    if known is not None and raw.method not in ("GET", "HEAD"):
        return known if raw.method == "POST" else not_here(raw)
    if raw.method == "DELETE" and _GONE.fullmatch(raw.target):
        return Operation("delete", Handling.PASS)
    if raw.method == "POST" and _REPLIED.fullmatch(raw.path):
        return refused(
            "A conversation's message goes to somebody whom this request does not name: "
            "start the conversation with its recipient, or use /v1/send."
        )
    return showing(raw) or unnamed(raw)
