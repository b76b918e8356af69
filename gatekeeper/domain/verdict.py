"""What may become of a message?"""

from __future__ import annotations

from enum import IntEnum


class Verdict(IntEnum):
    """The lattice of verdicts: a greater one is stricter, and the strictest finding wins."""

    ALLOW = 0
    FLAG = 1
    REDACT = 2
    DEFER = 3
    HOLD = 4
    BLOCK = 5

    @property
    def label(self) -> str:
        """The lower-case word used in files, records and headers."""
        return _LABELS[self]

    @property
    def forwards(self) -> bool:
        """Whether the message goes upstream now (unaltered, flagged or redacted)."""
        return self <= Verdict.REDACT

    @classmethod
    def of(cls, label: str) -> Verdict:
        """Read the lower-case word; raises KeyError for any other."""
        return cls[label.upper()]


_LABELS = tuple(verdict.name.lower() for verdict in Verdict)
