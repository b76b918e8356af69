"""Which validator has a detector's file named, and which could it have meant?"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from gatekeeper.screening.text_validators import TEXT_VALIDATORS, text_validator
from gatekeeper.screening.validators import VALIDATORS, validator

_STDNUM = "stdnum"


def loads(name: str, *, textual: bool) -> bool:
    """Whether there is such a validator, of values that a pattern finds or of numbers."""
    try:
        text_validator(name) if textual else validator(name)
    except KeyError:
        return False
    return True


def known_validators(name: str, *, textual: bool) -> tuple[str, ...]:
    """Names to suggest: our own, and of python-stdnum's if the name begins so."""
    own = tuple(TEXT_VALIDATORS if textual else VALIDATORS)
    return (*own, *_modules()) if name.startswith("std") else own


def _modules() -> Iterator[str]:
    for place in files(_STDNUM).iterdir():
        if place.is_dir() and not place.name.startswith("_"):
            for module in place.iterdir():
                if module.name.endswith(".py") and not module.name.startswith("_"):
                    yield f"{_STDNUM}.{place.name}.{module.name.removesuffix('.py')}"
        elif place.name.endswith(".py") and not place.name.startswith("_"):
            yield f"{_STDNUM}.{place.name.removesuffix('.py')}"
