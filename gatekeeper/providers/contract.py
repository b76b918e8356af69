"""What must a provider module be able to do? Every one has this shape and no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from gatekeeper.domain.match import Span
from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel

Headers = tuple[tuple[str, str], ...]


class RawRequest(Struct, frozen=True, gc=False):
    """A request as it came in: `target` is the raw path with its query; headers keep order."""

    method: str
    target: str
    headers: Headers
    body: bytes

    @property
    def path(self) -> str:
        """The raw path without the query."""
        return self.target.partition("?")[0]

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case."""
        wanted = name.lower()
        return next((v for k, v in self.headers if k.lower() == wanted), None)


class Reply(Struct, frozen=True, gc=False):
    """An answer to the app."""

    status: int
    headers: Headers
    body: bytes


class Handling(StrEnum):
    """What the gate does with an operation."""

    DECIDE = "decide"
    PASS = "pass"
    REFUSE = "refuse"


class Operation(Struct, frozen=True, gc=False):
    """What a method and path mean to the provider."""

    name: str
    handling: Handling
    channel: Channel = Channel.SMS
    account: str = ""
    detail: str = ""
    """For REFUSE: a plain sentence that tells the app why."""
    status: int | None = None
    """For REFUSE: a fixed HTTP status (404, 405), None for the usual one."""


class Credential(Struct, frozen=True, gc=False):
    """What the app's SDK sends to identify itself: the account it names and the secret."""

    account: str
    secret: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is answered by the gate itself."""

    reason: Reason
    verdict: Verdict
    message: str
    channel: Channel = Channel.SMS
    retry_after: int | None = None
    """Seconds, only where the app may try again."""
    status: int | None = None
    """A fixed HTTP status (413, 415, 504 ...) where the reason alone does not tell."""
    decision: str | None = None
    rule: str | None = None
    next_allowed_at: str | None = None


class Provider(Protocol):
    """One provider's wire format, as pure functions."""

    name: str

    def match(self, raw: RawRequest) -> Operation | None:
        """The operation, or None if the path is not this provider's at all."""

    def credential(self, raw: RawRequest) -> Credential | None:
        """The credential, or None if there is none that can be read."""

    def parse(self, raw: RawRequest, operation: Operation) -> OutboundRequest:
        """The request with its one meaning; raises AmbiguousRequest otherwise."""

    def swap(self, raw: RawRequest, credential: Credential) -> RawRequest:
        """The same request under another credential; every other byte stays."""

    def redact(self, raw: RawRequest, spans: Sequence[Span]) -> RawRequest | None:
        """A request that `parse` took, with these spans of its texts masked.

        Every byte outside the values of the fields concerned stays. None if a span lies
        in anything but a plain text, or outside of it: then nothing may be sent.
        """

    def refuse(self, refusal: Refusal) -> Reply:
        """The provider's own error shape; never a status that its SDK would retry, but for
        a limiter (429) and a lost dependency (503), both with Retry-After."""
