"""The real SDK against a loopback server, for every test of the Twilio room."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from twilio.rest import Client

from gatekeeper.providers.contract import RawRequest, Reply
from tests.support.captured import Capture
from tests.support.twilio_requests import ACCOUNT, SECRET
from tests.support.twilio_sdk import client_for

Sdk = Callable[..., Awaitable[RawRequest]]


@pytest.fixture
def sdk(aiohttp_server: Any) -> Sdk:
    """Run a call of the SDK and return the request that left it; `reply` answers it."""

    async def run(call: Callable[[Client], object], reply: Reply | None = None) -> RawRequest:
        capture = Capture(reply)
        server = await aiohttp_server(capture.app())
        client = client_for(str(server.make_url("/")), ACCOUNT, SECRET)
        await asyncio.to_thread(call, client)
        return capture.last

    return run
