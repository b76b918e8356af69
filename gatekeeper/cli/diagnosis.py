"""What does the doctor say of one thing that was looked at?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that was looked at; `advice` says what to do when it is not well."""

    what: str
    state: str
    """ok, warn or bad."""
    found: str
    advice: str = ""
