"""Which texts stand in a file of NDJSON, and which of its lines cannot be read, and why?

Nothing that a line holds is told of it: a line that cannot be read may hold a card all the same.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Generic, TypeVar

import msgspec

from gatekeeper.providers.json_once import decoded

LONGEST_LINE = 1_048_576
"""Bytes of one line; a longer one is told and passed over."""
FORM = '{"id": 1, "text": "Your table is booked."}'
_WRONG = re.compile(r"Expected `(?P<wanted>[^`]+)`, got `(?P<got>\w+)`(?: - at `\$\.(?P<key>\w+))?")
_MISSING = re.compile(r"missing required field `(\w+)`")
_WORDS = {"str": "a text between quotation marks", "int | str": "a whole number or a text"}

Kind = TypeVar("Kind", bound=msgspec.Struct)


class Line(msgspec.Struct):
    """One text to screen, with the caller's own id."""

    id: str | int
    text: str


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a line cannot be read, and what to do about it."""

    why: str


@dataclass(frozen=True, slots=True)
class Lines(Generic[Kind]):
    """The lines of a stream, each with its number, as values of one kind."""

    stream: BinaryIO
    kind: type[Kind]

    def __iter__(self) -> Iterator[tuple[int, int, Kind | Unread]]:
        """Number, bytes and value of each line that is not blank."""
        reader = _Reader(self.kind)
        for number, size, raw in _raw_lines(self.stream):
            if raw and not raw.isspace():
                yield number, size, reader.read(raw)


def _raw_lines(stream: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """The lines; of one that is too long only the beginning, and one byte more than may be."""
    number = 0
    while raw := stream.readline(LONGEST_LINE + 1):
        number, size, rest = number + 1, len(raw), raw
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE + 1)
            size += len(rest)
        yield number, size, raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw


class _Reader(Generic[Kind]):
    """Reads a line the fast way where it cannot have two meanings, else the way that sees them."""

    def __init__(self, kind: type[Kind]) -> None:
        self._decoder = msgspec.json.Decoder(kind)
        self._kind = kind
        self._keys = [f'"{each.encode_name}"'.encode() for each in msgspec.structs.fields(kind)]

    def read(self, raw: bytes) -> Kind | Unread:
        """The line's value, or why it has none."""
        if len(raw) > LONGEST_LINE:
            return Unread(f"longer than {LONGEST_LINE} bytes; is a line break missing?")
        if b"\\u00" not in raw and all(raw.count(key) < 2 for key in self._keys):
            try:
                return self._decoder.decode(raw)
            except (ValueError, RecursionError):
                pass  # a lone surrogate is read by the other way, a fault told by it
        try:
            return msgspec.convert(decoded(raw.decode()), self._kind)
        except msgspec.ValidationError as wrong:
            return Unread(_told(str(wrong)))
        except ValueError as wrong:
            return Unread(_unreadable(wrong))


def _unreadable(wrong: ValueError) -> str:
    if isinstance(wrong, UnicodeDecodeError):
        return "not UTF-8; save the file as UTF-8"
    if isinstance(wrong, json.JSONDecodeError):
        told = f"not JSON: {wrong.msg} at column {wrong.colno}"
        return f"{told}; each line is one object, as {FORM}"
    return f"not JSON with one meaning: {wrong}"


def _told(wrong: str) -> str:
    """The fault in plain words."""
    if missing := _MISSING.search(wrong):
        return f"{missing[1]} is missing; each line needs it, as {FORM}"
    if not (found := _WRONG.search(wrong)):
        return wrong
    if found["wanted"] == "object":
        return f"no JSON object; each line is one, as {FORM}"
    wanted = _WORDS.get(found["wanted"], found["wanted"])
    return f"{found['key']} is of type {found['got']}; it must be {wanted}"
