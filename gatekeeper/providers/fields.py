"""Which fields do several providers have that are neither plain texts nor plain words?"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error
from typing import Any

from gatekeeper.domain.message import Address, AddressKind, TextPart
from gatekeeper.domain.words import Role
from gatekeeper.providers.instants import ASKED, instant
from gatekeeper.providers.shape import Found, Reader, reference, string, wrong

LONGEST_SECRET = 1024

_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[0-9a-fA-F]{32}")
_PLUS = re.compile(r"\+[1-9][0-9]{6,14}")
_SIP = re.compile(r"sips?:[^\s@]{1,200}@[^\s@]{1,200}", re.IGNORECASE)


def identifier() -> Reader:
    """An id of the provider's own making (a UUID), which no detector need read; else a label."""
    take = reference()

    def reader(value: Any, path: str, found: Found) -> None:
        if not (isinstance(value, str) and _UUID.fullmatch(value)):
            take(value, path, found)

    return reader


def e164(*, sip: bool = False) -> Reader:
    """A recipient of a provider that wants the plus: without it the number could be another's."""

    def reader(value: Any, path: str, found: Found) -> None:
        given = string(value, path)
        if sip and _SIP.fullmatch(given):
            found.recipients.append(Address(AddressKind.SIP, given, path))
        elif _PLUS.fullmatch(given):
            found.recipients.append(Address(AddressKind.PHONE, given, path))
        else:
            raise wrong(path, "must be a number in E.164, with its plus")

    return reader


def later() -> Reader:
    """When the provider is to send it, with its zone: the message is judged for that instant."""

    def reader(value: Any, path: str, found: Found) -> None:
        found.send_at = instant(string(value, path))
        if found.send_at is None:
            raise wrong(path, ASKED)

    return reader


def secret() -> Reader:
    """A user name or password that the provider is to use elsewhere: passed on unread."""

    def reader(value: Any, path: str, found: Found) -> None:
        if len(string(value, path)) > LONGEST_SECRET:
            raise wrong(path, f"must have at most {LONGEST_SECRET} characters")

    return reader


def payload(role: Role = Role.REFERENCE) -> Reader:
    """A text in base64, screened as what it says; anything else is screened as it is."""

    def reader(value: Any, path: str, found: Found) -> None:
        given = string(value, path)
        decoded = _decoded(given)
        # A decoded text has no place in the body where it could be masked.
        at = path if decoded is None else f"{path}(decoded)"
        found.parts.append(TextPart(at, role, given if decoded is None else decoded))

    return reader


def _decoded(value: str) -> str | None:
    try:
        return b64decode(value, validate=True).decode()
    except (Base64Error, ValueError):
        return None
