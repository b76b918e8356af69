"""Which fields may a provider's JSON have, and what is each of them for?

A shape is a reader of one value, put together from the functions here; a provider's module says
with it, field by field, where the recipients, the sender and the texts stand. What a shape does not
name is refused with its place: it could be one more recipient, or a text that nobody screened.

    SEND = members({"to": person(), "from": sender(), "text": text(Role.BODY)}, need=("to", "text"))
    found = read(SEND, read_object(raw))
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from gatekeeper.domain.message import Address, AddressKind, Claim, Opaque, TextPart
from gatekeeper.domain.words import Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.instants import INSTANT
from gatekeeper.providers.numbers import recipient_of, sender_of

MOST = 1000
"""Elements of one array, recipients among them."""
DEEPEST = 16
"""Levels of a value that has no shape of its own."""

PLAIN_NAME = re.compile(r"[A-Za-z0-9_.:$@-]{1,64}")
"""A member's name that may stand in a path: no text hides in it, and no `/` divides it."""
_SHOWN = re.compile(r"[A-Za-z_][A-Za-z_]{0,39}")
"""A member's name that an error may repeat."""
_WORD = re.compile(r"(?!(?:[^0-9]*[0-9]){13})[A-Za-z0-9_.:/+-]{0,64}")


@dataclass(slots=True)
class Found:
    """What a shape has found in a body."""

    recipients: list[Address] = field(default_factory=list)
    senders: list[Address] = field(default_factory=list)
    parts: list[TextPart] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
    opaque: list[Opaque] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    send_at: datetime | None = None
    """When the provider is to send it, if the request says so."""
    words: dict[str, str] = field(default_factory=dict)
    """Settings that the provider's module asks for, by path."""


Reader = Callable[[Any, str, Found], None]
"""Reads a value that stands at a path; raises AmbiguousRequest for one that it does not take."""


def read(shape: Reader, value: Any, found: Found | None = None) -> Found:
    """What a shape finds in a value; raises AmbiguousRequest with the place of what is wrong."""
    found = found or Found()
    shape(value, "", found)
    return found


def members(
    known: Mapping[str, Reader], need: tuple[str, ...] = (), one_of: tuple[str, ...] = ()
) -> Reader:
    """An object with these members only; null counts as absent. Of `one_of` exactly one is given.

    `need` are those without which there is no message.
    """

    def reader(value: Any, path: str, found: Found) -> None:
        if not isinstance(value, dict):
            raise wrong(path, "must be an object")
        for name, inner in value.items():
            take = known.get(name)
            if take is None:
                raise AmbiguousRequest(_unknown(path, name, known))
            if inner is not None:
                take(inner, f"{path}/{name}" if path else name, found)
        for name in need:
            if value.get(name) is None:
                raise AmbiguousRequest(f"The field {_place(path, name)} is missing.")
        if one_of and sum(value.get(name) is not None for name in one_of) != 1:
            named = ", ".join(_place(path, name) for name in one_of)
            raise AmbiguousRequest(f"Exactly one of these fields must be given: {named}.")

    return reader


def each(take: Reader, most: int = MOST) -> Reader:
    """An array of values of one shape, at least one and not more than `most`."""

    def reader(value: Any, path: str, found: Found) -> None:
        if not isinstance(value, list):
            raise wrong(path, "must be an array")
        if not 0 < len(value) <= most:
            raise wrong(path, f"must have 1 to {most} elements")
        for index, inner in enumerate(value):
            take(inner, f"{path}/{index}", found)

    return reader


def maybe_none(take: Reader) -> Reader:
    """What `take` takes, or an empty array, object or string."""

    def reader(value: Any, path: str, found: Found) -> None:
        if value not in ("", [], {}):
            take(value, path, found)

    return reader


def one_or_each(take: Reader, most: int = MOST) -> Reader:
    """One value, or an array of them."""
    several = each(take, most)

    def reader(value: Any, path: str, found: Found) -> None:
        (several if isinstance(value, list) else take)(value, path, found)

    return reader


def by_type(readers: Mapping[type, Reader]) -> Reader:
    """One of several shapes, by the JSON type of the value (str, dict, list, int, bool)."""

    def reader(value: Any, path: str, found: Found) -> None:
        take = readers.get(type(value))
        if take is None:
            raise wrong(path, "has a type that the gate does not know")
        take(value, path, found)

    return reader


def by_word(name: str, shapes: Mapping[str, Reader]) -> Reader:
    """One of several objects, by the word in their member `name` (a `type`, a `channel`)."""

    def reader(value: Any, path: str, found: Found) -> None:
        if not isinstance(value, dict):
            raise wrong(path, "must be an object")
        word = value.get(name)
        take = shapes.get(word) if isinstance(word, str) else None
        if take is None:
            raise wrong(f"{path}/{name}" if path else name, "is not a word that the gate knows")
        take(value, path, found)

    return reader


def values(take: Reader) -> Reader:
    """An object whose members have names of the app's own choice, each value of one shape."""

    def reader(value: Any, path: str, found: Found) -> None:
        if not isinstance(value, dict):
            raise wrong(path, "must be an object")
        for name, inner in value.items():
            if not PLAIN_NAME.fullmatch(name):
                raise wrong(path, "has a member whose name is no plain word")
            take(inner, f"{path}/{name}", found)

    return reader


def text(role: Role) -> Reader:
    """A text that its recipient reads or hears."""

    def reader(value: Any, path: str, found: Found) -> None:
        found.parts.append(TextPart(path, role, string(value, path)))

    return reader


def anything(role: Role, deepest: int = DEEPEST) -> Reader:
    """Any JSON at all: every string and number in it is a text."""

    def reader(value: Any, path: str, found: Found) -> None:
        _leaves(value, path, role, found, deepest)

    return reader


def _leaves(value: Any, path: str, role: Role, found: Found, deepest: int) -> None:
    if deepest <= 0:
        raise wrong(path.rpartition("/")[0], "goes too deep")
    if isinstance(value, dict):
        for name, inner in value.items():
            if not PLAIN_NAME.fullmatch(name):
                raise wrong(path, "has a member whose name is no plain word")
            _leaves(inner, f"{path}/{name}" if path else name, role, found, deepest - 1)
    elif isinstance(value, list):
        for index, inner in enumerate(value[: MOST + 1]):
            _leaves(inner, f"{path}/{index}", role, found, deepest - 1)
        if len(value) > MOST:
            raise wrong(path, f"must have at most {MOST} elements")
    elif isinstance(value, str):
        found.parts.append(TextPart(path, role, string(value, path)))
    elif value is not None and not isinstance(value, bool):
        found.parts.append(TextPart(path, role, str(value)))


def link() -> Reader:
    """A URL that its recipient gets: path, query and file name may carry data."""

    def reader(value: Any, path: str, found: Found) -> None:
        found.parts.append(link_part(path, string(value, path)))

    return reader


def link_part(path: str, url: str, role: Role = Role.LINK) -> TextPart:
    """A URL as text, with its escapes undone."""
    return TextPart(path, role, unquote(url, errors="replace") if "%" in url else url)


def media() -> Reader:
    """The URL of a picture, a recording or a file, which nobody inspects."""

    def reader(value: Any, path: str, found: Found) -> None:
        url = string(value, path)
        found.media.append(url)
        found.parts.append(link_part(path, url))

    return reader


def reference() -> Reader:
    """A label or URL that its recipient does not see, but that may leak personal data."""

    def reader(value: Any, path: str, found: Found) -> None:
        whole = str(value) if type(value) in (int, float) else string(value, path)
        found.parts.append(link_part(path, whole, Role.REFERENCE))

    return reader


def person(kind: AddressKind = AddressKind.PHONE) -> Reader:
    """A recipient; digits without a plus are an international number (`providers.numbers`)."""

    def reader(value: Any, path: str, found: Found) -> None:
        found.recipients.append(recipient_of(string(value, path), path, kind))

    return reader


def sender(kind: AddressKind | None = None) -> Reader:
    """Who sends; its kind is told by its form unless it is given."""

    def reader(value: Any, path: str, found: Found) -> None:
        found.senders.append(sender_of(string(value, path), path, kind))

    return reader


def claim(name: str | None = None) -> Reader:
    """What the caller says of its own message: recorded under a name, never permission."""

    def reader(value: Any, path: str, found: Found) -> None:
        found.claims.append(Claim(name or path, _word(value, path)))

    return reader


def setting() -> Reader:
    """A short word, number or truth without text; kept in `Found.words` by its path."""

    def reader(value: Any, path: str, found: Found) -> None:
        found.words[path] = _word(value, path)

    return reader


def opaque(kind: str) -> Reader:
    """A reference to content that the gate does not see."""

    def reader(value: Any, path: str, found: Found) -> None:
        whole = str(value) if type(value) is int else string(value, path)
        found.opaque.append(Opaque(kind, whole, path))

    return reader


def refused(why: str = "is not supported by the gate") -> Reader:
    """A field that changes who gets the message or what it says, in ways that nobody can check."""

    def reader(_value: Any, path: str, _found: Found) -> None:
        raise wrong(path, why)

    return reader


def string(value: Any, path: str) -> str:
    """A string as it can be sent: no NUL and no lone surrogate; AmbiguousRequest for all else."""
    if not isinstance(value, str):
        raise wrong(path, "must be a string")
    if not value.isascii() and not _encodes(value):
        raise wrong(path, "has a lone surrogate in it")
    if "\0" in value:
        raise wrong(path, "has a NUL in it")
    return value


def _encodes(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _word(value: Any, path: str) -> str:
    """A setting is a word, a short id or a number: nothing that could hold a text or a card."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if type(value) in (int, float) and abs(value) < 1e11:
        return str(value)
    if isinstance(value, str) and (_WORD.fullmatch(value) or INSTANT.fullmatch(value)):
        return value
    raise wrong(path, "must be a short word or number")


def wrong(path: str, what: str) -> AmbiguousRequest:
    """The refusal of what stands at a path; the path is shown as far as it repeats no value."""
    return AmbiguousRequest(f"The field {_shown(path)} {what}.")


def _place(path: str, name: str) -> str:
    return _shown(f"{path}/{name}" if path else name)


def _shown(path: str) -> str:
    pieces = path.split("/") if path else ["(the body)"]
    named = [p if _SHOWN.fullmatch(p) or p.isdecimal() or p[:1] == "(" else "(?)" for p in pieces]
    return ".".join(named)


def _unknown(path: str, name: str, known: Mapping[str, Reader]) -> str:
    """A name is only repeated if it is a plain word: it may hold what belongs in a value."""
    plain = name.lower().replace("_", "").replace("-", "")
    meant = next((k for k in known if k.lower().replace("_", "").replace("-", "") == plain), None)
    if meant is not None:
        return f"A field is spelled almost like {_place(path, meant)}: write it exactly so."
    return f"Unknown field {_place(path, name)}: the gate cannot tell what it would do."
