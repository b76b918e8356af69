"""What must a provider module be able to do? Every one has this shape and no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from gatekeeper.domain.match import Span
from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel
from gatekeeper.providers.webhook import InboundEvent, InboundOperation, Meaning, OptOutPage

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
    observe: str | None = None
    """Where the tenant is in its observe time, until when: `until=...`."""


class Webhooks(Protocol):
    """What the provider tells by calling us, and what we answer, as pure functions.

    The order is always the same: `inbound` says whose webhook it claims to be, the gate looks up
    that application's secret, `verify` says whether the claim holds, and only then are `events`
    read. `inbound` and `events` raise AmbiguousRequest for what has no one meaning: nothing is
    recorded then, and the provider hears 400.
    """

    def inbound(self, raw: RawRequest) -> InboundOperation:
        """Which account a webhook concerns."""

    def verify(self, raw: RawRequest, url: str, secret: str, now: datetime) -> bool:
        """Whether whoever holds the secret signed this webhook for this URL.

        `url` is the whole address under which the provider reached us. The comparison takes the
        same time wherever two signatures differ. Where the provider signs a time, one that lies
        too far from `now` does not hold; where it signs none, a replay is the same event.
        """

    def events(self, raw: RawRequest) -> tuple[InboundEvent, ...]:
        """What a webhook tells; empty if nothing in it bears on anybody's consent or delivery."""

    def resign(self, raw: RawRequest, url: str, secret: str) -> RawRequest:
        """The same webhook as if the provider had signed it for another URL and secret.

        Its body stays byte for byte; its target is that of `url`.
        """

    def reply(self, texts: Sequence[str] = ()) -> Reply:
        """The provider's own answer to a webhook, which sends these texts to who wrote."""

    def answers(self, reply: Reply, event: InboundEvent) -> tuple[OutboundRequest, ...]:
        """The messages that an app's answer to this event would send, each with one meaning.

        Raises AmbiguousRequest for an answer that does anything which cannot be judged here.
        """

    def told(self, reply: Reply) -> Meaning:
        """What the provider's answer to a send says of the recipient's will."""

    def opt_outs(self, account: str, since: datetime, page: str | None = None) -> RawRequest:
        """The request for one page of those who opted out at the provider; the first by None.

        It has no credential yet: `swap` puts it in.
        """

    def read_opt_outs(self, reply: Reply) -> OptOutPage:
        """The page that came; raises AmbiguousRequest if it is none."""


class Provider(Webhooks, Protocol):
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
