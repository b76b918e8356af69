"""Which native endpoint is at a path? Exact matching, segment by segment, within bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from gatekeeper.proxy.routes import Route

PARAMETRIC = "/v1/"
"""All paths with parameters begin so; no other path is taken apart."""
MAX_SEGMENTS = 8
MAX_VALUE = 1000
"""Characters of one parameter, decoded."""


class Place(NamedTuple):
    """What is at a path: its routes by method, and the values of its parameters."""

    routes: Mapping[str, Route]
    values: Mapping[str, str]


class Paths:
    """The paths of all routes."""

    def __init__(self, routes: Sequence[Route]) -> None:
        plain: dict[str, dict[str, Route]] = {}
        shaped: dict[tuple[str, ...], dict[str, Route]] = {}
        for route in routes:
            if route.params:
                shaped.setdefault(tuple(route.path.split("/")), {})[route.method] = route
            else:
                plain.setdefault(route.path, {})[route.method] = route
        self._plain = {path: Place(by_method, {}) for path, by_method in plain.items()}
        self._shaped = tuple(shaped.items())

    def find(self, path: str) -> Place | None:
        """What is at a raw (still encoded) path; None if nothing is."""
        found = self._plain.get(path)
        if found is not None or not path.startswith(PARAMETRIC):
            return found
        segments = path.split("/", MAX_SEGMENTS)
        for shape, routes in self._shaped:
            values = _values(shape, segments)
            if values is not None:
                return Place(routes, values)
        return None


def _values(shape: Sequence[str], segments: Sequence[str]) -> dict[str, str] | None:
    if len(shape) != len(segments):
        return None
    values: dict[str, str] = {}
    for wanted, given in zip(shape, segments, strict=True):
        if not wanted.startswith("{"):
            if wanted != given:
                return None
            continue
        value = _decoded(given)
        if value is None:
            return None
        values[wanted.strip("{}")] = value
    return values


def _decoded(segment: str) -> str | None:
    """A parameter's value; None for one that is empty, too long, or no printable text."""
    try:
        value = unquote(segment, errors="strict")
    except UnicodeDecodeError:
        return None
    return value if 0 < len(value) <= MAX_VALUE and value.isprintable() else None
