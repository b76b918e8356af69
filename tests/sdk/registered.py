"""What has Acme registered, so that every provider's SDK can send for it?"""

from __future__ import annotations

from datetime import UTC, datetime

from gatekeeper.domain.registry import CredentialMode, InboundMode, Sender
from gatekeeper.domain.standing import Proof, ProofKind
from gatekeeper.domain.words import SenderKind
from gatekeeper.ledger.changes import document_entry
from gatekeeper.ledger.registrar import NewApplication, content_of
from gatekeeper.ledger.webhooks import NewWebhook, register_webhook
from gatekeeper.providers import PROVIDERS
from tests.sdk.sends import names, read
from tests.sdk.situations import SITUATIONS, psid_of
from tests.support.acme import STOPPED, TENANT, consented
from tests.support.front import SECRET
from tests.support.gate import Stand
from tests.support.vonage_app import APPLICATION, keys

SENDERS = {
    "rcs:acme_agent": SenderKind.PAGE,
    "rcs:AcmeAgent": SenderKind.PAGE,
    "whatsapp:106540352242922": SenderKind.WABA,
    "messenger:106540352242922": SenderKind.PAGE,
    "01EB37HMH1M6SV18ASNS3G135H": SenderKind.SERVICE,
}
"""From whom the sends are that come from no number, beside Acme's own."""
ANSWER = "https://app.example/answer"
"""An address whose words are registered: calls that speak them may be placed."""
PROOF = Proof(ProofKind.LETTER, "LOA-9", "user:test", datetime(2026, 1, 1, tzinfo=UTC))
PUBLIC = "https://gate.example"
HOOKS = "the-secret-of-all-webhooks"


def person_of(name: str, when: str) -> str:
    """Somebody with consent whom only this SDK writes to; others where that bears on the answer."""
    others = ("allowed", "too_fast", "not_answering")
    which = others.index(when) if when in others else 0
    return f"+1212200{1000 + len(others) * names().index(name) + which}"


async def registered(stand: Stand) -> dict[str, str]:
    """Senders, people and applications; the key of the application at each provider."""
    gate = stand.gate
    senders = [
        Sender(name, TENANT, kind, registration="CACME09", campaign="news", proof=PROOF)
        for name, kind in SENDERS.items()
    ]
    spoken = content_of(TENANT, "answer_url", ANSWER, ("Your parcel arrives today.",))
    texts = ("Your order {{1}} is ready.",)
    approved = content_of(TENANT, "whatsapp_template", "order_ready:en_US", texts, "utility")
    entries = [*map(document_entry, senders), *map(document_entry, (spoken, approved))]
    await gate.ground.ledger.commit(gate.ground.store, entries)
    accounts = {sdk.provider: sdk.account for sdk in map(read, names())}
    keys = {"twilio": stand.key}
    for provider in PROVIDERS:
        if provider.name in accounts and provider.name != "twilio":
            account = accounts[provider.name] or "acme-account"
            new = NewApplication(f"{provider.name}-app", TENANT, provider.name, account, SECRET)
            registry = gate.configuration.current.registry
            key = await gate.ground.registrar.add_application(new, registry, by="user:test")
            await gate.configuration.load()
            assert key is not None
            keys[provider.name] = key
    await _signing(stand)
    await _listening(stand, {sdk.provider for sdk in map(read, names()) if sdk.writes})
    people = sorted({person_of(name, when) for name in names() for when in SITUATIONS})
    await consented(gate, [*people, *map(psid_of, (*people, STOPPED))])
    stand.canaries.update((SECRET, *keys.values(), *(person[-7:] for person in people)))
    stand.canaries.update(("4111 1111 1111 1111", "219-09-9998"))
    return keys


async def _listening(stand: Stand, providers: set[str]) -> None:
    """Webhooks of these come signed, and are only heard."""
    gate = stand.gate
    for name in sorted(providers):
        new, registry = NewWebhook(mode=InboundMode.TAP, secret=HOOKS), gate.configuration.current
        await register_webhook(
            gate.ground.registrar, f"{name}-app", new, registry.registry, by="user:test"
        )
    await gate.configuration.load()


async def _signing(stand: Stand) -> None:
    """Vonage's app that signs a token for each request: its public key is known."""
    gate = stand.gate
    mode, public = CredentialMode.PASS_THROUGH, keys()[1]
    new = NewApplication("vonage-signing", TENANT, "vonage", APPLICATION, public, mode)
    registry = gate.configuration.current.registry
    await gate.ground.registrar.add_application(new, registry, by="user:test")
    await gate.configuration.load()
