"""Does a JSON text with one meaning fit the model that is asked for?"""

from __future__ import annotations

import re
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from gatekeeper.errors import InputRejected
from gatekeeper.providers.json_once import decoded

Model = TypeVar("Model", bound=BaseModel)


def read_json(raw: bytes, model: type[Model]) -> Model:
    """JSON with exactly one meaning as its model; raises InputRejected for any other."""
    try:
        decoded(raw.decode())
    except ValueError:
        raise InputRejected("the body is not valid JSON with each key once") from None
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        raise InputRejected(faults(error)) from None


def faults(error: ValidationError) -> str:
    """Each fault as `place: what`, without the values given; a name may be one of them."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(f"{_place(fault['loc'])}: {fault['msg']}" for fault in found[:10])


def _place(where: tuple[int | str, ...]) -> str:
    return ".".join(str(part) if _NAME.fullmatch(str(part)) else "(?)" for part in where) or "body"


_NAME = re.compile(r"[a-z_]{1,40}|[0-9]{1,4}", re.ASCII)
"""A field's name or a place in a list: anything else could be a number or a secret."""
