"""What does a request to Vonage's Verify say, on which channels and to whom?

Each step of the workflow is a message to somebody, tried in turn. Its text is Vonage's own, with
the brand and a code in it, unless a template of the account is named: that one is opaque.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest, TextPart
from gatekeeper.domain.words import Channel, Role, Technology
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.shape import (
    Found,
    Reader,
    by_word,
    claim,
    each,
    members,
    opaque,
    person,
    read,
    reference,
    refused,
    sender,
    setting,
    string,
    text,
    wrong,
)
from gatekeeper.providers.vonage.credential import key_of

SENDER = "vonage-verify"
"""What is registered as the sender of codes that name none: Vonage's own numbers send them."""
TEMPLATE = "verify_template"
WORKFLOW = "workflow"
MOST_STEPS = 5

_CODE = re.compile(r"[A-Za-z0-9]{4,10}")
_WORD, _NOTE = setting(), reference()
_TO: Mapping[str, Reader] = {"channel": _WORD, "to": person()}
_DLT: Mapping[str, Reader] = {"entity_id": _NOTE, "content_id": _NOTE}

_STEP = by_word(
    "channel",
    {
        "sms": members({**_TO, "from": sender(), "app_hash": _NOTE, **_DLT}, need=("to",)),
        "whatsapp": members(
            {**_TO, "from": sender(AddressKind.PHONE), "mode": _WORD}, need=("to", "from")
        ),
        "whatsapp_interactive": members(
            {**_TO, "from": sender(AddressKind.PHONE)}, need=("to", "from")
        ),
        "voice": members({**_TO, "from": sender()}, need=("to",)),
        "silent_auth": members({**_TO, "redirect_url": _NOTE, "sandbox": _WORD}, need=("to",)),
        "email": refused("is e-mail, which is no channel that the gate judges"),
    },
)
_CHANNELS = {
    "sms": Channel.SMS,
    "silent_auth": Channel.SMS,
    "whatsapp": Channel.WHATSAPP,
    "whatsapp_interactive": Channel.WHATSAPP,
    "voice": Channel.VOICE,
}


def _code(value: Any, path: str, found: Found) -> None:
    """A one-time code of the app's own: too short for a text."""
    if not _CODE.fullmatch(string(value, path)):
        raise wrong(path, "must be 4 to 10 letters and digits")
    found.parts.append(TextPart(path, Role.TEMPLATE_VAR, value))


def _apart(_value: Any, _path: str, _found: Found) -> None:
    """Read step by step: each is a message of its own."""


_VERIFICATION = members(
    {
        "brand": text(Role.BODY),
        WORKFLOW: each(_apart, most=MOST_STEPS),
        "code": _code,
        "template_id": opaque(TEMPLATE),
        "client_ref": _NOTE,
        "fraud_check": claim("fraud_check"),
        **dict.fromkeys(("locale", "channel_timeout", "code_length"), _WORD),
    },
    need=("brand", WORKFLOW),
)


def parse_verification(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """A message for each step of the workflow; raises AmbiguousRequest otherwise."""
    body = read_object(raw)
    common = read(_VERIFICATION, body)
    first, *others = [
        _step(step, f"{WORKFLOW}/{place}", common, operation)
        for place, step in enumerate(body[WORKFLOW])
    ]
    return replace(first, natural_key=key_of(raw), also=tuple(others))


def _step(value: Any, path: str, common: Found, operation: Operation) -> OutboundRequest:
    found = Found()
    _STEP(value, path, found)
    channel = _CHANNELS[value["channel"]]
    spoken = channel is Channel.VOICE
    own = Address(AddressKind.SERVICE, SENDER, WORKFLOW)
    return OutboundRequest(
        provider="vonage",
        operation=operation.name,
        channel=channel,
        sender=found.senders[0] if found.senders else own,
        recipients=tuple(found.recipients),
        parts=(*common.parts, *found.parts),
        opaque=tuple(common.opaque),
        claims=tuple(common.claims),
        technology=Technology.ARTIFICIAL if spoken else Technology.UNKNOWN,
    )
