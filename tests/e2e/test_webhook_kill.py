"""Is a STOP that the provider heard acknowledged kept, though the gate is killed right after?"""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
from twilio.base.exceptions import TwilioRestException

from tests.support.acme import ACCOUNT, ANA, BEN, NEWS
from tests.support.gate import FORM
from tests.support.recording_carrier import Carrier
from tests.support.served import Served
from tests.support.twilio_sdk import client_for
from tests.support.webhooks import PATH, PUBLIC, came_in, sign


async def heard(gate: Served, person: str) -> int:
    """The status of a STOP webhook, signed as Twilio does."""
    form = came_in("STOP", person)
    headers = {"Content-Type": FORM, "X-Twilio-Signature": sign(form)}
    async with (
        aiohttp.ClientSession() as session,
        session.post(gate.url + PATH, data=urlencode(form), headers=headers) as got,
    ):
        return got.status


def code_for(gate: Served, person: str) -> int:
    """The code that the real SDK raises; 0 if the message was sent."""
    client = client_for(gate.url, ACCOUNT, gate.key)
    try:
        client.messages.create(to=person, from_=NEWS, body="Your order is ready.")
    except TwilioRestException as refused:
        return int(refused.code)
    return 0


async def test_an_acknowledged_stop_outlives_the_gate(tmp_path: Path) -> None:
    carrier = Carrier()
    await carrier.start()
    gate = Served(tmp_path, carrier.url, {"GATEKEEPER_PUBLIC_URL": PUBLIC})
    try:
        await gate.start()
        await gate.register(ANA, BEN)
        await gate.admin("/applications/shop/webhook", {"mode": "tap"})
        assert await heard(gate, ANA) == 200
        await gate.kill()
        await gate.start()
        codes = [await asyncio.to_thread(code_for, gate, person) for person in (ANA, BEN)]
        assert codes == [21610, 0]
    finally:
        await gate.stop()
        await carrier.stop()
