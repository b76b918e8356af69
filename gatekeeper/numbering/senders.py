"""What kind of address is a message sent from, and what is its one name in the registry?"""

from __future__ import annotations

import re
from functools import lru_cache

from gatekeeper.domain.words import SenderKind
from gatekeeper.numbering.parse import read

_SHORT_CODE = re.compile(r"[0-9]{3,8}")
_ALPHANUMERIC = re.compile(
    r"(?=.*[A-Za-z])[A-Za-z0-9&_+-](?:[A-Za-z0-9 &_+-]{0,9}[A-Za-z0-9&_+-])?"
)
"""The sender id of 3GPP TS 23.040 (up to 11 characters), in what providers accept of it.

ASCII only, no space at either end: a letter that merely looks Latin is another sender.
"""

_LONGEST = 64


def sender_kind(raw: str) -> tuple[SenderKind, str]:
    """The kind of a sender address and its canonical id (E.164, code or name).

    Digits alone, three to eight of them, are a short code; whether that code is an emergency or
    service number is the reader's question (`parse.read`). One to eleven characters with a
    letter are a name, also where a phone keypad would spell a number with them. What is none of
    these is unknown, its id the address as given. Page, WABA and service ids are the provider
    module's to tell.
    """
    if len(raw) > _LONGEST:
        return SenderKind.UNKNOWN, raw
    return _kind(raw)


@lru_cache(maxsize=4096)
def _kind(raw: str) -> tuple[SenderKind, str]:
    if _SHORT_CODE.fullmatch(raw):
        return SenderKind.SHORT_CODE, raw
    if _ALPHANUMERIC.fullmatch(raw):
        return SenderKind.ALPHANUMERIC, raw
    number = None if any(char.isalpha() for char in raw) else read(raw).number
    if number is None:
        return SenderKind.UNKNOWN, raw
    kind = SenderKind.TOLL_FREE if number.toll_free else SenderKind.LONG_CODE
    return kind, number.e164
