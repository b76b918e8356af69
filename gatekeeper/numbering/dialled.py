"""What could be dialled if a phone, a switch or a SIP stack read this address its own way?

The reader refuses what has two meanings; here the question is only whether one of the
meanings would ring an emergency or crisis line, so every view counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from gatekeeper.domain.reason import Reason
from gatekeeper.numbering.special import extension, gravest, short_number, starts_emergency
from gatekeeper.numbering.spelling import digits_of, keyed, plain

_URI = re.compile(r"\b(?:sips?|tel|callto|sms|whatsapp|client):/*([^>]*)", re.IGNORECASE)
_SERVICE_CODE = re.compile(r"^[\s\"(]*[*#]\d\d")
"""Vertical service codes such as *67, which hides the caller's number."""

_TAIL = re.compile(r"(?:ext|[;,?&*#@pwx])", re.IGNORECASE)
"""Where extensions, pauses, post-dial digits and URI parameters begin."""

_PAUSES = re.compile(r"[pwx]", re.IGNORECASE)
_SOS = re.compile(r"\burn:service:sos\b", re.IGNORECASE)
"""The emergency service by its name (RFC 5031)."""


def rings_exactly(text: str, origins: tuple[str, ...]) -> Reason | None:
    """The gravest reason if any view of the address is a short number of that kind."""
    if _SOS.search(text):
        return Reason.DESTINATION_EMERGENCY
    return gravest(short_number(digits, plus, origins) for digits, plus in views(text))


def rings_at_address(text: str, origins: tuple[str, ...]) -> Reason | None:
    """The same for a `sip:` or `client:` address, whose user part may be an extension."""
    if _SOS.search(text):
        return Reason.DESTINATION_EMERGENCY
    return gravest(extension(digits, plus, origins) for digits, plus in views(text))


def rings_emergency(text: str, origins: tuple[str, ...]) -> bool:
    """Whether any view begins with an emergency number, so that the rest is never heard."""
    return any(starts_emergency(digits, plus, origins) for digits, plus in views(text))


def views(text: str) -> frozenset[tuple[str, bool]]:
    """The digit strings that may be dialled, each with whether a `+` stands before it."""
    return frozenset(view for view in _views(text) if len(view[0]) > 1)


def _views(text: str) -> Iterator[tuple[str, bool]]:
    body = plain(unquote(text)) if "%" in text else text
    uri = _URI.search(body)
    body = (uri.group(1) if uri else body).partition("@")[0]
    body = _SERVICE_CODE.sub("", body)
    plus = "+" in body
    for part in (_TAIL.split(body, maxsplit=1)[0], _PAUSES.sub("", body), keyed(body)):
        if not any(char.isalpha() for char in part) and digits_of(body):
            yield digits_of(part), plus
