"""A running sandbox carrier, and the real SDK that speaks to it."""

from __future__ import annotations

from typing import Any

import pytest
from twilio.rest import Client

from gatekeeper.sandbox.carrier import OUTBOX, create_app
from gatekeeper.sandbox.outbox import Outbox
from tests.support.twilio_requests import ACCOUNT, SECRET
from tests.support.twilio_sdk import client_for


class Carrier:
    """The carrier's address and what it accepted."""

    def __init__(self, url: str, outbox: Outbox) -> None:
        self.url = url
        self.outbox = outbox

    def client(self, account: str = ACCOUNT, secret: str = SECRET, timeout: float = 5) -> Client:
        """An SDK client of the carrier."""
        return client_for(self.url, account, secret, timeout=timeout)


@pytest.fixture
async def carrier(aiohttp_server: Any) -> Carrier:
    """A carrier with one account."""
    app = create_app(ACCOUNT, SECRET)
    server = await aiohttp_server(app)
    return Carrier(str(server.make_url("/")), app[OUTBOX])
