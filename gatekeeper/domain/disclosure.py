"""What must a message tell its recipient, and what does it tell?"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Element(StrEnum):
    """One thing that a law or a carrier wants the recipient to be told."""

    SENDER = "sender"
    """Who sends it."""
    OPT_OUT = "opt_out"
    """How to stop such messages."""
    FEES = "fees"
    """That the carrier may charge for messages and data."""
    HELP = "help"
    """How to get help."""
    AI = "ai"
    """That a machine writes or speaks."""
    RECORDING = "recording"
    """That the call is recorded."""
    CONTACT = "contact"
    """Where the sender can be reached: a link, a number, a mail or postal address."""


class Told(Struct, frozen=True, gc=False):
    """What the texts of a message tell, as far as they were read."""

    elements: frozenset[str] | None = None
    """The elements; None where no text is known."""
    language: str | None = None
    """Language of the texts (ISO 639), None where it cannot be told."""
