"""Which tenant do whole-gate tests send as? Acme: registered, with senders and consented people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from gatekeeper.domain.consent import Basis, ConsentAct
from gatekeeper.domain.registry import Campaign, Sender, Tenant
from gatekeeper.domain.standing import Proof, ProofKind
from gatekeeper.domain.words import Purpose, SenderKind, Technology
from gatekeeper.ledger.changes import document_entry, listed_entry
from gatekeeper.ledger.consent_input import ConsentInput, Evidence, event_of
from gatekeeper.ledger.list_import import ListFile
from gatekeeper.ledger.registrar import NewApplication, content_of
from gatekeeper.numbering.zones import local
from gatekeeper.proxy.gate import Gate

TENANT = "acme"
ACCOUNT = "AC" + "1f" * 16
UPSTREAM_SECRET = "the-real-twilio-token-of-acme"

OFFERS, NEWS, CODES = "+13122000200", "+13122000201", "+13122000202"
WHATSAPP = "whatsapp:+13122000203"
TEMPLATE = "HX" + "ac" * 16

ANA, BEN, CY, DEE = "+12122000211", "+12122000212", "+12122000213", "+12122000214"
"""People who may be sent order news."""
FRIENDS = {
    "America/New_York": "+12122000221",
    "Pacific/Honolulu": "+18082000221",
    "Pacific/Guam": "+16712000221",
    "Europe/London": "+442079250221",
}
"""People with written consent to offers: at any hour it is day for one and night for another.

From 22:00 to 02:00 UTC that takes somebody abroad: it is night nowhere under US law.
"""
STOPPED, LISTED, STRANGER = "+12122000231", "+12122000232", "+12122000233"
"""Opted out; on the tenant's own list; nobody has consent of."""


PROOF = Evidence(
    text_shown="I agree to automated marketing texts and calls from Acme at this number. Consent "
    "is not a condition of purchase.",
    url="https://acme.example/join",
    signature="checkbox",
    language="en",
)
"""What the people of Acme agreed to: complete, so that it is written consent."""


async def register(gate: Gate) -> str:
    """Register everything through the ledger; the key of the application."""
    ground = gate.ground
    await ground.ledger.commit(ground.store, [document_entry(each) for each in documents()])
    await gate.configuration.load()
    registry = gate.configuration.current.registry
    new = NewApplication("shop", TENANT, "twilio", ACCOUNT, UPSTREAM_SECRET)
    key = await ground.registrar.add_application(new, registry, by="user:test")
    await gate.configuration.load()
    await _consents(gate)
    await _lists(gate)
    assert key is not None
    return key


AWAKE = FRIENDS["America/New_York"]
"""Who may be sent an offer, by a gate whose clock says `noon`."""


def noon() -> datetime:
    """Noon in New York, today: between 11:00 and 12:00 UTC it is day nowhere under US law."""
    return datetime.now(ZoneInfo("America/New_York")).replace(hour=12, minute=0)


def asleep(at: datetime | None = None) -> str:
    """Somebody with written consent for whom it is night, now if no instant is given."""
    now = at or datetime.now(UTC)
    return next(n for zone, n in FRIENDS.items() if not 8 <= local(now, zone).hour < 21)


def documents() -> tuple[Tenant | Campaign | Sender, ...]:
    """The tenant, its campaigns and its senders."""
    auto, kind = Technology.AUTODIALED, SenderKind.LONG_CODE
    proof = Proof(ProofKind.LETTER, "LOA-1", "user:test", datetime(2026, 1, 1, tzinfo=UTC))
    return (
        Tenant(TENANT, "Acme"),
        Campaign("offers", TENANT, (Purpose.MARKETING,), auto, "Acme"),
        Campaign("news", TENANT, (Purpose.TRANSACTIONAL,), auto),
        Campaign("codes", TENANT, (Purpose.AUTHENTICATION,), auto),
        Sender(OFFERS, TENANT, kind, registration="CACME01", campaign="offers", proof=proof),
        Sender(NEWS, TENANT, kind, registration="CACME02", campaign="news", proof=proof),
        Sender(CODES, TENANT, kind, registration="CACME03", campaign="codes", proof=proof),
        Sender(
            WHATSAPP, TENANT, SenderKind.WABA, registration="WACME", campaign="news", proof=proof
        ),
    )


async def _consents(gate: Gate) -> None:
    people = (ANA, BEN, CY, DEE, *FRIENDS.values(), STOPPED, LISTED)
    await consented(gate, people, Basis.EXPRESS_WRITTEN)
    await gate.ground.consent.record(TENANT, ConsentInput(number=STOPPED, event=ConsentAct.OPT_OUT))


async def consented(
    gate: Gate, people: tuple[str, ...] | list[str], basis: Basis = Basis.EXPRESS
) -> None:
    """Record that these people opted in a month ago."""
    desk, at = gate.ground.consent, datetime.now(UTC) - timedelta(days=30)
    events = []
    for number in people:
        given = ConsentInput(
            number=number,
            event=ConsentAct.OPT_IN,
            at=at,
            basis=basis,
            seller="Acme",
            evidence=PROOF,
        )
        subject = desk.names.subject(TENANT, number)
        events.append((subject, event_of(given, subject, datetime.now(UTC)), PROOF))
    await desk.ledger.commit(desk.store, await desk.entries(TENANT, events))


async def _lists(gate: Gate) -> None:
    """The tenant's own list, a small national one, and the text behind a template."""
    ground = gate.ground
    subject = ground.keyring.subject(TENANT, LISTED)
    texts = ("Order {{1}} is on its way.",)
    content = content_of(TENANT, "content_sid", TEMPLATE, texts, "utility")
    entries = [listed_entry(TENANT, "internal", subject, listed=True), document_entry(content)]
    await ground.ledger.commit(ground.store, entries)
    await gate.configuration.load()
    file = gate.settings.data / "national.txt"
    file.write_text("+12122000299\n")
    async for _ in ground.lists.run(ListFile("us-national", file, datetime.now(UTC))):
        pass
