"""How is a YAML file read so that every key and value keeps its place?

Only the plain part of YAML 1.2 is read: one document of mappings, lists and scalars. Anchors,
aliases, tags, directives, merge keys, doubled keys and characters that do not show are faults,
since each of them lets a reviewer read something else than the machine does. Size, depth and
number of values are bounded, and what is beyond a bound is never built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any
from unicodedata import category

import yaml
from yaml import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    MarkedYAMLError,
    ScalarEvent,
    SequenceEndEvent,
    YAMLError,
)
from yaml.cyaml import CBaseLoader

from gatekeeper.domain.fault_codes import Code
from gatekeeper.policy.faults import Fault
from gatekeeper.policy.model import Source
from gatekeeper.policy.scalar import NotAValue, plain

MAX_BYTES = 1_048_576
MAX_DEPTH = 20
MAX_VALUES = 100_000
MAX_FAULTS = 100
"""Of one file; after so many nobody reads on."""

Place = tuple[int, int]
"""Line and column, from 1."""
_ODD = re.compile(r"[^\t\n\r -~]")
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Categories of what does not show: controls, joiners, turns of direction, other line breaks."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


_NOTHING: Mapping[str | int, Spot] = {}


@dataclass(slots=True)
class Spot:
    """Where a value stands, where its key does, and the spots of what is within it."""

    place: Place = (1, 1)
    key: Place | None = None
    below: Mapping[str | int, Spot] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Located:
    """A value out of a file, with the places of everything within it."""

    value: Any
    file: PurePosixPath = PurePosixPath("-")
    spot: Spot = field(default_factory=Spot)
    noted: bool = True
    """Whether the file may hold notes, keys that begin with `x_`."""

    def at(self, *path: str | int) -> Located:
        """The value below; raises LookupError where there is none."""
        value, spot = self.value, self.spot
        for step in path:
            value, spot = value[step], spot.below[step]
        return replace(self, value=value, spot=spot)

    def source(self, *path: str | int, key: bool = False) -> Source:
        """Where the value (or its key) stands; of a path that is not there, the nearest above.

        Steps that are not in the file are passed over, such as the names that pydantic puts
        into the location of a fault within a union.
        """
        spot = self.spot
        for step in path:
            spot = spot.below.get(step, spot)
        return Source(self.file, *(spot.key if key and spot.key else spot.place))

    def fault(
        self,
        message: str,
        *path: str | int,
        key: bool = False,
        code: Code = Code.SENSELESS,
    ) -> Fault:
        """A fault at that place."""
        return Fault(self.source(*path, key=key), message, code)


class _Stop(Exception):
    """Reading cannot go on after this fault."""

    def __init__(self, place: Place, message: str, code: Code) -> None:
        super().__init__(message)
        self.place, self.message, self.code = place, message, code


def read(data: bytes, file: PurePosixPath, faults: list[Fault]) -> Located | None:
    """Read one file; None if it cannot be read at all, its faults added to the list."""
    text = _decode(data, file, faults)
    if text is None:
        return None
    reader = _Reader(file, faults)
    try:
        value = reader.document(text)
    except _Stop as stop:
        reader.add(stop.place, stop.message, stop.code)
    except MarkedYAMLError as error:
        place = _place(error.problem_mark) if error.problem_mark else (1, 1)
        reader.add(place, f"not valid YAML: {error.problem or error.context}", Code.NOT_YAML)
    except YAMLError as error:
        told = f"not valid YAML: {str(error).splitlines()[0]}"
        reader.add((1, 1), told, Code.NOT_YAML)
    else:
        return Located(value, file, reader.spot, reader.noted)
    return None


def _decode(data: bytes, file: PurePosixPath, faults: list[Fault]) -> str | None:
    if len(data) > MAX_BYTES:
        told = f"larger than {MAX_BYTES} bytes"
        faults.append(Fault(Source(file), told, Code.TOO_LARGE))
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.append(Fault(Source(file, line), "not UTF-8", Code.NOT_TEXT))
        return None
    text = text.removeprefix("\ufeff")
    unseen = next((m for m in _ODD.finditer(text) if category(m[0]) in _UNSEEN), None)
    if unseen is None:
        return text
    before = text[: unseen.start()]
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    told = f"the character U+{ord(unseen[0]):04X} does not show; write it as an escape"
    faults.append(Fault(Source(file, *place), told, Code.NOT_TEXT))
    return None


def _place(mark: Any) -> Place:
    return (mark.line + 1, mark.column + 1)


class _Reader:
    """Builds the value of one document from the parser's events."""

    def __init__(self, file: PurePosixPath, faults: list[Fault]) -> None:
        self.file, self.faults = file, faults
        self.spot = Spot()
        self.noted = False
        self._left, self._faults_left = MAX_VALUES, MAX_FAULTS

    def add(self, place: Place, message: str, code: Code = Code.NOT_PLAIN) -> None:
        self.faults.append(Fault(Source(self.file, *place), message, code))
        self._faults_left -= 1

    def document(self, text: str) -> Any:
        events = yaml.parse(text, Loader=CBaseLoader)
        for event in events:
            if isinstance(event, DocumentStartEvent):
                break
        else:
            raise _Stop(_place(event.start_mark), "the file is empty", Code.EMPTY)
        if event.version or event.tags:
            self.add(_place(event.start_mark), "a directive; plain values only")
        value = self._node(next(events), events, self.spot, 0)
        again = next((e for e in events if isinstance(e, DocumentStartEvent)), None)
        if again is not None:
            raise _Stop(_place(again.start_mark), "a second document in one file", Code.NOT_PLAIN)
        return value

    def _node(self, event: Event, events: Iterator[Event], spot: Spot, depth: int) -> Any:
        spot.place = place = _place(event.start_mark)
        self._left -= 1
        if depth > MAX_DEPTH:
            raise _Stop(place, f"nested deeper than {MAX_DEPTH}", Code.TOO_DEEP)
        if self._left < 0:
            raise _Stop(place, f"more than {MAX_VALUES} values in one file", Code.TOO_LARGE)
        if self._faults_left <= 0:
            told = f"more than {MAX_FAULTS} faults; not read on from here"
            raise _Stop(place, told, Code.TOO_LARGE)
        kind = type(event)
        if kind is AliasEvent:
            self.add(place, "an alias; write the value out")
            return None
        if event.anchor or event.tag:
            self._adorned(event, place)
        if kind is ScalarEvent:
            return self._scalar(event, place)
        if kind is MappingStartEvent:
            return self._mapping(events, spot, depth + 1)
        return self._sequence(events, spot, depth + 1)

    def _adorned(self, event: Event, place: Place) -> None:
        if event.anchor:
            self.add(place, "an anchor; write the value out where it is meant")
        else:
            self.add(place, "a tag; plain values only")

    def _mapping(self, events: Iterator[Event], spot: Spot, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        spot.below = spots = dict[str | int, Spot]()
        for event in events:
            if type(event) is MappingEndEvent:
                break
            place = _place(event.start_mark)
            key = self._key(event, place)
            if key in mapping:
                self.add(place, f"the key {key} stands here twice", Code.KEY_TWICE)
            spots[key] = below = Spot(key=place)
            mapping[key] = self._node(next(events), events, below, depth)
        return mapping

    def _key(self, event: Event, place: Place) -> str:
        if type(event) is not ScalarEvent:
            raise _Stop(place, "a key must be a word", Code.NOT_PLAIN)
        if event.anchor or event.tag:
            self._adorned(event, place)
        key = str(event.value)
        if key == "<<":
            self.add(place, "a merge key; write the values out")
        elif key.startswith("x_"):
            self.noted = True
        return key

    def _sequence(self, events: Iterator[Event], spot: Spot, depth: int) -> list[Any]:
        items: list[Any] = []
        spot.below = spots = dict[str | int, Spot]()
        for event in events:
            if type(event) is SequenceEndEvent:
                break
            spots[len(items)] = below = Spot()
            items.append(self._node(event, events, below, depth))
        return items

    def _scalar(self, event: ScalarEvent, place: Place) -> Any:
        text = str(event.value)
        if not event.implicit[0]:  # between quotes, or a block of text
            if _CONTROL.search(text):
                self.add(place, "a control character; texts are shown to people", Code.NOT_TEXT)
            return text
        try:
            return plain(text)
        except NotAValue as error:
            self.add(place, str(error), Code.WRONG_VALUE)
            return None
