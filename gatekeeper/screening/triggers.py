"""Which further readings does a text give cause for? One RE2 Set tells, in one linear pass.

A trigger may be wrong that there is something, never that there is nothing.
"""

from __future__ import annotations

from enum import IntEnum

import re2

from gatekeeper.screening.views import View


class Trigger(IntEnum):
    """What a text may hold that is not plain to see; the places of the patterns in the set."""

    ENCODED = 0
    WIDE = 1
    FORGED = 2
    FIGURED = 3
    APART = 4
    DRAWLED = 5


_DIGIT_LIKE = "[oqli|sbzgt]"
_PATTERNS = {
    Trigger.ENCODED: r"[%&\\]|=[0-9a-f]{2}=|0x|[^ \n]{16}",
    Trigger.WIDE: r"[0-9][^a-z0-9]{5,}[0-9]",
    Trigger.FORGED: (
        rf"[0-9]{_DIGIT_LIKE}|{_DIGIT_LIKE}[0-9]"
        rf"|[0-9][^a-z0-9]{{1,3}}{_DIGIT_LIKE}{{1,4}}[^a-z0-9]{{1,3}}[0-9]"
    ),
    Trigger.FIGURED: r"[a-z][0134578@$!|]+[a-z]|\b[01345][a-z]{3}|[@$][a-z]{2}|[a-z][@$034]\b|\$\$",
    Trigger.APART: r"\b[a-z][ ._*,/+-][a-z][ ._*,/+-][a-z]\b",
    Trigger.DRAWLED: "|".join(f"{letter}{{3}}" for letter in "abcdefghijklmnopqrstuvy"),
}


MEMORY = 1 << 20
"""Bytes that the set may use: what it keeps of the texts it has seen grows to this and no more."""


def _set() -> re2.Set:
    options = re2.Options()
    options.log_errors, options.max_mem = False, MEMORY
    patterns = re2.Set.SearchSet(options)
    for trigger in Trigger:
        patterns.Add(_PATTERNS[trigger])
    patterns.Compile()
    return patterns


_SET = _set()
NONE: frozenset[int] = frozenset()


def triggers(view: View) -> frozenset[int]:
    """The triggers that the text holds."""
    found = _SET.Match(view.folded)
    return frozenset(found) if found else NONE
