"""Who has opted out at the provider, and how do they come to be opted out here?

Page by page over the upstream's own connections, as far back as the operator asks. What is known
already is not recorded again, so a pull that broke off is simply run once more.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from gatekeeper.domain.registry import Caller, CredentialMode
from gatekeeper.domain.reply import ReplyReading
from gatekeeper.errors import DependencyUnavailable, InputRejected
from gatekeeper.ledger.imports import Progress
from gatekeeper.pipeline.forward import unsealed
from gatekeeper.pipeline.inbound import addressee
from gatekeeper.pipeline.inbound_record import Recorder
from gatekeeper.pipeline.inbound_will import Word
from gatekeeper.pipeline.upstream import NotSent, Unknown
from gatekeeper.providers.contract import Credential, Provider, RawRequest, Reply
from gatekeeper.providers.webhook import InboundEvent

MAX_PAGES = 100_000
PAGE_S = 30.0
"""A page comes in this time, or the pull ends."""


@dataclass(slots=True)
class Tally:
    """What a pull has found so far."""

    seen: int = 0
    recorded: int = 0
    known: int = 0
    foreign: int = 0
    """About senders that this tenant has not registered: left out."""


@dataclass(frozen=True, slots=True)
class Pull:
    """Reads a provider's opt-outs into the ledger."""

    recorder: Recorder
    providers: Mapping[str, Provider]
    page_s: float = PAGE_S
    tally: Tally = field(default_factory=Tally)

    async def run(self, name: str, since: datetime) -> AsyncIterator[Progress]:
        """Pull for one application: progress by entries seen, then what became of them.

        InputRejected if the application cannot ask; DependencyUnavailable if a page did not come.
        """
        caller, provider = self._caller(name)
        credential = self._credential(caller)
        page: str | None = None
        for _ in range(MAX_PAGES):
            request = provider.opt_outs(caller.application.account, since, page)
            read = provider.read_opt_outs(await self._answer(provider, request, credential))
            for event in read.events:
                await self._learn(caller, provider, event)
            self.tally.seen += read.seen
            yield Progress("read", self.tally.seen)
            if (page := read.next) is None:
                break
        for stage in ("recorded", "known", "foreign"):
            yield Progress(stage, getattr(self.tally, stage))

    def _caller(self, name: str) -> tuple[Caller, Provider]:
        registry = self.recorder.rooms.configured.current.registry
        application = registry.applications.get(name)
        if application is None:
            raise InputRejected(f"there is no application {name}")
        caller = Caller(application, registry.tenants[application.tenant])
        return caller, self.providers[application.provider]

    def _credential(self, caller: Caller) -> Credential:
        application = caller.application
        if application.mode is CredentialMode.PASS_THROUGH or application.secret is None:
            raise InputRejected(
                "the gate does not hold the provider's secret of an application in pass_through "
                "mode, so it cannot ask: its webhooks and delivery statuses tell instead"
            )
        account = application.upstream_account or application.account
        return Credential(account, unsealed(self.recorder.rooms.keys, application))

    async def _answer(self, provider: Provider, request: RawRequest, with_: Credential) -> Reply:
        deadline = asyncio.get_running_loop().time() + self.page_s
        upstream = self.recorder.rooms.upstreams.get(provider.name)
        if upstream is None:
            raise DependencyUnavailable("upstream", f"no upstream is set for {provider.name}")
        outcome = await upstream.send(provider.swap(request, with_), deadline)
        if isinstance(outcome, NotSent | Unknown):
            raise DependencyUnavailable("upstream", outcome.why)
        return outcome

    async def _learn(self, caller: Caller, provider: Provider, event: InboundEvent) -> None:
        rooms = self.recorder.rooms
        to = addressee(event, caller, rooms.configured.current, rooms.clock())
        if to is None:
            self.tally.foreign += 1
            return
        word = Word(event, ReplyReading(), provider.name, caller.application.account)
        heard = await self.recorder.hear(caller, word, to, "pull")
        if heard.recorded:
            self.tally.recorded += 1
        else:
            self.tally.known += 1
