"""How often does the gate wait for its store? Once for each message, counted at the socket."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from gatekeeper.ledger.changes import listed_entry
from gatekeeper.ledger.list_import import ListFile
from tests.support.acme import ANA, NEWS, TENANT
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


async def test_lists_with_days_and_lists_that_excuse_are_asked_in_the_same_trip(
    tmp_path: Path, proxy: FaultProxy
) -> None:
    """The recipient is on three lists, of which none forbids the message in the end."""
    async with standing_gate(tmp_path, redis_url=proxy.url) as stand:
        ground, file = stand.gate.ground, tmp_path / "list.txt"
        file.write_text(f"{ANA},2001-01-01\n")
        day = datetime.now(UTC)
        async for _ in ground.lists.run(ListFile("us-reassigned", file, day)):
            pass
        async for _ in ground.lists.run(ListFile("litigators", file, day, tenant=TENANT)):
            pass
        subject = ground.keyring.subject(TENANT, ANA)
        listed = [listed_entry(TENANT, name, subject, listed=True) for name in ("deny", "allow")]
        await ground.ledger.commit(ground.store, listed)
        made = await trips(stand, proxy)
        assert len(made) == MESSAGES
        assert all(command.startswith("FCALL gk_gather") for command in made)
        (person,) = stand.records("decision")[-1].content["recipients"]
        decided = person["facts"]["listings"]
        assert {name: told["answer"] for name, told in decided.items() if told["version"]} == {
            "us-national": "clear", "internal": "clear", "us-reassigned": "hit",
            "litigators": "hit", "deny": "hit", "allow": "hit",
        }  # fmt: skip
        assert decided["us-reassigned"]["since"] == "2001-01-01"
