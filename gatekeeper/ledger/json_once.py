"""Has a JSON text exactly one meaning, and does it fit what is asked for?"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from gatekeeper.errors import InputRejected

Model = TypeVar("Model", bound=BaseModel)


def read_json(raw: bytes, model: type[Model]) -> Model:
    """JSON with exactly one meaning as its model.

    Parsers differ on a repeated key, on NaN, and on how deep they go (RFC 8259 section 4 and 9):
    such a text is refused, since another reader may have understood something else.
    """
    try:
        decoded(raw.decode())
    except ValueError:
        raise InputRejected("the body is not valid JSON with each key once") from None
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        raise InputRejected(faults(error)) from None


def decoded(text: str) -> Any:
    """The value of a JSON text with one meaning; ValueError for any other."""
    try:
        return json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("it goes too deep") from None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is given twice")
    return found


def _no_constant(_word: str) -> NoReturn:
    raise ValueError("not a JSON number")


def faults(error: ValidationError) -> str:
    """Each fault as `place: what`, without the values given; a name may be one of them."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(f"{_place(fault['loc'])}: {fault['msg']}" for fault in found[:10])


def _place(where: tuple[int | str, ...]) -> str:
    return ".".join(str(part) if _NAME.fullmatch(str(part)) else "(?)" for part in where) or "body"


_NAME = re.compile(r"[a-z_]{1,40}|[0-9]{1,4}", re.ASCII)
"""A field's name or a place in a list: anything else could be a number or a secret."""
