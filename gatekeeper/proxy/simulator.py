"""What if a person answers, or a message is not delivered? Played in the sandbox, signed and all.

The provider's own webhook is made, signed with what the application's provider signs with, and
taken as if the provider had called: nothing on the way from the signature on is left out.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec.structs import replace

from gatekeeper.domain.registry import Application, Registry
from gatekeeper.domain.words import Channel, SenderState
from gatekeeper.errors import InputRejected
from gatekeeper.policy.faults import suggest
from gatekeeper.providers.contract import Provider, RawRequest, Simulated
from gatekeeper.proxy.inbound import PREFIX, Webhooks

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class SimulatedInput(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Who writes what to whom, or with which code a message was not delivered."""

    person: Line
    provider: Line | None = None
    application: Line | None = None
    """None: the one application at that provider."""
    sender: Line | None = None
    """None: the first active sender of the application's tenant on that channel."""
    channel: Channel = Channel.SMS
    text: Annotated[str, msgspec.Meta(max_length=4000)] = ""
    status: bool = False
    """A delivery status in place of a message."""
    code: Annotated[str, msgspec.Meta(max_length=40)] = ""
    """The provider's error code of that status; empty: delivered."""


@dataclass(frozen=True, slots=True)
class Simulator:
    """Plays webhooks; InputRejected says why one cannot be played."""

    webhooks: Webhooks
    providers: Mapping[str, Provider]
    registry: Callable[[], Registry]
    clock: Callable[[], datetime]
    sandbox: bool

    async def play(self, asked: SimulatedInput) -> dict[str, Any]:
        """Make the webhook and take it; what the provider would have been answered."""
        if not self.sandbox:
            raise InputRejected("webhooks are played only where every upstream is the sandbox")
        application = self._application(asked)
        provider = self._provider(application.provider)
        told = Simulated(
            id=secrets.token_hex(16),
            channel=asked.channel,
            person=asked.person,
            sender=asked.sender or self._sender(application, asked.channel),
            text=asked.text,
            at=self.clock(),
            code=asked.code,
            account=application.account,
        )
        raw = self._signed(application, provider, told, status=asked.status)
        answer = await self.webhooks.handle(raw)
        body = getattr(answer, "body", None)
        said = body.decode(errors="replace") if isinstance(body, bytes) else ""
        return {"application": application.id, "status": answer.status, "answer": said}

    def _application(self, asked: SimulatedInput) -> Application:
        known = self.registry().applications
        if asked.application is not None:
            if asked.application not in known:
                hint = suggest(asked.application, known)
                raise InputRejected(f"there is no application {asked.application}{hint}")
            return known[asked.application]
        if asked.provider is not None:
            self._provider(asked.provider)
        found = [app for app in known.values() if asked.provider in (None, app.provider)]
        if len(found) != 1:
            raise InputRejected(
                f"{len(found)} applications fit: name one with --app ({', '.join(sorted(known))})"
            )
        return found[0]

    def _provider(self, name: str) -> Provider:
        if name not in self.providers:
            raise InputRejected(f"there is no provider {name}{suggest(name, self.providers)}")
        return self.providers[name]

    def _sender(self, application: Application, channel: Channel) -> str:
        prefixed = channel in (Channel.WHATSAPP, Channel.MESSENGER, Channel.RCS)
        for sender in self.registry().senders.values():
            own = sender.tenant == application.tenant and sender.state is SenderState.ACTIVE
            if own and sender.id.startswith(f"{channel}:" if prefixed else "+"):
                return sender.id.partition(":")[2] if prefixed else sender.id
        raise InputRejected(f"the tenant has no active sender on {channel}: name one with --to")

    def _signed(
        self, application: Application, provider: Provider, told: Simulated, *, status: bool
    ) -> RawRequest:
        if provider.carrier is None:
            raise InputRejected(f"the sandbox plays no webhooks of {provider.name}")
        made = provider.carrier.delivered(told) if status else provider.carrier.wrote(told)
        path = f"{PREFIX}{provider.name}/{application.id}{'/status' if status else ''}"
        url = self.webhooks.public.of(path)
        for secret in self.webhooks.inbound.secrets(application):
            raw = replace(provider.resign(made, url, secret), target=path)
            if provider.verify(raw, url, secret, self.clock()):
                return raw
        raise InputRejected(
            f"{provider.name} signs with a key of its own, which nobody else has, or the "
            "application has no webhook secret: register one with `gatekeeper app webhook "
            f"{application.id} --provider-secret`"
        )
