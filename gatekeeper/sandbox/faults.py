"""Which recipients make the sandbox carrier fail, and how?

Twilio's own magic numbers (twilio.com/docs/iam/test-credentials) answer as there. Numbers that end
in 555-0190 to 555-0195, in any area code, or in 555-0198, simulate a carrier in trouble, 555-0196
and 555-0197 somebody who does not get what was accepted; such numbers are fictional (ATIS-0300115)
and reach nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto


class Silence(Enum):
    """Ways not to answer, each after the message was accepted."""

    HANGS = auto()
    """The connection stays open and no answer comes."""
    DROPS = auto()
    """The connection is closed without an answer."""
    HALVES = auto()
    """The connection is closed after half of the answer."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An error answer in Twilio's shape."""

    status: int
    code: int
    message: str


MAGIC: Mapping[str, Fault] = {
    "+15005550001": Fault(400, 21211, "Invalid 'To' Phone Number"),
    "+15005550002": Fault(400, 21612, "Cannot route to this number"),
    "+15005550003": Fault(400, 21408, "Permission to send to this region is not enabled"),
    "+15005550004": Fault(400, 21610, "Attempt to send to unsubscribed recipient"),
    "+15005550009": Fault(400, 21614, "'To' number is not a valid mobile number"),
}

TROUBLE: Mapping[str, Fault | Silence] = {
    "5550190": Fault(500, 20500, "Internal server error"),
    "5550191": Fault(503, 20503, "Service unavailable"),
    "5550192": Fault(429, 20429, "Too many requests"),
    "5550193": Fault(400, 21211, "Invalid 'To' Phone Number"),
    "5550194": Silence.HANGS,
    "5550195": Silence.DROPS,
    "5550198": Silence.HALVES,
}
"""By the last seven digits of the recipient."""


UNDELIVERED: Mapping[str, int] = {
    "5550196": 21610,
    "5550197": 30003,
}
"""Accepted, and then not delivered, with this error code; by the last seven digits."""


def code_of(recipient: str) -> int | None:
    """With which code an accepted message to that recipient is not delivered; None if it is."""
    return UNDELIVERED.get(recipient.rpartition(":")[2][-7:])


def fault_of(recipient: str) -> Fault | Silence | None:
    """What goes wrong for that recipient; None if nothing does."""
    number = recipient.rpartition(":")[2]
    return MAGIC.get(number) or TROUBLE.get(number[-7:])
