"""Has a JSON text exactly one meaning?

Parsers differ on a repeated key, on NaN, and on how deep they go (RFC 8259 sections 4 and 9): such
a text is refused, since another reader may have understood something else.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn


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
