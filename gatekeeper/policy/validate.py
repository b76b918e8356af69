"""Does a value read from a file have its shape, and if not, what is wrong at which place?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from gatekeeper.domain.fault_codes import Code, Faulty
from gatekeeper.policy.faults import Fault, suggest
from gatekeeper.policy.row import without_notes
from gatekeeper.policy.yamlfile import Located

Model = TypeVar("Model", bound=BaseModel)
_CHOICES = ("enum", "literal_error")
FORMS = frozenset({"word", "mapping"})
"""Names of the forms that a union may take: pydantic tells them as if they were keys."""


def said(located: Located) -> Any:
    """The value without its notes; the same object where the file has none."""
    return without_notes(located.value) if located.noted else located.value


def parse(model: type[Model], located: Located, faults: list[Fault]) -> Model | None:
    """The value as this model; None, with all its faults added to the list, if it is not one."""
    try:
        return model.model_validate(said(located))
    except ValidationError as error:
        faults.extend(_faults(model, located, error.errors()))
        return None


def _faults(
    model: type[BaseModel], located: Located, errors: list[ErrorDetails]
) -> Iterator[Fault]:
    """One fault for each place: of a union of words and mappings, the list of the words."""
    choices: dict[str, list[ErrorDetails]] = {}
    for error in errors:
        if error["type"] in _CHOICES:
            choices.setdefault(str(located.source(*error["loc"])), []).append(error)
    for alike in choices.values():
        yield located.fault(_choice_message(alike), *alike[0]["loc"], code=Code.UNKNOWN_WORD)
    for error in errors:
        emptied = error["type"] == "too_short" and error["input"]
        if str(located.source(*error["loc"])) not in choices and not emptied:
            yield _fault(model, located, error)


def _fault(model: type[BaseModel], located: Located, error: ErrorDetails) -> Fault:
    *above, name = [step for step in error["loc"] if step not in FORMS] or ["this"]
    match error["type"]:
        case "extra_forbidden":
            message = f"unknown key {name}{suggest(name, known_keys(model, above))}"
            return located.fault(message, *error["loc"], key=True, code=Code.UNKNOWN_KEY)
        case "missing":
            return located.fault(f"{name} is missing", *above, code=_missing(name))
        case "value_error":
            wrong = error["ctx"]["error"]
            code = wrong.code if isinstance(wrong, Faulty) else Code.WRONG_VALUE
            return located.fault(str(wrong), *error["loc"], code=code)
        case "too_short" | "string_too_short":
            return located.fault(f"{name} is empty", *error["loc"], code=_missing(name))
        case "timezone_aware":
            told = f"{name} needs an offset, such as -05:00"
            return located.fault(told, *error["loc"], code=Code.WRONG_VALUE)
        case "model_type" | "dict_type":
            told = f"{name} must be a mapping"
            return located.fault(told, *error["loc"], code=Code.WRONG_VALUE)
    named = name if isinstance(name, str) or not above else f"{above[-1]}.{name}"
    told = f"{named}: {error['msg'][0].lower()}{error['msg'][1:]}"
    return located.fault(told, *error["loc"], code=Code.WRONG_VALUE)


def _missing(name: Any) -> Code:
    return {"citation": Code.NO_CITATION, "tests": Code.NO_TEST}.get(str(name), Code.MISSING)


def _choice_message(errors: list[ErrorDetails]) -> str:
    known = [word for e in errors for word in re.findall(r"'([^']+)'", e["ctx"]["expected"])]
    value = errors[0]["input"]
    near = suggest(value, known)
    return f"{value} is not one of {', '.join(known)}{near}"


def known_keys(model: type[BaseModel], loc: list[Any]) -> Iterator[str]:
    """The keys that are known where an unknown one was found."""
    models = [model]
    for step in loc:
        models = [m for each in models for m in _below(each, step)] or models
    for each in models:
        yield from (field.alias or name for name, field in each.model_fields.items())


def _below(model: type[BaseModel], step: Any) -> Iterator[type[BaseModel]]:
    for name, field in model.model_fields.items():
        if step == (field.alias or name):
            yield from _models_in(field.annotation)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
