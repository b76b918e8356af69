"""What happens to a provider's webhook, read aloud.

whose is it, is the signature true, what does it tell, record it, and only then answer: by the
app's own words where the gate passes webhooks on, with nothing where it only listens.
"""

from __future__ import annotations

import hmac
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gatekeeper.domain.registry import Application, Caller, CredentialMode, InboundMode
from gatekeeper.errors import CredentialInvalid, DependencyUnavailable
from gatekeeper.ledger.registrar import secret_scope
from gatekeeper.ledger.webhooks import webhook_scope
from gatekeeper.pipeline.case import sender_of
from gatekeeper.pipeline.inbound_record import Heard, Recorder
from gatekeeper.pipeline.inbound_will import Addressee, Word, reading_of
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.pipeline.snapshot import Snapshot
from gatekeeper.providers.contract import Provider, RawRequest, Reply
from gatekeeper.providers.webhook import InboundEvent, Meaning

_NOBODY = "a-secret-that-nobody-holds"
"""A webhook for an unknown application is checked as well: how long it takes tells nothing."""


@dataclass(frozen=True, slots=True)
class Hook:
    """One call of a provider: for which application, at which of our addresses."""

    provider: Provider
    application: str
    raw: RawRequest
    url: str
    """The whole URL that the provider called, as it signs it."""
    status: bool = False
    """Whether it came to the address of status callbacks."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """Takes webhooks; every part with a side effect is handed in."""

    rooms: Rooms
    recorder: Recorder

    async def take(self, hook: Hook) -> Reply:
        """Record what a webhook tells, then answer it.

        Nothing is recorded and an error raised for a webhook that cannot be read
        (AmbiguousRequest) or is not signed by the application's provider (CredentialInvalid).
        DependencyUnavailable: it is not acknowledged, and telling it again does no harm.
        """
        snapshot = self.rooms.configured.current
        caller = self._authentic(hook, snapshot)
        events = tuple(_ours(hook, caller, snapshot))
        heard = [await self._hear(hook, caller, event, to) for event, to in events]
        self.rooms.watch.heard(_outcome(heard))
        return await self._answer(hook, caller)

    def _authentic(self, hook: Hook, snapshot: Snapshot) -> Caller:
        """The application whose provider signed this; alike for every way of being false."""
        account = hook.provider.inbound(hook.raw).account
        caller = _caller(hook, snapshot)
        secrets = list(self._secrets(caller.application)) if caller else []
        now = self.rooms.clock()
        held = [
            hook.provider.verify(hook.raw, hook.url, secret, now) for secret in secrets or [_NOBODY]
        ]
        named = caller.application.account if caller else ""
        same = not account or hmac.compare_digest(account.encode(), named.encode())
        if caller is None or not secrets or not any(held) or not same:
            raise CredentialInvalid("not signed by the application's provider")
        return caller

    def _secrets(self, application: Application) -> Iterator[str]:
        """What the provider signs with: its own secret, or what was given for webhooks."""
        if application.mode is CredentialMode.VAULT and application.secret:
            yield self._unsealed(application.secret, secret_scope(application.id))
        for_webhooks = [application.provider_webhook_secret]
        if application.mode is CredentialMode.PASS_THROUGH:
            for_webhooks.append(application.webhook_secret)
        for sealed in filter(None, for_webhooks):
            yield self._unsealed(sealed, webhook_scope(application.id))

    def _unsealed(self, sealed: str, scope: bytes) -> str:
        return self.rooms.keys.unseal(b64decode(sealed), scope).decode()

    async def _hear(self, hook: Hook, caller: Caller, event: InboundEvent, to: Addressee) -> Heard:
        snapshot = self.rooms.configured.current
        reading = reading_of(event, snapshot.replies.read(event.text))
        word = Word(event, reading, hook.provider.name, caller.application.account)
        way = "webhook" if event.meaning is Meaning.MESSAGE else "status"
        return await self.recorder.hear(caller, word, to, way)

    async def _answer(self, hook: Hook, caller: Caller) -> Reply:
        if caller.application.inbound_mode is InboundMode.TAP or not caller.application.inbound_url:
            return hook.provider.reply()
        raise DependencyUnavailable("relay", "webhooks are not passed on yet")


def _caller(hook: Hook, snapshot: Snapshot) -> Caller | None:
    application = snapshot.registry.applications.get(hook.application)
    if application is None or application.provider != hook.provider.name:
        return None
    tenant = snapshot.registry.tenants.get(application.tenant)
    return Caller(application, tenant) if tenant else None


def _ours(
    hook: Hook, caller: Caller, snapshot: Snapshot
) -> Iterator[tuple[InboundEvent, Addressee]]:
    """The events about senders of this tenant; one webhook with none of them is not for it."""
    events = hook.provider.events(hook.raw)
    found = [(event, to) for event in events if (to := addressee(event, caller, snapshot))]
    if events and not found:
        raise CredentialInvalid("not about a sender of the application's tenant")
    yield from found


def addressee(event: InboundEvent, caller: Caller, snapshot: Snapshot) -> Addressee | None:
    """Our side of an event, None if the tenant has no such sender."""
    registry, tenant = snapshot.registry, caller.tenant
    for address in event.senders:
        _, sender_id = sender_of(address, event.channel)
        sender = registry.senders.get((tenant.id, sender_id))
        if sender is None:
            continue
        named = sender.campaign or caller.application.campaign
        campaign = registry.campaigns.get((tenant.id, named)) if named else None
        brand = registry.brands.get((tenant.id, campaign.brand or "")) if campaign else None
        return Addressee(tenant, sender_id, campaign, brand, tenant.revocation)
    return None


def _outcome(heard: Sequence[Heard]) -> str:
    if any(each.recorded for each in heard):
        return "recorded"
    return "again" if any(each.again for each in heard) else "nothing"
