"""Which values that a pattern found can really be an id, a key, an account?

For values that are not digits alone; numbers whose digits may stand apart are in `validators`.
Any module of python-stdnum serves by its name (`stdnum.it.codicefiscale`), as there.
"""

from __future__ import annotations

from collections.abc import Callable

from gatekeeper.screening import documents, lettered_ids
from gatekeeper.screening.passwords import (
    any_password,
    mixed_password,
    password,
    strong_password,
)
from gatekeeper.screening.secret_tokens import base58_key, json_web_token, random_token, token
from gatekeeper.screening.seed_phrases import seed_phrase
from gatekeeper.screening.stdnum_modules import check_of
from gatekeeper.screening.validators import STDNUM, Evidence, passes

TextValidator = Callable[[str], Evidence | None]
"""Evidence for a value as it is written, or None: it cannot be one."""


def _named(name: str, is_valid: Callable[[str], bool]) -> TextValidator:
    def check(value: str) -> Evidence | None:
        return Evidence(0, (name,)) if passes(is_valid, value) else None

    return check


TEXT_VALIDATORS: dict[str, TextValidator] = {
    "password": password,
    "mixed_password": mixed_password,
    "strong_password": strong_password,
    "any_password": any_password,
    "token": token,
    "random_token": random_token,
    "json_web_token": json_web_token,
    "base58_key": base58_key,
    "seed_phrase": seed_phrase,
    **{
        name: _named(name, check)
        for name, check in (lettered_ids.CHECKS | documents.CHECKS).items()
    },
}


def text_validator(name: str) -> TextValidator:
    """The validator of that name; KeyError for an unknown one."""
    if not STDNUM.fullmatch(name):
        return TEXT_VALIDATORS[name]
    return _named(name, check_of(name))
