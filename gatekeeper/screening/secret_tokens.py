"""Could this be a key or token that a machine made, or is it a placeholder of one?"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re

import msgspec

from gatekeeper.screening.validators import Evidence, entropy

_PLACEHOLDER = re.compile(
    r"(?i)x{5,}|\*{3,}|\.{3}|…|([^0])\1{7,}|example|sample|placeholder|your|changeme|redacted|dummy"
    r"|abcdefgh|1234567890|0123456789|deadbeef"
)
_HEX = re.compile(r"[0-9a-fA-F-]+")
_DIGIT = re.compile(r"[0-9]")
_LETTER = re.compile(r"[A-Za-z]")
_BASE58 = {c: i for i, c in enumerate("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")}
LEAST_HEX, LEAST = 2.8, 3.3
"""Bits per character of a random value at least: of hexadecimal digits, of others."""


def token(value: str) -> Evidence | None:
    """Any value that is no placeholder: for formats whose form alone tells."""
    return None if _PLACEHOLDER.search(value) else Evidence(0, ("form",))


def random_token(value: str) -> Evidence | None:
    """Letters and digits as random as a key: for values that only words beside them tell."""
    if _PLACEHOLDER.search(value) or not (_DIGIT.search(value) and _LETTER.search(value)):
        return None
    least = LEAST_HEX if _HEX.fullmatch(value) else LEAST
    return Evidence(0, ("random",)) if entropy(value) >= least else None


def json_web_token(value: str) -> Evidence | None:
    """Its header is JSON that names the algorithm (RFC 7519 section 7.2)."""
    head = value.partition(".")[0]
    try:
        content = msgspec.json.decode(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (binascii.Error, ValueError):
        return None
    named = isinstance(content, dict) and "alg" in content
    return Evidence(0, ("header names its algorithm",)) if named else None


def base58_key(value: str) -> Evidence | None:
    """The last four bytes are the checksum of the others (Base58Check)."""
    number = 0
    for character in value:
        digit = _BASE58.get(character)
        if digit is None:
            return None
        number = number * 58 + digit
    content = number.to_bytes((number.bit_length() + 7) // 8, "big")
    body, check = content[:-4], content[-4:]
    right = hashlib.sha256(hashlib.sha256(body).digest()).digest()[:4] == check
    return Evidence(0, ("Base58Check",)) if right and len(body) > 16 else None
