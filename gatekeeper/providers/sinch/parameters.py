"""What does each recipient of a batch read, once its parameters are filled in?

`parameters: {name: {number: value, "default": value}}`, and `${name}` in the text
(developers.sinch.com, "Message parameterization"). A card number may be cut between the two, so
every text that some recipient gets is read as a whole as well.

A recipient's number stands in the place of a member's name, so paths count places instead:
`parameters/name/0`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gatekeeper.domain.message import Address, TextPart
from gatekeeper.domain.words import Role
from gatekeeper.providers.numbers import international
from gatekeeper.providers.shape import MOST, PLAIN_NAME, Found, Reader, string, wrong

FIELD = "parameters"
DEFAULT = "default"

NUMBER = re.compile(r"\+?[0-9][0-9 ().-]{1,24}")
"""A telephone number, however it is written; anything else is the id of a group."""

_PLACEHOLDER = re.compile(r"\$\{([A-Za-z0-9._-]{1,64})\}")
_FILLERS = str.maketrans("", "", " ().-")

Values = Mapping[str, Mapping[str, str]]


def same_number(value: str) -> str:
    """A number in the one spelling by which two are compared."""
    return international(value.translate(_FILLERS).removeprefix("+"))


def parameters() -> Reader:
    """The parameters, each value a text."""

    def reader(value: Any, path: str, found: Found) -> None:
        for name, values in _members(value, path).items():
            if not PLAIN_NAME.fullmatch(name):
                raise wrong(path, "has a member whose name is no plain word")
            within = f"{path}/{name}"
            for place, (key, text) in enumerate(_members(values, within).items()):
                if key != DEFAULT and not NUMBER.fullmatch(key):
                    raise wrong(within, "must be by number, or by the word default")
                at = f"{within}/{place}"
                found.parts.append(TextPart(at, Role.TEMPLATE_VAR, string(text, at)))

    return reader


def _members(value: Any, path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise wrong(path, "must be an object")
    if len(value) > MOST:
        raise wrong(path, f"must have at most {MOST} members")
    return value


def filled_in(
    parts: Sequence[TextPart], values: Values, recipients: Sequence[Address]
) -> Iterator[TextPart]:
    """Every text that differs from its template for some recipient, each once."""
    by_number = {name: _by_number(each) for name, each in values.items()}
    for part in parts:
        if part.role is Role.TEMPLATE_VAR or not _PLACEHOLDER.search(part.text):
            continue
        seen = {part.text}
        for place, recipient in enumerate(recipients):
            text = _filled(part.text, by_number, same_number(recipient.value))
            if text not in seen:
                seen.add(text)
                yield TextPart(f"{part.path}/{place}", Role.JOINED, text)


def _by_number(values: Mapping[str, str]) -> dict[str, str]:
    return {key if key == DEFAULT else same_number(key): text for key, text in values.items()}


def _filled(template: str, values: Values, number: str) -> str:
    def one(placeholder: re.Match[str]) -> str:
        given = values.get(placeholder[1])
        return placeholder[0] if given is None else given.get(number, given.get(DEFAULT, ""))

    return _PLACEHOLDER.sub(one, template)


def written_path(path: str, body: Mapping[str, Any]) -> str:
    """The path of a part as it stands in the document: a place is a number's member there."""
    field, _, rest = path.partition("/")
    name, _, place = rest.rpartition("/")
    if field != FIELD or not place.isdecimal():
        return path
    return f"{FIELD}/{name}/{list(body[FIELD][name])[int(place)]}"
