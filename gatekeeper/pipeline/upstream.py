"""What can become of a request that is sent to a provider?

The seam between the spine and the network. There are exactly three outcomes, and which one it is
decides whether a message may ever be tried again: after `Unknown` it may not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from gatekeeper.providers.contract import RawRequest, Reply


@dataclass(frozen=True, slots=True)
class NotSent:
    """No byte of the request has left: the provider surely does not know of it."""

    why: str
    """For the record and the log: never holds a secret, a body or an address of a person."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Bytes may have left and no whole reply came: the provider may have acted on them."""

    why: str
    """For the record and the log: never holds a secret, a body or an address of a person."""


Outcome = Reply | NotSent | Unknown


class Upstream(Protocol):
    """A provider's API as the gate sees it."""

    async def send(self, request: RawRequest, deadline: float) -> Outcome:
        """Send once, never again, and tell what became of it; no redirect is followed.

        `deadline` is an instant of the event loop's clock, in seconds. If the caller is
        cancelled, the connection is dropped and the outcome counts as unknown.
        """

    async def close(self) -> None:
        """Drop every connection; what is under way ends unknown."""
