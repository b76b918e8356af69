"""What does a scalar without quotes mean?

As in the core schema of YAML 1.2, with days and instants, and with the one exception that digits
after a plus or a zero stay text: they are a phone number or a code, and a number would lose them.
So `off` and `21:00` are words, and `+12122000123` keeps its plus.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMERIC = frozenset("0123456789-+.")
_FORMS: tuple[tuple[re.Pattern[str], Callable[[str], Any]], ...] = (
    (re.compile(r"-?(?:0|[1-9][0-9]*)"), int),
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), date.fromisoformat),
    (
        re.compile(
            r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?"
            r"(?:Z|[-+][0-9]{2}:[0-9]{2})?"
        ),
        datetime.fromisoformat,
    ),
    (
        re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?"),
        float,
    ),
)


class NotAValue(ValueError):
    """It looks like a number, day or instant, and is none."""


def plain(text: str) -> Any:
    """The value of a scalar without quotes; raises NotAValue, as for the 31st of February."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMERIC:
        return text
    for form, value in _FORMS:
        if form.fullmatch(text):
            try:
                return value(text)
            except ValueError as error:
                raise NotAValue(f"not a value of this kind: {error}") from None
    return text
