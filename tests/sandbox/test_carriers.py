"""Does the sandbox answer in each provider's name, and refuse what that would refuse?"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.providers.contract import Carrier, Operation, RawRequest, Reply, Simulated
from gatekeeper.providers.twilio.provider import Twilio
from gatekeeper.sandbox.accounts import SANDBOX_ACCOUNT, SANDBOX_SECRET
from gatekeeper.sandbox.carriers import ACCEPTED, carriers_app

MESSAGES = f"/twilio/2010-04-01/Accounts/{SANDBOX_ACCOUNT}/Messages"


class Says:
    """A carrier of few words."""

    def accepted(
        self, raw: RawRequest, operation: Operation, request: OutboundRequest, sid: str
    ) -> Reply:
        return Reply(201, (), f"{request.recipients[0].value} {len(sid)}".encode())

    def passed(self, raw: RawRequest, operation: Operation) -> Reply:
        return Reply(200, (), operation.name.encode())

    def wrote(self, message: Simulated) -> RawRequest:
        return RawRequest("POST", "/", (), message.text.encode())

    def delivered(self, state: Simulated) -> RawRequest:
        return RawRequest("POST", "/", (), state.code.encode())


class Sandboxed(Twilio):
    carrier: Carrier | None = Says()


Client = TestClient[Any, Any]


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    async with TestClient(TestServer(carriers_app([Sandboxed()]))) as client:
        yield client


def basic(secret: str = SANDBOX_SECRET) -> dict[str, str]:
    return {"Authorization": aiohttp.encode_basic_auth(SANDBOX_ACCOUNT, secret)}


async def post(
    client: Client, to: str = "+12025550143", secret: str = SANDBOX_SECRET
) -> tuple[int, str]:
    form = urlencode({"To": to, "From": "+15005550006", "Body": "Hi."})
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    async with client.post(f"{MESSAGES}.json", data=form, headers=kind | basic(secret)) as got:
        return got.status, await got.text()


async def test_a_send_is_taken_as_the_provider_would_and_kept(client: Client) -> None:
    assert await post(client) == (201, "+12025550143 32")
    assert client.app is not None
    ((name, raw),) = client.app[ACCEPTED]
    assert (name, raw.target) == ("twilio", f"{MESSAGES.removeprefix('/twilio')}.json")


async def test_a_read_passes(client: Client) -> None:
    async with client.get(f"{MESSAGES}.json", headers=basic()) as got:
        assert (got.status, await got.text()) == (200, "read")


async def test_a_wrong_secret_is_refused_in_the_providers_words(client: Client) -> None:
    status, text = await post(client, secret="wrong")
    assert (status, '"code": 20003' in text) == (401, True)


@pytest.mark.parametrize(
    ("to", "status", "says"),
    [
        ("+12025550190", 500, "Internal server error"),
        ("+12025550191", 503, "Service unavailable"),
        ("+12025550192", 429, '"code": 20429'),
        ("+15005550004", 400, '"code": 21610'),
        ("+15005550003", 400, '"code": 21408'),
    ],
)
async def test_a_magic_number_fails_as_it_says(
    client: Client, to: str, status: int, says: str
) -> None:
    told = await post(client, to)
    assert told[0] == status
    assert says in told[1]


async def test_a_number_that_drops_gets_no_answer(client: Client) -> None:
    with pytest.raises(aiohttp.ClientError):
        await post(client, "+12025550195")


async def test_a_number_that_halves_gets_the_beginning_of_the_answer(client: Client) -> None:
    with pytest.raises(aiohttp.ClientPayloadError):
        await post(client, "+12025550198")
    assert client.app is not None
    assert len(client.app[ACCEPTED]) == 1


async def test_what_cannot_be_read_is_refused(client: Client) -> None:
    async with client.post(f"{MESSAGES}.json", data=b"To=1&To=2", headers=basic()) as got:
        assert got.status in (400, 415)
    async with client.put(f"{MESSAGES}.json", headers=basic()) as got:
        assert got.status == 405
