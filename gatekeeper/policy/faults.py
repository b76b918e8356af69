"""What is wrong in a file, exactly where, and what was probably meant?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from gatekeeper.policy.model import Source


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; as text it is `file:line:column: message`, which editors can jump to."""

    source: Source
    message: str

    def __str__(self) -> str:
        return f"{self.source}: {self.message}"

    @property
    def order(self) -> tuple[str, int, int]:
        """Faults are told by file, then from top to bottom."""
        return (str(self.source.file), self.source.line, self.source.column)


def suggest(word: object, known: Iterable[object]) -> str:
    """` (did you mean x?)` for a word close to a known one, otherwise nothing."""
    names = {str(name).lower(): str(name) for name in known}
    near = get_close_matches(str(word).lower(), names, n=1, cutoff=0.6)
    return f" (did you mean {names[near[0]]}?)" if near else ""


def lines(faults: Iterable[Fault]) -> tuple[str, ...]:
    """The faults as lines of text, each once, in order of their places."""
    ordered = sorted(faults, key=lambda fault: fault.order)
    return tuple(dict.fromkeys(str(fault) for fault in ordered))
