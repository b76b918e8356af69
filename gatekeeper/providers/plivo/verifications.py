"""What does a request to Plivo's Verify say, and to whom?

Its text is a template of the Verify application that it names, so it is opaque: it is sent once a
policy author has registered what the application says.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import replace

from gatekeeper.domain.message import Address, AddressKind, Opaque, OutboundRequest, TextPart
from gatekeeper.domain.words import Channel, Role, Technology
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.fields import identifier
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.plivo.fields import only, people
from gatekeeper.providers.plivo.messages import request_of
from gatekeeper.providers.shape import (
    Found,
    members,
    read,
    reference,
    setting,
    string,
    text,
    wrong,
)

APPLICATION = "verify_app"
"""The kind of an application's text."""
DEFAULT = "default"
"""Stands for the application that an account has without naming one."""

_CODE = re.compile(r"[A-Za-z0-9]{4,10}")
_CHANNELS = {"sms": Channel.SMS, "voice": Channel.VOICE, "whatsapp": Channel.WHATSAPP}


def _code(value: Any, path: str, found: Found) -> None:
    """A one-time code of the app's own: too short for a text."""
    if not _CODE.fullmatch(string(value, path)):
        raise wrong(path, "must be 4 to 10 letters and digits")
    found.parts.append(TextPart(path, Role.TEMPLATE_VAR, value))


_SESSION = members(
    {
        "recipient": people(),
        "app_uuid": identifier(),
        "channel": only(*_CHANNELS),
        "otp": _code,
        "brand_name": text(Role.TEMPLATE_VAR),
        "app_hash": text(Role.TEMPLATE_VAR),
        "url": reference(),
        "method": setting(),
        "locale": setting(),
        "code_length": setting(),
        "dtmf": setting(),
        "fraud_check": setting(),
    },
    need=("recipient",),
)


def parse_verification(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The verification with its one meaning; raises AmbiguousRequest otherwise."""
    body = read_object(raw)
    found = read(_SESSION, body)
    if len(found.recipients) != 1:
        raise AmbiguousRequest("The field recipient must name one person.")
    application = str(body.get("app_uuid") or DEFAULT)
    channel = _CHANNELS[found.words.get("channel", "sms")]
    found.opaque.append(Opaque(APPLICATION, application, "app_uuid"))
    by = Address(AddressKind.SERVICE, application, "app_uuid")
    spoken = channel is Channel.VOICE
    return replace(
        request_of(found, operation, channel, by),
        technology=Technology.ARTIFICIAL if spoken else Technology.UNKNOWN,
    )
