"""How often does the gate wait for its store? Once for each message, counted at the socket."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.support.acme import ANA, NEWS
from tests.support.gate import Stand, standing_gate
from tests.support.valkey import FaultProxy

MESSAGES = 15
ASIDE = {"TIME", "HGETALL", "HEXISTS", "CONFIG", "CLIENT"}
"""What the gate asks every few seconds to know how its store is; no message waits for it."""


async def trips(stand: Stand, proxy: FaultProxy, **headers: str) -> list[str]:
    """The function calls that reach the server while messages are sent, one after another."""
    proxy.commands.clear()
    for n in range(MESSAGES):
        form = {"To": ANA, "From": NEWS, "Body": f"Order {n}"}
        told = await stand.post(form, **{k: f"{v}{n}" for k, v in headers.items()})
        assert told.status == 201, told
    await stand.settled()
    return [command for command in proxy.commands if command not in ASIDE]


async def test_an_allowed_message_takes_one_trip(tmp_path: Path, proxy: FaultProxy) -> None:
    async with standing_gate(tmp_path, redis_url=proxy.url) as stand:
        made = await trips(stand, proxy)
        assert len(made) == MESSAGES
        assert all(command.startswith("FCALL gk_gather") for command in made)


async def test_nobody_waits_for_a_stored_answer_to_be_written(
    tmp_path: Path, proxy: FaultProxy
) -> None:
    """With a key there is a second call, off the reply path: replies take one delay, not two."""
    async with standing_gate(tmp_path, redis_url=proxy.url) as stand:
        made = await trips(stand, proxy, Idempotency_Key="k")
        assert sum(command.startswith("FCALL gk_gather") for command in made) == MESSAGES
        assert {command.split("_")[1] for command in made} == {"gather", "settle"}
        proxy.delay = 0.2
        started = asyncio.get_running_loop().time()
        told = await stand.post(Idempotency_Key="late")
        assert told.status == 201
        assert 0.2 <= asyncio.get_running_loop().time() - started < 0.38
        proxy.delay = 0.0
