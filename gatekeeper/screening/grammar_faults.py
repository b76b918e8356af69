"""In which words, and at which places, are the faults of a detector's parts told?

What has a shape is checked first, and what makes no sense together after. So that an author sees
all of it at once, the parts are looked at again without what was found to be faulty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from typing import Any, Protocol

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from gatekeeper.domain.fault_codes import Code, Faulty
from gatekeeper.policy.faults import Fault, suggest
from gatekeeper.policy.model import Source
from gatekeeper.policy.validate import known_keys
from gatekeeper.screening.steps import OTHER

Path = tuple[str | int, ...]
_STEPS = ("tokens", "unless")
_STEP_KEYS = ("gap", "maybe")
_ROUNDS = 5
"""How often what is left is looked at again."""
_WORD = "x"
_PLAIN = {
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "dict_type": "a mapping",
    "float_parsing": "a number",
    "float_type": "a number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "model_type": "a mapping",
    "string_type": "a text; put it between quotation marks",
    "tuple_type": "a list",
}


class Several(ValueError):
    """All that is wrong with one part."""

    def __init__(self, found: Iterable[Faulty]) -> None:
        self.found = tuple(found)
        super().__init__("; ".join(map(str, self.found)))


def refuse(found: Iterable[Faulty]) -> None:
    """Raise what was found, if anything was."""
    several = Several(found)
    if several.found:
        raise several


class Stands(Protocol):
    """Where the parts of a detector stand."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def source(self) -> Source:
        """Where it stands."""

    @property
    def where(self) -> Callable[..., Source] | None:
        """Where a part of it stands, if that is known."""


def told(
    stands: Stands, raw: dict[str, Any], model: type[BaseModel], invalid: ValidationError
) -> Iterator[Fault]:
    """Every fault of these parts, which `model` does not take."""
    rest, removed = deepcopy(raw), frozenset[Path]()
    for _ in range(_ROUNDS):
        errors = invalid.errors(include_url=False)
        found = [
            *_shaped(rest, model, [error for error in errors if not _of_sense(error)]),
            *_sense(errors, removed),
        ]
        for faulty in found:
            yield _fault(stands, faulty)
        places = (_short(rest, faulty.path) for faulty in found)
        removed |= {path[:4] if _is_step(path) else path for path in places if len(path) > 1}
        for path in sorted(removed, key=len, reverse=True):
            _make_harmless(rest, path)
        try:
            model.model_validate(rest)
        except ValidationError as again:
            invalid = again
        else:
            return


def _fault(stands: Stands, faulty: Faulty) -> Fault:
    source = stands.source
    if stands.where is not None:
        source = stands.where(*faulty.path, key=faulty.code is Code.UNKNOWN_KEY)
    path = ".".join(map(str, faulty.path))
    told = f"{stands.id}: {path}: {faulty}" if path else f"{stands.id}: {faulty}"
    return Fault(source, told, faulty.code)


def _of_sense(error: ErrorDetails) -> bool:
    return isinstance(error.get("ctx", {}).get("error"), Several)


def _sense(errors: list[ErrorDetails], removed: frozenset[Path]) -> Iterator[Faulty]:
    """Faults of sense; none that may be there only because something was taken out."""
    for error in errors:
        if not _of_sense(error):
            continue
        for faulty in error["ctx"]["error"].found:
            path = (*error["loc"], *faulty.path)
            if not any(_follows(faulty.code, path, each) for each in removed):
                yield Faulty(faulty.code, str(faulty), *path)


def _follows(code: Code, path: Path, removed: Path) -> bool:
    """Whether a fault could be there because of what was taken out.

    So is one of the same thing or of what it is in; that a key is missing beside others, where a
    whole key was taken out; and that a word set is unknown, where all of them were.
    """
    if path[: len(removed)] == removed[: len(path)]:
        return True
    if code is Code.UNKNOWN_WORD:
        return removed == ("find", "words")
    return code is Code.DETECTOR and len(path) == len(removed) == 2 and path[0] == removed[0]


def _make_harmless(value: Any, path: Path) -> None:
    """Take a value out; in a list put another in its place, so that the rest keep theirs."""
    for step in path[:-1]:
        if not _holds(value, step):
            return
        value = value[step]
    if not _holds(value, path[-1]):
        return
    if isinstance(value, list):
        value[int(path[-1])] = _harmless(path)
    else:
        del value[path[-1]]


def _harmless(path: Path) -> Any:
    if path[:2] == ("context", "exempt") and len(path) == 3:
        return {"words": [_WORD]}
    if path[0] == "find" and path[1] in _STEPS:
        return OTHER if len(path) == 4 else [OTHER] if len(path) == 3 else _WORD
    return [1] if path[:2] == ("find", "groups") else _WORD


def _short(raw: Any, loc: Path) -> Path:
    """The place as the file has it: without the names that pydantic gives to forms of a union."""
    path: list[str | int] = []
    for step in loc:
        below = raw[step] if _holds(raw, step) else None
        if not _holds(raw, step):
            break
        path.append(step)
        raw = below
    return tuple(path)


def _holds(value: Any, step: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(step, int) and step < len(value)
    return isinstance(value, dict) and step in value


def _shaped(
    raw: dict[str, Any], model: type[BaseModel], errors: list[ErrorDetails]
) -> Iterator[Faulty]:
    """One fault for each place."""
    told: set[Path] = set()
    for error in errors:
        path = _short(raw, error["loc"])
        if _is_step(path):
            if path[:4] not in told:
                told.add(path[:4])
                yield _step(raw, path[:4])
        elif error["type"] == "extra_forbidden":
            *above, name = error["loc"]
            near = suggest(name, known_keys(model, above))
            yield Faulty(Code.UNKNOWN_KEY, f"unknown key {name}{near}", *path)
        elif path[:2] == ("gate", "digits"):
            wanted = "must be the fewest and the most digits, as [9, 9]"
            yield Faulty(Code.WRONG_VALUE, wanted, *path[:2])
        elif error["type"] == "missing":
            yield Faulty(Code.MISSING, f"{error['loc'][-1]} is missing", *path)
        else:
            yield _valued(error, path)


def _is_step(path: Path) -> bool:
    return len(path) >= 4 and path[0] == "find" and path[1] in _STEPS


def _step(raw: dict[str, Any], path: Path) -> Faulty:
    """A step that is none: its forms are told, and which was probably meant."""
    step: Any = raw
    for each in path:
        step = step[each]
    if isinstance(step, dict):
        for name in step:
            if name not in _STEP_KEYS:
                near = suggest(name, _STEP_KEYS)
                return Faulty(Code.UNKNOWN_KEY, f"unknown step {name}{near}", *path)
        if set(step) == {"gap"}:
            return Faulty(Code.WRONG_VALUE, "a gap is a whole number from 1 to 12", *path, "gap")
    told = "a step is a word set, a list of words, {gap: n}, {maybe: ...} or a built-in step"
    return Faulty(Code.WRONG_VALUE, told, *path)


def _valued(error: ErrorDetails, path: Path) -> Faulty:
    kind = error["type"]
    if kind in ("too_short", "string_too_short"):
        return Faulty(Code.MISSING, "is empty", *path)
    wanted = _PLAIN.get(kind)
    wrong = error["msg"][0].lower() + error["msg"][1:]
    return Faulty(Code.WRONG_VALUE, f"must be {wanted}" if wanted else wrong, *path)
