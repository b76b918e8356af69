"""What does a MessageBird webhook tell? What people wrote, and what became of messages.

An SMS comes as fields of the query, of a form or of JSON; a status report as fields of the query;
a conversation's message as JSON with a type (developers.messagebird.com/api). No account is named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.form_body import FORM_TYPE, read_form
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.messagebird.codes import OPTED_OUT
from gatekeeper.providers.numbers import recipient_of, sender_of
from gatekeeper.providers.webhook import InboundEvent, InboundOperation, Meaning

MEANINGS: Mapping[str, Meaning] = {str(OPTED_OUT): Meaning.OPTED_OUT}
"""Error codes of a status report; all others say nothing of the person's will."""

_PLATFORMS = {
    "sms": Channel.SMS,
    "whatsapp": Channel.WHATSAPP,
    "facebook": Channel.MESSENGER,
    "messenger": Channel.MESSENGER,
}
_ID = re.compile(r"[A-Za-z0-9_-]{4,64}")
_CODE = re.compile(r"[0-9]{1,6}")


def inbound(raw: RawRequest) -> InboundOperation:
    """No account is named; raises AmbiguousRequest for what cannot be read."""
    if raw.method not in ("GET", "POST"):
        raise AmbiguousRequest("Have the provider call this address by GET or POST.", status=405)
    events(raw)
    return InboundOperation("", answered=False)


def events(raw: RawRequest) -> tuple[InboundEvent, ...]:
    """The message or state that it tells of; none for anything else."""
    said = _fields(raw)
    event = _conversation(said) if isinstance(said.get("message"), dict) else _flat(said)
    return (event,) if event is not None else ()


def _fields(raw: RawRequest) -> dict[str, Any]:
    """The fields of query and body; one that is given twice has no one meaning."""
    pairs: list[tuple[str, Any]] = list(
        parse_qsl(raw.target.partition("?")[2], keep_blank_values=True)
    )
    if raw.body:
        kind = (raw.header("Content-Type") or "").partition(";")[0].strip().lower()
        if kind == FORM_TYPE:
            pairs += [(name, value) for name, each in read_form(raw).items() for value in each]
        else:
            pairs += read_object(raw, any_type=True).items()
    found = dict(pairs)
    if len(found) != len(pairs):
        raise AmbiguousRequest("The webhook gives a parameter twice.")
    return found


def _flat(said: Mapping[str, Any]) -> InboundEvent | None:
    if said.get("status") and said.get("recipient"):
        return _reported(said) if said.get("originator") else None
    if said.get("originator"):
        return _came_in(said)
    return None


def _came_in(said: Mapping[str, Any]) -> InboundEvent:
    to = _text(said, "recipient", "receiver", "shortcode")
    return InboundEvent(
        id=_identity(said, "id", "message_id"),
        meaning=Meaning.MESSAGE,
        channel=Channel.SMS,
        person=recipient_of(_text(said, "originator"), "originator"),
        senders=(sender_of(to, "recipient"),),
        text=_text(said, "body", "message", "payload", need=False),
    )


def _reported(said: Mapping[str, Any]) -> InboundEvent:
    code = str(said.get("statusErrorCode") or "")
    code = code if _CODE.fullmatch(code) else ""
    return InboundEvent(
        id=_identity(said, "id"),
        meaning=MEANINGS.get(code, Meaning.OTHER),
        channel=Channel.SMS,
        person=recipient_of(_text(said, "recipient"), "recipient"),
        senders=(sender_of(_text(said, "originator"), "originator"),),
        code=code,
    )


def _conversation(said: Mapping[str, Any]) -> InboundEvent | None:
    message = said["message"]
    channel = _PLATFORMS.get(str(message.get("platform")))
    if channel is None or said.get("type") not in ("message.created", "message.updated"):
        return None
    wrote = message.get("direction") == "received"
    ours, theirs = ("to", "from") if wrote else ("from", "to")
    kind = AddressKind.PSID if channel is Channel.MESSENGER else AddressKind.PHONE
    senders = [Address(AddressKind.SERVICE, _text(message, "channelId"), "channelId")]
    if number := _text(message, ours, need=False):
        senders.append(sender_of(number, ours))
    return InboundEvent(
        id=_identity(message, "id"),
        meaning=Meaning.MESSAGE if wrote and said["type"] == "message.created" else Meaning.OTHER,
        channel=channel,
        person=recipient_of(_text(message, theirs), theirs, kind),
        senders=tuple(senders),
        text=_words(message) if wrote else "",
    )


def _words(message: Mapping[str, Any]) -> str:
    content = message.get("content")
    words = content.get("text") if isinstance(content, dict) else None
    return words if isinstance(words, str) else ""


def _identity(said: Mapping[str, Any], *names: str) -> str:
    named = _text(said, *names)
    if not _ID.fullmatch(named):
        raise AmbiguousRequest("The webhook names no message.")
    return named


def _text(said: Mapping[str, Any], *names: str, need: bool = True) -> str:
    """The first of these fields that is given; a number is its digits."""
    value = next((said[name] for name in names if said.get(name)), "")
    value = str(value) if type(value) is int else value
    if not isinstance(value, str) or (need and not value):
        raise AmbiguousRequest(f"The webhook has no {names[0]}.")
    return value
