"""Which fields do Vonage's APIs share, and who is sender and recipient on each channel?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gatekeeper.domain.message import Address, AddressKind, TextPart
from gatekeeper.domain.words import Role
from gatekeeper.providers.numbers import international
from gatekeeper.providers.shape import (
    Found,
    Reader,
    reference,
    setting,
    string,
    wrong,
)

_BSUID = re.compile(r"[A-Z]{2}\.[A-Za-z0-9]{1,128}")
_DTMF = re.compile(r"[0-9#*p]{1,200}")

ABOUT: Mapping[str, Reader] = {
    "client_ref": reference(),
    "webhook_url": reference(),
    "webhook_version": setting(),
}
"""What stands beside every message of the Messages API and nobody gets to see."""


def whatsapp_user() -> Reader:
    """A WhatsApp user: a number, or the id under which the business knows somebody without."""

    def reader(value: Any, path: str, found: Found) -> None:
        kind = AddressKind.BSUID if _BSUID.fullmatch(string(value, path)) else AddressKind.PHONE
        whom = international(value) if kind is AddressKind.PHONE else value
        found.recipients.append(Address(kind, whom, path))

    return reader


def digits() -> Reader:
    """Tones that are sent into a call."""

    def reader(value: Any, path: str, found: Found) -> None:
        if not _DTMF.fullmatch(string(value, path)):
            raise wrong(path, "may hold digits, '#', '*' and 'p' only")
        found.parts.append(TextPart(path, Role.DIGITS, value))

    return reader
