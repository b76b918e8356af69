"""What does a Bird webhook tell? What people wrote, who is suppressed, what became of messages.

    {"type": "sms.received", "timestamp": "...", "data": {"sms_id": "...", "from": "+1...", ...}}

Of the models below WebhookEvent (messagebird-sdk 0.106). No account is named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.bird.codes import OPTED_OUT
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.instants import instant
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.numbers import recipient_of, sender_of
from gatekeeper.providers.webhook import InboundEvent, InboundOperation, Meaning

MEANINGS: Mapping[str, Meaning] = {
    OPTED_OUT: Meaning.OPTED_OUT,
    "blocked_by_recipient": Meaning.OPTED_OUT,
    "recipient_suppressed": Meaning.OPTED_OUT,
}
"""Codes of a failed message; all others say nothing of the person's will."""

_RECEIVED = "received"
_STATES = frozenset({"accepted", "sent", "delivered", "read", "failed", "rejected", "undelivered",
                     "expired"})  # fmt: skip
_CHANNELS = {"sms": Channel.SMS, "whatsapp": Channel.WHATSAPP}
_SUPPRESSED = {"sms_suppression": Channel.SMS, "whatsapp_suppression": Channel.WHATSAPP}
_ID = re.compile(r"[A-Za-z0-9_-]{4,64}")
_WORD = re.compile(r"[a-z_]{1,64}")


def inbound(raw: RawRequest) -> InboundOperation:
    """No account is named; raises AmbiguousRequest for what is no event."""
    if raw.method != "POST":
        raise AmbiguousRequest("Have the provider call this address by POST.", status=405)
    _envelope(raw)
    return InboundOperation("", answered=False)


def events(raw: RawRequest) -> tuple[InboundEvent, ...]:
    """The one event that a webhook tells; none for a kind that says nothing of anybody."""
    said = _envelope(raw)
    kind, _, what = str(said["type"]).partition(".")
    event = None
    if kind in _SUPPRESSED and what == "created":
        event = _suppressed(said, _SUPPRESSED[kind])
    elif kind in _CHANNELS and what == _RECEIVED:
        event = _came_in(said, kind)
    elif kind in _CHANNELS and what in _STATES:
        event = _went_out(said, kind)
    return (event,) if event is not None else ()


def _envelope(raw: RawRequest) -> Mapping[str, Any]:
    said = read_object(raw, any_type=True)
    if not isinstance(said.get("type"), str) or not isinstance(said.get("data"), dict):
        raise AmbiguousRequest("The webhook is not one that the gate can read.")
    return said


def _came_in(said: Mapping[str, Any], kind: str) -> InboundEvent:
    data = said["data"]
    return InboundEvent(
        id=_identity(data, f"{kind}_id"),
        meaning=Meaning.MESSAGE,
        channel=_CHANNELS[kind],
        person=_end(data, "from"),
        senders=(sender_of(_end(data, "to").value, "to"),),
        text=_words(data),
        at=instant(str(said.get("timestamp") or "")),
    )


def _went_out(said: Mapping[str, Any], kind: str) -> InboundEvent:
    data, error = said["data"], said["data"].get("error")
    code = error.get("code") if isinstance(error, dict) else None
    code = code if isinstance(code, str) and _WORD.fullmatch(code) else ""
    return InboundEvent(
        id=_identity(data, f"{kind}_id"),
        meaning=MEANINGS.get(code, Meaning.OTHER),
        channel=_CHANNELS[kind],
        person=_end(data, "to"),
        senders=(sender_of(_end(data, "from").value, "from"),),
        code=code,
        at=instant(str(said.get("timestamp") or "")),
    )


def _suppressed(said: Mapping[str, Any], channel: Channel) -> InboundEvent | None:
    """Somebody is on Bird's own list; without our side it concerns no sender of ours."""
    data = said["data"]
    person, ours = data.get("destination") or data.get("address"), data.get("originator")
    if not (isinstance(person, str) and isinstance(ours, str) and person and ours):
        return None
    return InboundEvent(
        id=_identity(data, "suppression_id"),
        meaning=Meaning.OPTED_OUT,
        channel=channel,
        person=recipient_of(person, "destination"),
        senders=(sender_of(ours, "originator"),),
        at=instant(str(said.get("timestamp") or "")),
    )


def _end(data: Mapping[str, Any], name: str) -> Address:
    """One end of a message: a number, or in WhatsApp an address that may have none."""
    value = data.get(name)
    if isinstance(value, dict):
        if isinstance(value.get("bsuid"), str) and not value.get("phone_number"):
            return Address(AddressKind.BSUID, value["bsuid"], name)
        value = value.get("phone_number")
    if not isinstance(value, str) or not value:
        raise AmbiguousRequest(f"The webhook has no {name}.")
    return recipient_of(value, name)


def _words(data: Mapping[str, Any]) -> str:
    said = data.get("text") or data.get("interactive_reply") or ""
    if isinstance(said, dict):
        said = said.get("body") or said.get("text") or ""
    return said if isinstance(said, str) else ""


def _identity(data: Mapping[str, Any], name: str) -> str:
    named = data.get(name)
    if not isinstance(named, str) or not _ID.fullmatch(named):
        raise AmbiguousRequest("The webhook names no message.")
    return named
