"""Which fields do Plivo's operations share, and what is each of them for?

Their names are those that the `plivo` SDK (4.63) can send. A field that is not listed is refused:
it might carry text or a recipient.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gatekeeper.domain.message import Address, AddressKind, TextPart
from gatekeeper.domain.words import Role
from gatekeeper.providers.numbers import recipient_of
from gatekeeper.providers.shape import MOST, Found, Reader, reference, setting, string, wrong

DIVIDES = "<"
"""Between several recipients in one string."""
ANSWER = "answer_url"
"""The kind of an address whose XML tells a call what to do."""

_SIP = re.compile(r"sips?:[^\s@<]{1,200}@[^\s@<]{1,200}", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9A-Da-dwW*#]{0,200}")


def people() -> Reader:
    """One recipient or several in one string; each has its place in the list."""

    def reader(value: Any, path: str, found: Found) -> None:
        named = string(value, path).split(DIVIDES)
        if len(named) > MOST:
            raise wrong(path, f"must have at most {MOST} recipients")
        if not all(map(str.strip, named)):
            raise wrong(path, "has an empty recipient in it")
        found.recipients += [person(each, f"{path}/{n}") for n, each in enumerate(named)]

    return reader


def person(value: str, path: str) -> Address:
    """A number, with its country code and with or without a plus; else a SIP address."""
    if _SIP.fullmatch(value):
        return Address(AddressKind.SIP, value, path)
    return recipient_of(value, path)


def digits() -> Reader:
    """The tones of a keypad."""

    def reader(value: Any, path: str, found: Found) -> None:
        if not _DIGITS.fullmatch(string(value, path)):
            raise wrong(path, "may hold digits, A to D, '#', '*' and 'w' only")
        found.parts.append(TextPart(path, Role.DIGITS, value))

    return reader


def only(*words: str | int | bool) -> Reader:
    """One of these words."""

    def reader(value: Any, path: str, found: Found) -> None:
        if value not in words:
            raise wrong(path, "is not a word that the gate knows")
        found.words[path] = str(value)

    return reader


CALLBACK: Mapping[str, Reader] = {"callback_url": reference(), "callback_method": setting()}
"""Where a command's end is told; it may stand in every one."""
