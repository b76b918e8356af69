"""Which number does a provider read where its API takes digits without a plus?

Vonage, WhatsApp, Infobip, Sinch, MessageBird and others read plain digits as an international
number (their references: "MSISDN", "E.164 without +"). The gate decides about that same number.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gatekeeper.domain.message import Address, AddressKind

_INTERNATIONAL = re.compile(r"[1-9][0-9]{7,14}")
"""What E.164 allows (ITU-T E.164: at most 15 digits); shorter digits are a code or a service."""
BSUID = re.compile(r"[A-Z]{2}\.[A-Za-z0-9]{1,128}")
"""A WhatsApp user as one business knows them (Meta, "Business-scoped user IDs")."""
_SHORT_CODE = re.compile(r"[0-9]{3,8}")
_LETTER = re.compile(r"[A-Za-z]")


@lru_cache(maxsize=8192)
def international(value: str) -> str:
    """Digits as E.164 with its plus; anything else as it is, for the number's reader to judge."""
    return f"+{value}" if _INTERNATIONAL.fullmatch(value) else value


def recipient_of(value: str, path: str, kind: AddressKind = AddressKind.PHONE) -> Address:
    """A recipient as the provider reads it."""
    return Address(kind, international(value) if kind is AddressKind.PHONE else value, path)


def sender_of(value: str, path: str, kind: AddressKind | None = None) -> Address:
    """A sender as the provider reads it: a number, a short code or a name, by its form."""
    if kind is not None:
        return Address(kind, international(value) if kind is AddressKind.PHONE else value, path)
    if _SHORT_CODE.fullmatch(value):
        return Address(AddressKind.SHORT_CODE, value, path)
    if _LETTER.search(value):
        return Address(AddressKind.ALPHANUMERIC, value, path)
    return Address(AddressKind.PHONE, international(value), path)
