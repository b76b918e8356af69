"""What does a Bandwidth webhook tell? What people wrote, and what became of messages.

A list of events, each about one message (dev.bandwidth.com/docs/messaging/webhooks). It names no
account and is not signed: Bandwidth logs in with the user and password that its application was
given for callbacks, so the address tells whose it is, and HTTP Basic that it is true.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.json_body import read_array
from gatekeeper.providers.numbers import sender_of
from gatekeeper.providers.webhook import InboundEvent, InboundOperation, Meaning

MOST = 200
"""Events of one webhook."""

MEANINGS: Mapping[str, Meaning] = {
    "4775": Meaning.OPTED_OUT,  # the carrier: this user has opted out of the sender
    "4482": Meaning.OPTED_OUT,  # Bandwidth's own list: this number gets no messages
    "4721": Meaning.REASSIGNED,  # the number was deactivated, and will be given to another
}
"""Codes of the error page; all others say nothing of the person's will."""

_WROTE = frozenset({"message-received", "suggestion-response"})
_STATES = frozenset(
    {"message-failed", "message-delivered", "message-sent", "message-sending", "message-read"}
)
_CHANNELS = {"SMS": Channel.SMS, "MMS": Channel.MMS, "RBM": Channel.RCS}
_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def inbound(raw: RawRequest) -> InboundOperation:
    """No account is named; raises AmbiguousRequest for what is no list of events."""
    if raw.method != "POST":
        raise AmbiguousRequest("Have the provider call this address by POST.", status=405)
    read_array(raw, most=MOST)
    return InboundOperation("", answered=False)


def events(raw: RawRequest) -> tuple[InboundEvent, ...]:
    """What people wrote and what became of messages; other events are left out."""
    told = (_event(each) for each in read_array(raw, most=MOST))
    return tuple(event for event in told if event is not None)


def _event(said: Any) -> InboundEvent | None:
    if not isinstance(said, dict):
        raise _unreadable()
    kind, message = said.get("type"), said.get("message")
    if kind not in _WROTE and kind not in _STATES:
        return None
    if not isinstance(message, dict):
        raise _unreadable()
    wrote = kind in _WROTE
    code = str(said.get("errorCode") or "")
    owner = _text(message, "owner") or _text(message, "from" if not wrote else "to")
    return InboundEvent(
        id=_identity(message),
        meaning=Meaning.MESSAGE if wrote else MEANINGS.get(code, Meaning.OTHER),
        channel=_channel(message),
        person=_person(message if wrote else said, "from" if wrote else "to"),
        senders=(sender_of(owner, "owner"),),
        text=_words(message) if wrote else "",
        code=code if code.isdecimal() else "",
    )


def _identity(message: Mapping[str, Any]) -> str:
    named = _text(message, "id")
    if not _ID.fullmatch(named):
        raise AmbiguousRequest("The webhook names no message.")
    return named


def _person(of: Mapping[str, Any], name: str) -> Address:
    number = _text(of, name)
    if not number:
        raise AmbiguousRequest(f"The webhook has no {name}.")
    return Address(AddressKind.PHONE, number, name)


def _channel(message: Mapping[str, Any]) -> Channel:
    named = _CHANNELS.get(_text(message, "channel"))
    return named or (Channel.MMS if message.get("media") else Channel.SMS)


def _words(message: Mapping[str, Any]) -> str:
    """What the person wrote, or the suggestion that was chosen in place of writing."""
    if written := _text(message, "text"):
        return written
    inner = message.get("content") or message.get("suggestionResponse")
    return _text(inner, "text") if isinstance(inner, dict) else ""


def _text(of: Mapping[str, Any], name: str) -> str:
    value = of.get(name) or ""
    if not isinstance(value, str):
        raise _unreadable()
    return value


def _unreadable() -> AmbiguousRequest:
    return AmbiguousRequest("The webhook is not one that the gate can read.")
