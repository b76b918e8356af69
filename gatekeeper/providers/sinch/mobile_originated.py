"""What did a person write, in each of the forms in which Sinch passes a message on?"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from gatekeeper.providers.binary_sms import readable

_WORDS = (
    ("text_message", "text"),
    ("choice_response_message", "postback_data"),
    ("media_card_message", "caption"),
    ("fallback_message", "raw_message"),
)
"""The messages of a contact that have words in them, and where."""


def said_in(kind: str, told: Mapping[str, Any]) -> str:
    """The words of a message, empty for one without (a picture, a place, data)."""
    if kind == "conversation":
        return next(filter(None, (_inner(told, *each) for each in _WORDS)), "")
    if kind == "mo_media":
        return _inner(told, "body", "message") or _inner(told, "body", "subject")
    body = told.get("body")
    if not isinstance(body, str):
        return ""
    return _data(body, told.get("udh")) if kind == "mo_binary" else body


def _inner(told: Mapping[str, Any], name: str, within: str) -> str:
    inner = told.get(name)
    value = inner.get(within) if isinstance(inner, dict) else None
    return value if isinstance(value, str) else ""


def _data(body: str, udh: Any) -> str:
    try:
        header = bytes.fromhex(udh) if isinstance(udh, str) else b""
        return readable(b64decode(body, validate=True), header) or ""
    except (ValueError, binascii.Error):
        return ""
