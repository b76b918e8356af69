"""What is wrong in a file, exactly where, and what was probably meant?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePosixPath

from gatekeeper.domain.fault_codes import WARNINGS, Code
from gatekeeper.errors import PolicyError
from gatekeeper.policy.model import Source


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; as text it is `file:line:column: message`, which editors can jump to."""

    source: Source
    message: str
    code: Code = Code.SENSELESS

    def __str__(self) -> str:
        return f"{self.source}: {self.message}"

    @property
    def warning(self) -> bool:
        """Whether a folder is in order all the same."""
        return self.code in WARNINGS

    @classmethod
    def read(cls, line: str, code: Code) -> Fault:
        """A line `file:line:column: message`, as one of this kind; else all of it is message."""
        place, _, message = line.partition(": ")
        file, *numbers = place.rsplit(":", 2)
        if len(numbers) != 2 or not all(number.isdigit() for number in numbers):
            return cls(Source(PurePosixPath("-")), line, code)
        return cls(Source(PurePosixPath(file), *map(int, numbers)), message, code)

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


def refusal(faults: Iterable[Fault]) -> PolicyError:
    """The error that tells these faults, and keeps them with their codes."""
    ordered = tuple(dict.fromkeys(sorted(faults, key=lambda fault: fault.order)))
    return PolicyError(lines(ordered), ordered)


def found_in(error: PolicyError, code: Code) -> tuple[Fault, ...]:
    """The faults that an error tells; those that it has as lines alone are of this kind."""
    return error.found or tuple(Fault.read(line, code) for line in error.faults)
