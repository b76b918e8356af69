"""How does a number begin? So much of it may be kept where the number itself may not."""

from __future__ import annotations

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

_CODES = frozenset(COUNTRY_CODE_TO_REGION_CODE)
_LONGEST_CODE = 3
SHOWN = 3
"""Digits after the calling code."""
HIDDEN = 4
"""Digits at the end that are never shown."""


def calling_code(e164: str) -> str:
    """`+44` of `+447400123456`; empty where none is. No code begins with another."""
    for end in range(2, 2 + _LONGEST_CODE):
        if e164[:1] == "+" and e164[1:end].isdigit() and int(e164[1:end]) in _CODES:
            return e164[:end]
    return ""


def beginning(e164: str) -> str:
    """`+44740` of `+447400123456`: calling code and three digits, of a short number fewer."""
    code = calling_code(e164)
    return e164[: max(len(code), min(len(code) + SHOWN, len(e164) - HIDDEN))]
