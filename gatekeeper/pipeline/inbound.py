"""What happens to a provider's webhook, read aloud.

whose is it, is the signature true, what does it tell, record it, and only then answer: by the
app's own words where the gate passes webhooks on, with nothing where it only listens.
"""

from __future__ import annotations

import hmac
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from gatekeeper.domain.registry import Application, Caller, CredentialMode, InboundMode
from gatekeeper.errors import CredentialInvalid, DependencyUnavailable
from gatekeeper.ledger.registrar import secret_scope
from gatekeeper.ledger.webhooks import webhook_scope
from gatekeeper.pipeline.case import sender_of
from gatekeeper.pipeline.inbound_answer import own_answer, permitted
from gatekeeper.pipeline.inbound_record import Heard, Recorder
from gatekeeper.pipeline.inbound_relay import Relays, anonymous
from gatekeeper.pipeline.inbound_will import Addressee, Word, reading_of, widened
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.pipeline.snapshot import Snapshot
from gatekeeper.providers.contract import Greeting, Provider, RawRequest, Reply
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
    relay: Relays

    async def take(self, hook: Hook) -> Reply:
        """Record what a webhook tells, then answer it.

        Nothing is recorded and an error raised for a webhook that cannot be read
        (AmbiguousRequest) or is not signed by the application's provider (CredentialInvalid).
        DependencyUnavailable: it is not acknowledged, and telling it again does no harm.
        """
        snapshot = self.rooms.configured.current
        operation = hook.provider.inbound(hook.raw)
        caller = self._authentic(hook, operation.account, snapshot)
        events = tuple(_ours(hook, caller, snapshot, self.rooms.clock()))
        if not events and operation.account and operation.answered:
            raise CredentialInvalid("not about a sender of the application's tenant")
        heard = [await self._hear(hook, caller, event, to) for event, to in events]
        self.rooms.watch.heard(_outcome(heard))
        answer = await self._relayed(hook, caller)
        messages = [each for each in heard if each.event.meaning is Meaning.MESSAGE]
        if not operation.answered or len(messages) != 1:
            return hook.provider.reply()
        return await self._answer(hook, caller, messages[0], answer)

    def greet(self, hook: Hook, asked: Greeting) -> Reply:
        """Answer the provider's question whether the address is ours; CredentialInvalid if not.

        It must name the secret that webhooks are signed with for the app, or by the provider.
        """
        caller = _caller(hook, self.rooms.configured.current)
        secrets = list(self._for_webhooks(caller.application)) if caller else []
        held = [
            hmac.compare_digest(each.encode(), asked.token.encode())
            for each in secrets or [_NOBODY]
        ]
        if not secrets or not any(held):
            raise CredentialInvalid("not the application's secret for webhooks")
        return asked.reply

    def _authentic(self, hook: Hook, account: str, snapshot: Snapshot) -> Caller:
        """The application whose provider signed this; alike for every way of being false."""
        caller = _caller(hook, snapshot)
        secrets = list(self.secrets(caller.application)) if caller else []
        now = self.rooms.clock()
        held = [
            hook.provider.verify(hook.raw, hook.url, secret, now) for secret in secrets or [_NOBODY]
        ]
        named = caller.application.account if caller else ""
        same = not account or hmac.compare_digest(account.encode(), named.encode())
        if caller is None or not secrets or not any(held) or not same:
            raise CredentialInvalid("not signed by the application's provider")
        return caller

    def secrets(self, application: Application) -> Iterator[str]:
        """What the provider signs with: its own secret, or what was given for webhooks."""
        if application.mode is CredentialMode.VAULT and application.secret:
            yield self._unsealed(application.secret, secret_scope(application.id))
        for_webhooks = [application.provider_webhook_secret]
        if application.mode is CredentialMode.PASS_THROUGH:
            for_webhooks.append(application.webhook_secret)
        for sealed in filter(None, for_webhooks):
            yield self._unsealed(sealed, webhook_scope(application.id))

    def _for_webhooks(self, application: Application) -> Iterator[str]:
        for sealed in filter(
            None, (application.webhook_secret, application.provider_webhook_secret)
        ):
            yield self._unsealed(sealed, webhook_scope(application.id))

    def _unsealed(self, sealed: str, scope: bytes) -> str:
        return self.rooms.keys.unseal(b64decode(sealed), scope).decode()

    async def _hear(self, hook: Hook, caller: Caller, event: InboundEvent, to: Addressee) -> Heard:
        snapshot = self.rooms.configured.current
        reading = reading_of(event, snapshot.replies.read(event.text))
        word = Word(event, reading, hook.provider.name, caller.application.account)
        way = "webhook" if event.meaning is Meaning.MESSAGE else "status"
        return await self.recorder.hear(caller, word, to, way)

    async def _relayed(self, hook: Hook, caller: Caller) -> Reply | None:
        """The app's own answer; None where nothing is passed on."""
        application = caller.application
        url = application.status_url if hook.status else application.inbound_url
        if application.inbound_mode is InboundMode.TAP or url is None:
            return None
        if application.webhook_secret is None:
            raise DependencyUnavailable("relay", "there is no secret to sign webhooks with")
        secret = self._unsealed(application.webhook_secret, webhook_scope(application.id))
        return await self.relay.relay(url, hook.provider.resign(anonymous(hook.raw), url, secret))

    async def _answer(
        self, hook: Hook, caller: Caller, heard: Heard, answer: Reply | None
    ) -> Reply:
        """What the provider is answered: the app's words, else our own, as far as permitted."""
        provider, application = hook.provider, caller.application
        reply, messages = provider.reply(), 0
        if answer is not None:
            reply, messages = await permitted(self.rooms, provider, caller, heard, answer)
        answers = application.inbound_answers and application.inbound_mode is InboundMode.RELAY
        own = own_answer(provider, heard) if answers and not messages else None
        if own is None:
            return reply
        return (await permitted(self.rooms, provider, caller, heard, own))[0]


def _caller(hook: Hook, snapshot: Snapshot) -> Caller | None:
    application = snapshot.registry.applications.get(hook.application)
    if application is None or application.provider != hook.provider.name:
        return None
    tenant = snapshot.registry.tenants.get(application.tenant)
    return Caller(application, tenant) if tenant else None


def _ours(
    hook: Hook, caller: Caller, snapshot: Snapshot, at: datetime
) -> Iterator[tuple[InboundEvent, Addressee]]:
    """The events about senders of this tenant.

    A stream tells of all that an account has, so there others are left out; a webhook about
    another's sender is not for this application at all.
    """
    for event in hook.provider.events(hook.raw):
        if (to := addressee(event, caller, snapshot, at)) is not None:
            yield event, to


def addressee(
    event: InboundEvent, caller: Caller, snapshot: Snapshot, at: datetime
) -> Addressee | None:
    """Our side of an event, None if the tenant has no such sender."""
    registry, tenant = snapshot.registry, caller.tenant
    named = [sender_of(address, event.channel)[1] for address in event.senders]
    ours = tuple([each for each in named if (tenant.id, each) in registry.senders])
    if not ours:
        return None
    topic = registry.senders[tenant.id, ours[0]].campaign or caller.application.campaign
    campaign = registry.campaigns.get((tenant.id, topic)) if topic else None
    brand = registry.brands.get((tenant.id, campaign.brand or "")) if campaign else None
    to = Addressee(tenant, ours[0], campaign, brand, tenant.revocation, ours)
    return widened(to, snapshot.policy.least_revocation(at))


def _outcome(heard: Sequence[Heard]) -> str:
    if any(each.recorded for each in heard):
        return "recorded"
    return "again" if any(each.again for each in heard) else "nothing"
