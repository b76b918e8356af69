"""Which of Vonage's codes say something of the recipient's will?

A receipt of the SMS API with code 9: the person "has requested not to receive messages"
(Opt-Out Assist). A status of the Messages API that is rejected or undeliverable, and whose error
speaks of an opt-out or of a barred or illegal number: the numbers of these codes are not told in
one place, so their words count. And 1050, or status 7 in an answer to a send: the number stands
on Vonage's block list. All others (unroutable, filtered, out of credit) say nothing of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from gatekeeper.providers.contract import Reply
from gatekeeper.providers.webhook import Meaning

Fields = Mapping[str, Any]

BARRED, SMS_BARRED, RECEIPT = "1050", "7", "9"
_FAILED = frozenset({"failed", "rejected", "undeliverable", "expired"})
_CODE = re.compile(r"[0-9]{1,6}")
_OPTED_OUT = re.compile(
    r"opt(?:ed)?[ -]?out|unsubscribed|illegal number|number barred|not to receive", re.IGNORECASE
)


def word(told: Fields, name: str) -> str:
    """The string or number of that name, empty if there is none."""
    value = told.get(name)
    if type(value) is int:
        return str(value)
    return value if isinstance(value, str) else ""


def inside(told: Fields, name: str) -> Fields:
    """The object of that name, empty if there is none."""
    value = told.get(name)
    return value if isinstance(value, dict) else {}


def code_of(told: Fields) -> str:
    """The provider's code in a status, empty if there is none."""
    error = inside(told, "error") if word(told, "status") in _FAILED else {}
    given = word(told, "err-code") or word(error, "type").rpartition("#")[2] or word(error, "title")
    return given if _CODE.fullmatch(given) and int(given) else ""


def meaning_of(told: Fields) -> Meaning:
    """What a status says of the person's will."""
    if word(told, "err-code") == RECEIPT:
        return Meaning.OPTED_OUT
    if word(told, "status").lower() not in _FAILED:
        return Meaning.OTHER
    error = inside(told, "error")
    if code_of(told) == BARRED:
        return Meaning.OPTED_OUT
    said = f"{word(error, 'title')} {word(error, 'detail')} {word(error, 'reason')}"
    return Meaning.OPTED_OUT if _OPTED_OUT.search(said) else Meaning.OTHER


def told(reply: Reply) -> Meaning:
    """What the answer to a send says of it."""
    try:
        said = json.loads(reply.body)
    except (ValueError, RecursionError):
        return Meaning.OTHER
    if not isinstance(said, dict) or reply.status >= 500:
        return Meaning.OTHER
    sent = said.get("messages")
    if reply.status < 300 and isinstance(sent, list):
        barred = [isinstance(e, dict) and word(e, "status") == SMS_BARRED for e in sent]
        return Meaning.OPTED_OUT if barred and all(barred) else Meaning.OTHER
    barred_ = reply.status >= 400 and word(said, "type").endswith(f"messages#{BARRED}")
    return Meaning.OPTED_OUT if barred_ else Meaning.OTHER
