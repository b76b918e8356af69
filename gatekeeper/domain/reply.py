"""What does a recipient's reply mean for their consent?"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class ReplyKind(StrEnum):
    """What a recipient wants by a reply; in this order the first binds if a text says several."""

    STOP = "stop"
    HELP = "help"
    START = "start"
    NONE = "none"
    """Nothing of the kind: a conversation."""


class ReplyReading(Struct, frozen=True):
    """How a reply was read; the text itself is not kept."""

    kind: ReplyKind = ReplyKind.NONE
    certain: bool = True
    """Whether a reasonable reader could take it otherwise; if so a person should look."""
    rule: str = ""
    """Id of the keyword set or pattern that decided; empty for NONE. `unread` is said of a text
    that asks to stop, perhaps, in a part too long to be read."""
    language: str = ""
    """`en`, `es`, `fr` ...: the language of that rule; empty for NONE and `unread`."""


UNREAD = "unread"
"""The rule of a reply that was not read to its end."""
