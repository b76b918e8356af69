"""What does a labelled line say that its text holds?"""

from __future__ import annotations

from typing import Any

import msgspec

from gatekeeper.domain.words import Family
from gatekeeper.policy.faults import suggest

KEYS = ("labels", "label", "families", "expected")
"""Each of them says the same; one of them stands in every line."""
CLEAN = frozenset({"clean", "none", "benign", "ham"})
"""Words for a text that holds nothing, beside null and the empty list."""
_PREFIX = "content."


class Labelled(msgspec.Struct):
    """A line with a text and what it is known to hold."""

    id: str | int
    text: str
    labels: Any = msgspec.UNSET
    label: Any = msgspec.UNSET
    families: Any = msgspec.UNSET
    expected: Any = msgspec.UNSET
    may: Any = msgspec.UNSET
    """Families that it may be said to hold or not: it does not count for them."""

    def families_allowed(self) -> frozenset[Family]:
        """The families for which the line does not count."""
        return frozenset() if self.may is msgspec.UNSET else _families("may", self.may)

    def families_told(self) -> frozenset[Family]:
        """The families that are labelled; ValueError if it says none, two things or a wrong one."""
        said = {k: v for k in KEYS if (v := getattr(self, k)) is not msgspec.UNSET}
        if not said:
            raise ValueError(
                f'{", ".join(KEYS[:-1])} or {KEYS[-1]} is missing; clean is "labels": []'
            )
        read = [_families(key, value) for key, value in said.items()]
        if any(each != read[0] for each in read):
            raise ValueError(f"{' and '.join(said)} do not say the same")
        return read[0]


def _families(key: str, value: Any) -> frozenset[Family]:
    words = value if isinstance(value, list) else [value]
    return frozenset(found for word in words if (found := _family(key, word)) is not None)


def _family(key: str, word: Any) -> Family | None:
    if word is None:
        return None
    if not isinstance(word, str):
        raise ValueError(f"{key} holds what is no name of a family; write a list of names")
    if word in CLEAN:
        return None
    try:
        return Family(word.removeprefix(_PREFIX))
    except ValueError:
        near = suggest(word, Family) or f"; one of {', '.join(Family)}, or clean"
        raise ValueError(f"{key} names no family{near}") from None
