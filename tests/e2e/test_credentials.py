"""Who may send, and which secret does the provider see?"""

from __future__ import annotations

import asyncio
from base64 import b64encode

import pytest
from twilio.base.exceptions import TwilioRestException

from gatekeeper.domain.registry import CredentialMode, Tenant
from gatekeeper.ledger.registrar import NewApplication
from tests.support.acme import ACCOUNT, ANA, NEWS, TENANT, UPSTREAM_SECRET
from tests.support.gate import Stand
from tests.support.twilio_sdk import client_for

pytestmark = pytest.mark.asyncio(loop_scope="module")

DIRECT = "AC" + "2d" * 16
OWN_TOKEN = "a-token-that-twilio-gave-this-app"


def authorization(request: bytes) -> str:
    """The credential that the carrier got."""
    lines = request.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    return next(line for line in lines if line.lower().startswith("authorization:"))[15:]


def basic(account: str, secret: str) -> str:
    return "Basic " + b64encode(f"{account}:{secret}".encode()).decode()


async def register(stand: Stand, new: NewApplication) -> str | None:
    """Register an application with the running gate."""
    gate = stand.gate
    registrar, registry = gate.ground.registrar, gate.configuration.current.registry
    key = await registrar.add_application(new, registry, by="user:test")
    await gate.configuration.load()
    return key


async def send(stand: Stand, account: str, secret: str) -> int:
    """Send with the SDK; Twilio's code, 0 if it was sent."""
    client = client_for(stand.url, account, secret)
    try:
        await asyncio.to_thread(client.messages.create, to=ANA, from_=NEWS, body="Your order.")
    except TwilioRestException as refused:
        return int(refused.code)
    return 0


async def test_in_vault_mode_the_provider_gets_the_secret_that_the_app_never_had(
    acme: Stand,
) -> None:
    assert await send(acme, ACCOUNT, acme.key) == 0
    assert authorization(acme.carrier.requests[0]) == basic(ACCOUNT, UPSTREAM_SECRET)
    assert acme.key.encode() not in acme.carrier.requests[0]


async def test_in_pass_through_mode_the_apps_own_credential_goes_on(acme: Stand) -> None:
    mode = CredentialMode.PASS_THROUGH
    new = NewApplication("direct", TENANT, "twilio", DIRECT, OWN_TOKEN, mode)
    assert await register(acme, new) is None
    assert await send(acme, DIRECT, OWN_TOKEN) == 0
    assert authorization(acme.carrier.requests[0]) == basic(DIRECT, OWN_TOKEN)
    assert await send(acme, DIRECT, OWN_TOKEN + "x") == 20003
    assert await send(acme, ACCOUNT, OWN_TOKEN) == 20003
    assert await send(acme, DIRECT, acme.key) == 20003
    assert len(acme.carrier.requests) == 1


async def test_an_account_of_another_name_upstream_is_swapped_in_path_and_credential(
    acme: Stand,
) -> None:
    outside, inside = "AC" + "3e" * 16, "AC" + "4f" * 16
    new = NewApplication("named", TENANT, "twilio", outside, "s3cret", upstream_account=inside)
    key = await register(acme, new)
    assert key is not None
    assert await send(acme, outside, key) == 0
    request = acme.carrier.requests[0]
    assert authorization(request) == basic(inside, "s3cret")
    assert request.startswith(f"POST /2010-04-01/Accounts/{inside}/Messages.json".encode())


async def test_a_new_key_binds_and_the_old_one_ends(acme: Stand) -> None:
    gate = acme.gate
    new = NewApplication("turning", TENANT, "twilio", "AC" + "5a" * 16, "s")
    old = await register(acme, new)
    assert old is not None
    registry = gate.configuration.current.registry
    fresh = await gate.ground.registrar.rotate_key("turning", registry, keep=False, by="user:test")
    await gate.configuration.load()
    assert await send(acme, new.account, fresh) == 0
    assert await send(acme, new.account, old) == 20003


async def test_another_tenant_cannot_send_from_our_sender_nor_on_our_consent(acme: Stand) -> None:
    """The wall: same number, same person, another tenant's key."""
    gate = acme.gate
    registrar = gate.ground.registrar
    await registrar.put(
        Tenant("rival", "Rival"), gate.configuration.current.registry, by="user:test"
    )
    await gate.configuration.load()
    new = NewApplication("rival", "rival", "twilio", "AC" + "6b" * 16, "s")
    key = await register(acme, new)
    assert key is not None
    assert await send(acme, new.account, key) == 21660
    assert acme.carrier.requests == []


@pytest.mark.parametrize("header", ["", "Basic", "Basic %%%", "Bearer gk_x", "Basic " + "A" * 5000])
async def test_no_credential_is_told_the_same_as_a_wrong_one(acme: Stand, header: str) -> None:
    told = await acme.post(Authorization=header)
    wrong = await acme.post(Authorization=acme.basic("gk_wrong"))
    assert (told.status, told.body) == (401, wrong.body)
    assert acme.carrier.requests == []
