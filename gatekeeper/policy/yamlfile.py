"""How is a YAML file read so that every key and value keeps its place?

Only the plain part of YAML 1.2 is read: one document of mappings, lists and scalars. Anchors,
aliases, tags, merge keys and doubled keys are faults, since each of them lets a reviewer read
something else than the machine does; size and depth are bounded.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.nodes import ScalarNode

from gatekeeper.policy.faults import Fault
from gatekeeper.policy.model import Source

MAX_BYTES = 1_048_576
MAX_DEPTH = 20

Path = tuple[str | int, ...]
_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "str", "timestamp")
)


@dataclass(frozen=True, slots=True)
class Located:
    """A value out of a file, with the places of everything within it."""

    value: Any
    file: PurePosixPath = PurePosixPath("-")
    keys: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    values: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    prefix: Path = ()

    def at(self, *path: str | int) -> Located:
        """The value below; raises LookupError where there is none."""
        below = self.value
        for step in path:
            below = below[step]
        return replace(self, value=below, prefix=self.prefix + path)

    def source(self, *path: str | int, key: bool = False) -> Source:
        """Where the value (or its key) stands; of a path that is not there, the nearest above.

        Steps that are not in the file are passed over, such as the names that pydantic puts
        into the location of a fault within a union.
        """
        known = self.prefix
        for step in path:
            known = (*known, step) if (*known, step) in self.values else known
        places = self.keys if key and known in self.keys else self.values
        return Source(self.file, *places.get(known, (1, 1)))

    def fault(self, message: str, *path: str | int, key: bool = False) -> Fault:
        """A fault at that place."""
        return Fault(self.source(*path, key=key), message)


class _Stop(Exception):
    """Reading cannot go on after this fault."""

    def __init__(self, event: Event, message: str) -> None:
        super().__init__(message)
        self.place = _place(event.start_mark)
        self.message = message


def read(data: bytes, file: PurePosixPath, faults: list[Fault]) -> Located | None:
    """Read one file; None if it cannot be read at all, its faults added to the list."""
    text = _decode(data, file, faults)
    if text is None:
        return None
    reader = _Reader(file, faults)
    try:
        value = reader.document(text)
    except _Stop as stop:
        reader.add(stop.place, stop.message)
    except MarkedYAMLError as error:
        place = _place(error.problem_mark) if error.problem_mark else (1, 1)
        reader.add(place, f"not valid YAML: {error.problem or error.context}")
    except YAMLError as error:
        reader.add((1, 1), f"not valid YAML: {str(error).splitlines()[0]}")
    else:
        return Located(value, file, reader.keys, reader.values)
    return None


def _decode(data: bytes, file: PurePosixPath, faults: list[Fault]) -> str | None:
    if len(data) > MAX_BYTES:
        faults.append(Fault(Source(file), f"larger than {MAX_BYTES} bytes"))
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.append(Fault(Source(file, line), "not UTF-8"))
        return None


def _place(mark: Any) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1)


class _Reader:
    """Builds the value of one document from the parser's events."""

    def __init__(self, file: PurePosixPath, faults: list[Fault]) -> None:
        self.file, self.faults = file, faults
        self.keys: dict[Path, tuple[int, int]] = {}
        self.values: dict[Path, tuple[int, int]] = {}
        self.yaml = YAML(typ="safe", pure=True)

    def add(self, place: tuple[int, int], message: str) -> None:
        self.faults.append(Fault(Source(self.file, *place), message))

    def document(self, text: str) -> Any:
        events = iter(self.yaml.parse(io.StringIO(text)))
        for event in events:
            if isinstance(event, DocumentStartEvent):
                break
        else:
            raise _Stop(event, "the file is empty")
        value = self.node(next(events), events, ())
        again = next((e for e in events if isinstance(e, DocumentStartEvent)), None)
        if again is not None:
            raise _Stop(again, "a second document in one file")
        return value

    def node(self, event: Event, events: Iterator[Event], path: Path) -> Any:
        if len(path) > MAX_DEPTH:
            raise _Stop(event, f"nested deeper than {MAX_DEPTH}")
        self.values[path] = _place(event.start_mark)
        self._plain(event)
        match event:
            case MappingStartEvent():
                return self._mapping(events, path)
            case SequenceStartEvent():
                return self._sequence(events, path)
            case ScalarEvent():
                return self._scalar(event)
        return None

    def _plain(self, event: Event) -> None:
        place = _place(event.start_mark)
        if isinstance(event, AliasEvent):
            self.add(place, "an alias; write the value out")
        elif getattr(event, "anchor", None):
            self.add(place, "an anchor; write the value out where it is meant")
        elif getattr(event, "tag", None) and not isinstance(event, AliasEvent):
            self.add(place, "a tag; plain values only")

    def _mapping(self, events: Iterator[Event], path: Path) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            key, place = self._key(event), _place(event.start_mark)
            if key in mapping:
                self.add(place, f"the key {key} stands here twice")
            below = (*path, key)
            self.keys[below] = place
            mapping[key] = self.node(next(events), events, below)
        return mapping

    def _key(self, event: Event) -> str:
        if not isinstance(event, ScalarEvent):
            raise _Stop(event, "a key must be a word")
        self._plain(event)
        if event.value == "<<":
            self.add(_place(event.start_mark), "a merge key; write the values out")
        return str(event.value)

    def _sequence(self, events: Iterator[Event], path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            items.append(self.node(event, events, (*path, len(items))))
        return items

    def _scalar(self, event: ScalarEvent) -> Any:
        text = str(event.value)
        tag = str(self.yaml.resolver.resolve(ScalarNode, text, event.implicit))
        if tag not in _PLAIN_TAGS or _is_dialled(tag, text):
            return text
        try:
            return self.yaml.constructor.construct_object(ScalarNode(tag, text))
        except ValueError as error:
            self.add(_place(event.start_mark), f"not a value of this kind: {error}")
            return None


def _is_dialled(tag: str, text: str) -> bool:
    """Digits after a plus or a zero are a phone number or code: an integer would lose them."""
    return tag.endswith(":int") and text[0] in "+0" and len(text) > 1
