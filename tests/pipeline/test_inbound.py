"""Whose webhook is it, and about which sender? Nobody else's is heard."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from gatekeeper.domain.registry import (
    Application,
    Brand,
    Caller,
    Campaign,
    CredentialMode,
    InboundMode,
    Revocation,
    Sender,
    Tenant,
)
from gatekeeper.domain.words import Purpose, SenderKind
from gatekeeper.errors import AmbiguousRequest, CredentialInvalid
from gatekeeper.ledger.documents import Document
from gatekeeper.ledger.webhooks import webhook_scope
from gatekeeper.pipeline.inbound import Hook, Inbound, addressee
from gatekeeper.pipeline.inbound_record import Recorder
from gatekeeper.pipeline.inbound_relay import Relay
from gatekeeper.pipeline.snapshot import Snapshot
from gatekeeper.providers import TWILIO
from gatekeeper.providers.contract import RawRequest
from gatekeeper.proxy.books import Books
from tests.store.asks import person, question
from tests.support.acme import ACCOUNT, ANA, TENANT
from tests.support.gate import FORM, Stand
from tests.support.spine import CALLER, NOON, rooms, snapshot
from tests.support.webhooks import came_in, sign

pytestmark = pytest.mark.asyncio(loop_scope="module")

RIVAL = Tenant("rival", "Rival")
RIVALS = Sender("+13122000777", "rival", SenderKind.LONG_CODE)
SECRET = "their-own-token"


class Fixed:
    """A configuration that stays as it is."""

    def __init__(self, current: Snapshot) -> None:
        self.current = current

    async def catch_up(self, version: int) -> None:
        raise AssertionError(version)


def application(stand: Stand, name: str = "shop", **changes: Any) -> Application:
    """One that takes webhooks in pass-through mode, so that its secret is known here."""
    sealed = stand.gate.ground.keyring.seal(SECRET.encode(), webhook_scope(name))
    base = Application(
        name,
        TENANT,
        "twilio",
        ACCOUNT,
        CredentialMode.PASS_THROUGH,
        inbound_mode=InboundMode.TAP,
        webhook_secret=b64encode(sealed).decode(),
    )
    return replace(base, **changes)


def inbound(stand: Stand, *documents: Document) -> Inbound:
    ground = stand.gate.ground
    parts = rooms(stand, configured=Fixed(snapshot(*documents)))
    relay = Relay(allow_private=False)
    return Inbound(parts, Recorder(parts, Books(ground.ledger, ground.store)), relay)


def hook(form: dict[str, str], name: str = "shop", secret: str = SECRET) -> Hook:
    path = f"/v1/inbound/twilio/{name}"
    headers = (("Content-Type", FORM), ("X-Twilio-Signature", sign(form, path, secret)))
    raw = RawRequest("POST", path, headers, urlencode(form).encode())
    return Hook(TWILIO, name, raw, "https://gate.example" + path)


async def test_what_the_applications_provider_signs_is_heard(acme: Stand) -> None:
    reply = await inbound(acme, application(acme)).take(hook(came_in("STOP")))
    assert (reply.status, b"<Message>" in reply.body) == (200, False)
    assert acme.records("inbound")[-1].content["said"] == "stop"


async def test_two_tenants_on_one_account_hear_their_own_senders_only(acme: Stand) -> None:
    """Their webhooks are signed with the same token, so the sender tells whose it is."""
    theirs = application(acme, "theirs", tenant="rival")
    takes = inbound(acme, application(acme), RIVAL, RIVALS, theirs)
    count = len(acme.records("consent"))
    for form, name in (
        (came_in("STOP", sender=RIVALS.id), "shop"),
        (came_in("STOP"), "theirs"),
    ):
        with pytest.raises(CredentialInvalid):
            await takes.take(hook(form, name))
    assert len(acme.records("consent")) == count
    await takes.take(hook(came_in("STOP", sender=RIVALS.id), "theirs"))
    assert acme.records("consent")[-1].tenant == "rival"


@pytest.mark.parametrize(
    "changes",
    [{"webhook_secret": None}, {"provider": "other"}, {"account": "AC" + "2" * 32},
     {"tenant": "gone"}],
)  # fmt: skip
async def test_an_application_that_does_not_fit_hears_nothing(
    acme: Stand, changes: dict[str, Any]
) -> None:
    with pytest.raises(CredentialInvalid):
        await inbound(acme, application(acme, **changes)).take(hook(came_in("STOP")))


async def test_a_webhook_of_another_secret_or_application_is_not_believed(acme: Stand) -> None:
    takes = inbound(acme, application(acme))
    for forged in (hook(came_in("STOP"), secret="guess"), hook(came_in("STOP"), "nobody")):
        with pytest.raises(CredentialInvalid):
            await takes.take(forged)


async def test_what_cannot_be_read_is_said_before_anybody_is_looked_up(acme: Stand) -> None:
    with pytest.raises(AmbiguousRequest):
        await inbound(acme).take(hook({"Body": "STOP"}, "nobody"))


async def test_the_secret_for_webhooks_may_be_another_than_for_sending(acme: Stand) -> None:
    keys = acme.gate.ground.keyring
    sealed = b64encode(keys.seal(b"shared", webhook_scope("shop"))).decode()
    takes = inbound(acme, application(acme, provider_webhook_secret=sealed))
    assert (await takes.take(hook(came_in("STOP"), secret="shared"))).status == 200


async def test_our_side_is_told_by_number_or_by_service(acme: Stand) -> None:
    service = "MG" + "4e" * 16
    campaign = Campaign("pool", TENANT, (Purpose.MARKETING,), brand="b")
    seen = snapshot(
        Sender(service, TENANT, SenderKind.SERVICE, campaign="pool"),
        campaign,
        Brand("b", TENANT, "Acme Boots"),
    )
    form = came_in("STOP", sender="+13122000555", MessagingServiceSid=service)
    (event,) = TWILIO.events(hook(form).raw)
    found = addressee(event, CALLER, seen, NOON)
    assert found is not None
    assert found.sender == service
    assert found.brand is not None and found.brand.name == "Acme Boots"
    elsewhere = Caller(CALLER.application, RIVAL)
    assert addressee(event, elsewhere, seen, NOON) is None


@pytest.mark.parametrize(
    ("day", "chosen", "width"),
    [
        ("2027-01-30", Revocation.PURPOSE, Revocation.PURPOSE),
        ("2027-01-31", Revocation.PURPOSE, Revocation.ALL),
        ("2027-01-30", Revocation.BRAND, Revocation.BRAND),
        ("2027-01-30", Revocation.ALL, Revocation.ALL),
    ],
)
async def test_a_tenants_choice_holds_until_the_law_asks_for_more(
    day: str, chosen: Revocation, width: Revocation
) -> None:
    (event,) = TWILIO.events(hook(came_in("STOP")).raw)
    caller = Caller(CALLER.application, replace(CALLER.tenant, revocation=chosen))
    at = datetime.fromisoformat(f"{day}T23:59:59+00:00")
    found = addressee(event, caller, snapshot(), at)
    assert found is not None
    assert found.revocation is width


async def test_a_whatsapp_message_at_any_provider_opens_the_persons_window(acme: Stand) -> None:
    sender = Sender("whatsapp:+13122000203", TENANT, SenderKind.WABA)
    form = came_in("hello", person=f"whatsapp:{ANA}", sender="whatsapp:+13122000203")
    names = acme.gate.ground.consent.names
    asked = person(names.subject(TENANT, ANA))
    heard = []
    for _ in range(2):
        await inbound(acme, sender, application(acme)).take(hook(form))
        when = question(asked, heard_by=sender.id, reserve=False)
        heard.append((await acme.gate.ground.store.gather(when)).persons[0].heard_at)
    assert heard[0] is not None
    assert heard[1] == heard[0], "the same message told again is no newer one"
