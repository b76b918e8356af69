"""How is a message typed at the command line, in the words of `POST /v1/check`?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from inspect import Parameter
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console

from gatekeeper.rollout.whatif import CheckRequest

MAPPINGS = frozenset({"recipient", "assume"})
"""Fields of the question that are given as JSON."""
FLAGS = frozenset({"explain"})
"""Fields of the question that are yes or no."""


def options(*, required: bool = True, without: frozenset[str] = frozenset()) -> Iterator[Parameter]:
    """One option for each field of the question, so that it is asked here as it is over HTTP."""
    for name, field in CheckRequest.model_fields.items():
        if name in without:
            continue
        word = field.alias or name
        note = f"{field.description} As JSON." if name in MAPPINGS else field.description
        option = typer.Option(f"--{word}", help=note, show_default=False)
        if name in FLAGS:
            yield parameter(name, Annotated[bool, option], default=False)
        elif required and field.is_required():
            yield parameter(name, Annotated[str, option])
        else:
            yield parameter(name, Annotated[str | None, option], default=None)


def parameter(name: str, annotation: Any, default: Any = Parameter.empty) -> Parameter:
    """A parameter of a command, given by its name alone."""
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def read_question(said: Mapping[str, Any]) -> CheckRequest:
    """The question that the options ask; one that cannot be read ends the command with 2."""
    fields = CheckRequest.model_fields
    try:
        return CheckRequest.model_validate(
            {
                fields[name].alias or name: _json(name, value) if name in MAPPINGS else value
                for name, value in said.items()
                if value is not None
            }
        )
    except ValidationError as error:
        refuse("\n".join(_lines(error)))


def _json(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        refuse(f"--{name} is not JSON: {error}")


def _lines(error: ValidationError) -> list[str]:
    """What is wrong with each option, without its value."""
    faults = error.errors(include_input=False, include_url=False)
    return [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults]


def refuse(message: str) -> NoReturn:
    """End the command with a message and exit status 2."""
    Console(stderr=True, markup=False, highlight=False, soft_wrap=True).print(message)
    raise typer.Exit(2)
