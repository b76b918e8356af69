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
from gatekeeper.providers.attach import Attach
from gatekeeper.providers.webhook import InboundEvent, InboundOperation, Meaning, OptOutPage

Headers = tuple[tuple[str, str], ...]


class RawRequest(Struct, frozen=True, gc=False):
    """A request as it came in: `target` is the raw path with its query; headers keep order."""

    method: str
    target: str
    headers: Headers
    body: bytes
    service: str = ""
    """Which of the provider's services was addressed, by its name; empty: the first."""

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
    LOGIN = "login"
    """The app asks for a token: it gets its own key back, which identifies it from then on."""


class Service(Struct, frozen=True, gc=False):
    """One of the vendor's hosts: its name within the provider, empty for the first."""

    name: str
    hosts: tuple[str, ...]
    """The vendor's own host, and others under which SDKs call the same service."""


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
    service: str = ""
    """Where it goes upstream, if not to the service that was addressed."""


class Credential(Struct, frozen=True, gc=False):
    """What the app's SDK sends to identify itself: the account it names and the secret.

    The account is empty where the SDK names none: then the secret alone identifies.
    """

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
    operation: str = ""
    """The name of the operation that is refused; empty if there was none yet."""
    service: str = ""
    """The provider's service that was addressed: its APIs may word a refusal each in its way."""
    recipients: int = 1
    """How many the request has, for providers that answer for each of them."""


class Token(Struct, frozen=True, gc=False):
    """What a provider gives for a credential, and how many seconds it lasts."""

    value: str
    expires_s: float


class Login(Protocol):
    """How a token is had from a provider whose API takes no other credential, purely."""

    def grant(self, raw: RawRequest, credential: Credential) -> Reply:
        """The provider's answer to a log-in, with the app's own key as the token."""

    def token_request(self, credential: Credential) -> RawRequest | None:
        """The log-in that the gate itself makes with the provider's real secret.

        None: this secret is no password but a token already, and is sent as it is.
        """

    def read_token(self, reply: Reply) -> Token | None:
        """The token of a log-in's answer, None if there is none in it."""


class Lookup(Protocol):
    """Whom a request concerns that names them by an id alone (a live call, a conversation)."""

    def question(self, raw: RawRequest, operation: Operation) -> RawRequest | None:
        """The read by which the provider tells them; None where the request itself does.

        It is made before the request is judged, under the application's real credential.
        """

    def answered(self, request: OutboundRequest, reply: Reply) -> OutboundRequest:
        """What `parse` read, with everybody whom the provider's answer (a 200) names.

        Raises AmbiguousRequest if it names nobody, or somebody who cannot be judged.
        """


class Simulated(Struct, frozen=True, gc=False):
    """A message or state that the sandbox carrier tells of by webhook."""

    id: str
    channel: Channel
    person: str
    """Who wrote, or who was written to: E.164 or the provider's id."""
    sender: str
    """Our side."""
    text: str = ""
    at: datetime | None = None
    code: str = ""
    """For a state: the provider's error code, empty if it was delivered."""
    account: str = ""
    """The provider's account, where its webhooks name one."""


class Carrier(Protocol):
    """What the sandbox carrier says in the provider's name, purely."""

    def accepted(
        self, raw: RawRequest, operation: Operation, request: OutboundRequest, sid: str
    ) -> Reply:
        """The answer to a send that was taken; `sid` is 32 hexadecimal digits, new each time."""

    def passed(self, raw: RawRequest, operation: Operation) -> Reply:
        """The answer to what sends nothing: a read, a cancel."""

    def wrote(self, message: Simulated) -> RawRequest:
        """The webhook of a message that a person sent, unsigned."""

    def delivered(self, state: Simulated) -> RawRequest:
        """The webhook of what became of a message, unsigned."""


class Greeting(Struct, frozen=True, gc=False):
    """A provider's question, before it sends any webhook, whether the address is ours."""

    token: str
    """What only who registered the address can know: the secret of the app's webhooks."""
    reply: Reply
    """The answer that it waits for."""


class Webhooks(Protocol):
    """What the provider tells by calling us, and what we answer, as pure functions.

    The order is always the same: `inbound` says whose webhook it claims to be, the gate looks up
    that application's secret, `verify` says whether the claim holds, and only then are `events`
    read. `inbound` and `events` raise AmbiguousRequest for what has no one meaning: nothing is
    recorded then, and the provider hears 400.
    """

    def greeting(self, raw: RawRequest) -> Greeting | None:
        """The question whether this address is ours; None for a webhook."""

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


def door_name(provider: Provider, service: str) -> str:
    """The name of a provider's service in paths, hosts and settings: `vonage`, `vonage-rest`."""
    return f"{provider.name}-{service}" if service else provider.name


class Provider(Webhooks, Protocol):
    """One provider's wire format, as pure functions."""

    name: str
    services: tuple[Service, ...]
    """The vendor's hosts, the first of them the one that is meant where none is named."""
    deadline_s: float | None
    """Seconds in which the provider must have answered, for SDKs that wait for less than the
    installation's own limit; None: that limit."""
    login: Login | None
    lookup: Lookup | None
    """None: every request names its recipients itself."""
    carrier: Carrier | None
    """None: the sandbox has a carrier of its own for it."""
    attach: Attach
    """How an app's SDK is pointed at the gate."""

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

    def drop(
        self, raw: RawRequest, operation: Operation, indexes: Sequence[int]
    ) -> RawRequest | None:
        """A request that `parse` took, without these of its recipients (by their place in
        `recipients`); what concerns the others stays. None where the form does not permit it.
        """

    def unrecorded(self, raw: RawRequest, operation: Operation) -> RawRequest | None:
        """A request that `parse` took, without the recording of the call that it asks for; None
        where that stands in a script, or the form does not permit it."""

    def refuse(self, refusal: Refusal) -> Reply:
        """The provider's own error shape; never a status that its SDK would retry, but for
        a limiter (429) and a lost dependency (503), both with Retry-After."""
