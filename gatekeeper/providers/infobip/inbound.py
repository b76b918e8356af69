"""What does an Infobip webhook tell? What people wrote, and what became of messages.

    {"results": [{"messageId": "...", "from": "...", "to": "...", "text": "...", ...}, ...]}

From "Receive inbound SMS messages" (MO_JSON_2) and "Receive outbound SMS message report", and
their like of the Messages API. It names no account; the subscription's security settings say under
which user and password it comes (BASIC), and that is what the gate takes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gatekeeper.domain.message import AddressKind
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.numbers import recipient_of, sender_of
from gatekeeper.providers.webhook import InboundEvent, InboundOperation, Meaning

MOST = 1000
"""Results of one webhook."""

MEANINGS: Mapping[str, Meaning] = {
    "REJECTED_DND": Meaning.OPTED_OUT,  # 10: the user does not want such messages
    "EC_DEST_ADDRESS_BLACKLISTED": Meaning.OPTED_OUT,  # on the block list, where opt-outs go
}
"""Names of statuses and errors; all others say nothing of the person's will."""

_CHANNELS = {
    "SMS": Channel.SMS,
    "MMS": Channel.MMS,
    "WHATSAPP": Channel.WHATSAPP,
    "RCS": Channel.RCS,
    "MESSENGER": Channel.MESSENGER,
}
_FINE = "NO_ERROR"
_ID = re.compile(r"[!-~]{1,100}")
_NAME = re.compile(r"[A-Z_]{1,64}")


def inbound(raw: RawRequest) -> InboundOperation:
    """No account is named; raises AmbiguousRequest for what has no list of results."""
    if raw.method != "POST":
        raise AmbiguousRequest("Have the provider call this address by POST.", status=405)
    _results(raw)
    return InboundOperation("", answered=False)


def events(raw: RawRequest) -> tuple[InboundEvent, ...]:
    """What people wrote and what became of messages; results that are neither are left out."""
    told = (_event(each) for each in _results(raw))
    return tuple(event for event in told if event is not None)


def _results(raw: RawRequest) -> list[Mapping[str, Any]]:
    found = read_object(raw, any_type=True).get("results")
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise _unreadable()
    if len(found) > MOST:
        raise AmbiguousRequest(f"The webhook has more than {MOST} results.", status=413)
    return found


def _event(said: Mapping[str, Any]) -> InboundEvent | None:
    if isinstance(said.get("status"), dict):
        return _went_out(said)
    if "from" not in said and "sender" not in said:
        return None
    return _came_in(said)


def _came_in(said: Mapping[str, Any]) -> InboundEvent:
    channel = _channel(said)
    return InboundEvent(
        id=_identity(said),
        meaning=Meaning.MESSAGE,
        channel=channel,
        person=recipient_of(_text(said, "from", "sender"), "from", _kind(channel)),
        senders=(sender_of(_text(said, "to", "destination"), "to"),),
        text=_words(said),
    )


def _went_out(said: Mapping[str, Any]) -> InboundEvent | None:
    sender = said.get("sender") or said.get("from")
    if not sender:
        return None  # about whose message, it does not say
    names = [name for name in (_name(said, "error"), _name(said, "status")) if name]
    telling = [name for name in names if name in MEANINGS]
    code = next(iter([*telling, *(name for name in names if name != _FINE)]), "")
    channel = _channel(said)
    return InboundEvent(
        id=_identity(said),
        meaning=MEANINGS.get(code, Meaning.OTHER),
        channel=channel,
        person=recipient_of(_text(said, "to", "destination"), "to", _kind(channel)),
        senders=(sender_of(_text(said, "sender", "from"), "sender"),),
        code=code,
    )


def _words(said: Mapping[str, Any]) -> str:
    """The whole text, with a keyword that was taken out of `cleanText`."""
    if isinstance(said.get("text"), str):
        return str(said["text"])
    content = said.get("content") or said.get("message")
    first = content[0] if isinstance(content, list) and content else content
    words = first.get("text") if isinstance(first, dict) else None
    return words if isinstance(words, str) else ""


def _name(said: Mapping[str, Any], of: str) -> str:
    inner = said.get(of)
    name = inner.get("name") if isinstance(inner, dict) else None
    return name if isinstance(name, str) and _NAME.fullmatch(name) else ""


def _channel(said: Mapping[str, Any]) -> Channel:
    named = said.get("channel") or said.get("integrationType") or "SMS"
    channel = _CHANNELS.get(named) if isinstance(named, str) else None
    if channel is None:
        raise _unreadable()
    return channel


def _kind(channel: Channel) -> AddressKind:
    return AddressKind.PSID if channel is Channel.MESSENGER else AddressKind.PHONE


def _identity(said: Mapping[str, Any]) -> str:
    named = said.get("messageId")
    if not isinstance(named, str) or not _ID.fullmatch(named):
        raise AmbiguousRequest("The webhook names no message.")
    return named


def _text(said: Mapping[str, Any], *names: str) -> str:
    value = next((said[name] for name in names if said.get(name)), None)
    if not isinstance(value, str):
        raise AmbiguousRequest(f"The webhook has no {names[0]}.")
    return value


def _unreadable() -> AmbiguousRequest:
    return AmbiguousRequest("The webhook is not one that the gate can read.")
