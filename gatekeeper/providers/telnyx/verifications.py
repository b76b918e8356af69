"""What does a request to Telnyx's Verify say, and to whom?

The text of a verification stands in the profile that it names, so it is opaque: it is sent once
a policy author has registered what the profile says.
"""

from __future__ import annotations

import re
from typing import Any

from gatekeeper.domain.message import Address, AddressKind, Opaque, OutboundRequest, TextPart
from gatekeeper.domain.words import Channel, Role, Technology
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.shape import Found, members, read, setting, string, wrong
from gatekeeper.providers.telnyx.fields import dialled, identifier

PROFILE = "verify_profile_id"
"""Also the kind of the profile's text."""

_CODE = re.compile(r"[A-Za-z0-9]{4,10}")
_EXTENSION = re.compile(r"[0-9A-Da-dwW*#]{0,20}")


def _code(value: Any, path: str, found: Found) -> None:
    """A one-time code of the app's own: too short for a text."""
    if not _CODE.fullmatch(string(value, path)):
        raise wrong(path, "must be 4 to 10 letters and digits")
    found.parts.append(TextPart(path, Role.TEMPLATE_VAR, value))


def _extension(value: Any, path: str, found: Found) -> None:
    if not _EXTENSION.fullmatch(string(value, path)):
        raise wrong(path, "may hold digits, '#', '*' and 'w' only")
    found.parts.append(TextPart(path, Role.DIGITS, value))


_VERIFICATION = members(
    {
        "phone_number": dialled(),
        PROFILE: identifier(),
        "custom_code": _code,
        "extension": _extension,
        "timeout_secs": setting(),
    },
    need=("phone_number", PROFILE),
)


def parse_verification(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The verification with its one meaning; raises AmbiguousRequest otherwise."""
    found = read(_VERIFICATION, read_object(raw))
    profile = found.words[PROFILE]
    spoken = operation.channel is Channel.VOICE
    return OutboundRequest(
        provider="telnyx",
        operation=operation.name,
        channel=operation.channel,
        sender=Address(AddressKind.SERVICE, profile, PROFILE),
        recipients=tuple(found.recipients),
        parts=tuple(found.parts),
        opaque=(Opaque(PROFILE, profile, PROFILE),),
        technology=Technology.ARTIFICIAL if spoken else Technology.UNKNOWN,
    )
