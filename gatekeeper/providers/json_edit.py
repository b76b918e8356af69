"""How is a JSON document changed in one place, so that every other character stays as it was?

For documents that a JSON parser has read before: this only finds again where the values stand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from gatekeeper.providers.json_places import Path

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+')

Span = tuple[int, int]
"""Where something begins and ends in the document."""


@dataclass(slots=True)
class _Container:
    """An array or object: each element's name or place, and the span from its name or value on."""

    path: Path
    object: bool
    elements: dict[str | int, Span] = field(default_factory=dict)
    name: str | int = 0
    begun: int | None = None
    """Where the element began that is being read."""
    awaits_name: bool = False


def without(document: str, path: Path, left_out: Collection[str | int]) -> str:
    """The document without these elements of the array or object at a path.

    Raises KeyError for a path at which there is none.
    """
    elements = _containers(document)[path].elements
    kept = [place for place in elements if place not in left_out]
    spans = list(elements.values())
    if not spans or len(kept) == len(spans):
        return document
    written = "".join(
        (document[_after(elements, place) : elements[place][0]] if at else "")
        + document[slice(*elements[place])]
        for at, place in enumerate(kept)
    )
    return document[: spans[0][0]] + written + document[spans[-1][1] :]


def _after(elements: dict[str | int, Span], place: str | int) -> int:
    """Where the element before this one ends: what is between them divides the two."""
    places = list(elements)
    return elements[places[places.index(place) - 1]][1]


def with_text(document: str, path: Path, text: str) -> str:
    """The document with another string in place of the value at a path."""
    start, end = _containers(document)[path[:-1]].elements[path[-1]]
    element = document[start:end]
    head = ""
    if isinstance(path[-1], str):
        name = _TOKEN.match(element)
        colon = element.index(":", name.end() if name else 0)
        value = _TOKEN.search(element, colon + 1)
        head = element[: value.start() if value else colon + 1]
    return document[:start] + head + json.dumps(text) + document[end:]


def _containers(document: str) -> dict[Path, _Container]:
    found: dict[Path, _Container] = {}
    for container in _read(document):
        found.setdefault(container.path, container)
    return found


def _read(document: str) -> Iterator[_Container]:
    """Every container, once it is closed."""
    open_now: list[_Container] = []
    for token in _TOKEN.finditer(document):
        sign, inside = token.group(), open_now[-1] if open_now else None
        if sign in "]}":
            closed = open_now.pop()
            _end(closed, token.start(), document)
            yield closed
        elif sign == "," and inside is not None:
            _end(inside, token.start(), document)
            inside.awaits_name = inside.object
            inside.name = inside.name + 1 if isinstance(inside.name, int) else ""
        elif sign == ":":
            continue
        else:
            if inside is not None and inside.begun is None:
                inside.begun = token.start()
            if inside is not None and inside.awaits_name:
                inside.name, inside.awaits_name = json.loads(sign), False
            elif sign in "[{":
                path = (*inside.path, inside.name) if inside else ()
                open_now.append(_opened(path, sign == "{"))


def _opened(path: Path, of_members: bool) -> _Container:
    return _Container(path, of_members, name="" if of_members else 0, awaits_name=of_members)


def _end(container: _Container, at: int, document: str) -> None:
    """The element that was being read ends before this place, less the blanks."""
    if container.begun is not None:
        end = container.begun + len(document[container.begun : at].rstrip(" \t\r\n"))
        container.elements[container.name] = (container.begun, end)
        container.begun = None
