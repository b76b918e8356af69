"""Where in a JSON document does each character of its strings stand?

For documents that a JSON parser has read before: this only finds again, by the tokens of RFC 8259,
where the strings stand that the parser gave.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from gatekeeper.providers.places import Placed

Path = tuple[str | int, ...]
"""Names of members and places in arrays, from the root."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+')
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]",
    re.DOTALL,
)


def strings(document: str) -> dict[Path, Placed]:
    """Every string value of a document that is well-formed, by its path."""
    return dict(_values(_TOKEN.finditer(document)))


def _values(tokens: Iterator[re.Match[str]]) -> Iterator[tuple[Path, Placed]]:
    path: list[str | int] = []
    named: list[bool] = []
    """For each open container whether its next string is the name of a member."""
    objects: list[bool] = []
    for token in tokens:
        sign = token.group()
        if sign in "{[":
            objects.append(sign == "{")
            named.append(sign == "{")
            path.append("" if sign == "{" else 0)
        elif sign in "}]":
            for stack in (objects, named, path):
                stack.pop()
        elif sign == ",":
            named[-1] = objects[-1]
            path[-1] = path[-1] + 1 if isinstance(path[-1], int) else path[-1]
        elif sign[0] == '"' and named and named[-1]:
            path[-1], named[-1] = json.loads(sign), False
        elif sign[0] == '"':
            yield tuple(path), _placed(sign, token.start())


def _placed(literal: str, start: int) -> Placed:
    found = list(_CHARACTER.finditer(literal, 1, len(literal) - 1))
    spans = [(start + each.start(), start + each.end()) for each in found]
    return Placed(json.loads(literal), spans)
