"""What does the demo tenant hold? Enough of everything that each verdict can be seen.

It exists in the sandbox only: its numbers are nobody's, and nothing that it sends leaves the
machine. The key is kept in the data folder (0600), so that every start prints the same one.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from gatekeeper.domain.consent import Basis, ConsentAct
from gatekeeper.domain.registry import (
    Campaign,
    CredentialMode,
    InboundMode,
    Registry,
    Sender,
    Tenant,
)
from gatekeeper.domain.standing import Proof, ProofKind
from gatekeeper.domain.words import Purpose, SenderKind, SenderState, Technology
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.changes import GATE, document_entry, listed_entry
from gatekeeper.ledger.consent_input import ConsentInput, Evidence
from gatekeeper.ledger.documents import Document
from gatekeeper.ledger.list_import import ListFile
from gatekeeper.ledger.registrar import NewApplication, content_of
from gatekeeper.ledger.webhooks import NewWebhook, register_webhook
from gatekeeper.proxy.foundation import now
from gatekeeper.proxy.gate import Gate
from gatekeeper.sandbox.accounts import SANDBOX_ACCOUNT, SANDBOX_SECRET

TENANT = "demo"
KEY_FILE = "demo.key"

SHOP = "+13122000100"
CODES = "+13122000101"
SERVICE = "+13122000102"
SUSPENDED = "+13122000103"
WHATSAPP = "whatsapp:+13122000104"

CLINIC = "+13122000105"
MASKS = "+13122000106"
"""A sender of the campaign whose texts are masked (`policies/content/redaction.yaml`)."""

FRIENDS = {
    "America/New_York": "+12122000111",
    "America/Puerto_Rico": "+17872000111",
    "Pacific/Honolulu": "+18082000111",
    "Pacific/Guam": "+16712000111",
    "Europe/London": "+442079460111",
}
"""People with express written consent, around the earth: it is always night for one of them."""
STOPPED = "+12122000112"
"""A person who said STOP."""
STRANGER = "+12122000113"
"""A person nobody has consent of."""
NEIGHBOUR = "+12122000116"
"""Another one in New York, so that a demo run again at once stays within one person's limit."""
GRACE = "+12122000115"
"""The person of the demo's story: she opts in, is written to, and answers STOP."""
LISTED = "+12122000114"
"""A person on the tenant's internal do-not-call list, and on the national one."""
TEMPLATE = "HX" + "de" * 16
"""A content template that is registered with its text."""


async def ensure_demo(gate: Gate) -> str:
    """Create the demo tenant if it is not there; the key of its application."""
    if not gate.upstreams.sandbox:
        raise InputRejected(
            "the demo tenant lives in the sandbox: unset GATEKEEPER_UPSTREAM_TWILIO "
            "and GATEKEEPER_UPSTREAMS"
        )
    kept = gate.settings.data / KEY_FILE
    registry = gate.configuration.current.registry
    known = registry.senders.get((TENANT, SHOP))
    if known is None or not kept.exists():
        await _register(gate)
        await gate.configuration.load()
        await _consents(gate)
        _keep(kept, await _key(gate, gate.configuration.current.registry))
        await gate.configuration.load()
    elif known.proof is None:  # a demo of an earlier version, when nobody proved a sender
        await _register(gate)
        await gate.configuration.load()
    await _webhooks(gate)
    await _national_list(gate)
    return kept.read_text().strip()


async def _register(gate: Gate) -> None:
    long_code = SenderKind.LONG_CODE
    campaigns = (
        Campaign("shop", TENANT, (Purpose.MARKETING,), Technology.AUTODIALED, "Demo Shop"),
        Campaign("codes", TENANT, (Purpose.AUTHENTICATION,), Technology.AUTODIALED),
        Campaign("service", TENANT, (Purpose.TRANSACTIONAL,), Technology.AUTODIALED),
        Campaign("clinic", TENANT, (Purpose.HEALTHCARE,), Technology.AUTODIALED),
        Campaign("redact", TENANT, (Purpose.TRANSACTIONAL,), Technology.AUTODIALED),
    )
    active = SenderState.ACTIVE
    proof = Proof(ProofKind.DOCUMENT, "The sandbox's own number.", GATE, now())
    senders = (
        Sender(SHOP, TENANT, long_code, active, "demo-10dlc", "shop"),
        Sender(CODES, TENANT, long_code, active, "demo-10dlc", "codes"),
        Sender(SERVICE, TENANT, long_code, active, "demo-10dlc", "service"),
        Sender(CLINIC, TENANT, long_code, active, "demo-10dlc", "clinic"),
        Sender(MASKS, TENANT, long_code, active, "demo-10dlc", "redact"),
        Sender(SUSPENDED, TENANT, long_code, SenderState.SUSPENDED, "demo-10dlc", "shop"),
        Sender(WHATSAPP, TENANT, SenderKind.WABA, active, "demo-waba", "service"),
    )
    text = "Your order {{1}} is on its way."
    content = content_of(TENANT, "content_sid", TEMPLATE, (text,), "utility")
    owned = [replace(sender, proof=proof) for sender in senders]
    documents: list[Document] = [Tenant(TENANT, "Demo tenant"), *campaigns, *owned, content]
    ground = gate.ground
    await ground.ledger.commit(ground.store, [document_entry(each) for each in documents])


async def _key(gate: Gate, registry: Registry) -> str:
    registrar = gate.ground.registrar
    if TENANT in registry.applications:
        return await registrar.rotate_key(TENANT, registry, keep=False, by=GATE)
    new = NewApplication(
        TENANT, TENANT, "twilio", SANDBOX_ACCOUNT, SANDBOX_SECRET, CredentialMode.VAULT
    )
    return await registrar.add_application(new, registry, by=GATE) or ""


async def _webhooks(gate: Gate) -> None:
    """The provider's webhooks come to the gate, which only listens: there is no app to call."""
    registry = gate.configuration.current.registry
    if registry.applications[TENANT].webhook_secret is not None:
        return
    new = NewWebhook(mode=InboundMode.TAP)
    await register_webhook(gate.ground.registrar, TENANT, new, registry, by=GATE)
    await gate.configuration.load()


async def _consents(gate: Gate) -> None:
    desk, at = gate.ground.consent, now() - timedelta(days=30)
    proof = Evidence(
        text_shown="By ticking this box you agree to automated marketing texts from Demo Shop at "
        "this number. Consent is not a condition of purchase.",
        form="demo-signup",
        signature="checkbox",
        language="en",
        not_a_condition=True,
    )
    for number in (*FRIENDS.values(), NEIGHBOUR, STOPPED, LISTED):
        given = ConsentInput(
            number=number,
            event=ConsentAct.OPT_IN,
            at=at,
            basis=Basis.EXPRESS_WRITTEN,
            seller="Demo Shop",
            evidence=proof,
        )
        await desk.record(TENANT, given)
    await desk.record(TENANT, ConsentInput(number=STOPPED, event=ConsentAct.OPT_OUT))
    subject = desk.names.subject(TENANT, LISTED)
    entry = listed_entry(TENANT, "internal", subject, listed=True)
    await desk.ledger.commit(desk.store, [entry])


async def _national_list(gate: Gate) -> None:
    """A small stand-in for the licensed national list, as of now at each start."""
    file = gate.settings.data / "demo-us-national.txt"
    file.write_text(f"{LISTED}\n")
    async for _ in gate.ground.lists.run(ListFile("us-national", file, now())):
        pass


def _keep(path: Path, key: str) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(fd, "w") as file:
        file.write(key + "\n")
