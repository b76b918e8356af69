"""Does an acknowledged opt-out hold when the store was set back, replaced or mixed up?"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import redis
from structlog.testing import capture_logs

from gatekeeper.domain.consent import ConsentAct, ConsentEvent
from gatekeeper.ledger.changes import consent_entry
from gatekeeper.proxy.foundation import now
from tests.support.acme import ANA, BEN, CY, NEWS, TENANT
from tests.support.gate import Stand, eventually, standing_gate
from tests.support.valkey import launch_server

MANY = 12_000


@pytest.fixture
async def stand(tmp_path: Path) -> AsyncIterator[Stand]:
    """A gate of its own, to break."""
    async with standing_gate(tmp_path) as standing:
        yield standing


async def told(stand: Stand, number: str) -> tuple[int, int]:
    """Status and code of a send to this number; code 0 if it was sent."""
    answer = await stand.post([("To", number), ("From", NEWS), ("Body", "Your order is ready.")])
    return answer.status, answer.body.get("code", 0)


async def until_open(stand: Stand, number: str) -> tuple[int, int]:
    """The first answer that is not 503."""
    async with asyncio.timeout(30):
        while (answer := await told(stand, number))[0] == 503:  # noqa: ASYNC110 - it is asked anew
            await asyncio.sleep(0.02)
    return answer


def emptied(url: str) -> None:
    """FLUSHALL on a server."""
    redis.Redis(unix_socket_path=url.removeprefix("unix://")).flushall()


def own_url(stand: Stand) -> str:
    """The address of the gate's own server."""
    assert stand.gate.ground.server is not None
    return stand.gate.ground.server.url


async def test_an_older_copy_of_the_stores_files_is_brought_up_to_date(
    stand: Stand, tmp_path: Path
) -> None:
    files, copy = stand.settings.data / "store", tmp_path / "copy"
    await stand.opt_out(ANA)
    await stand.stop()
    shutil.copytree(files, copy, ignore=shutil.ignore_patterns("*.sock"))
    await stand.start()
    await stand.opt_out(BEN)
    await stand.stop()
    shutil.rmtree(files)
    shutil.copytree(copy, files)
    await stand.start()
    assert [await until_open(stand, number) for number in (ANA, BEN, CY)] == [
        (400, 21610),
        (400, 21610),
        (201, 0),
    ]


async def test_nobody_gets_through_while_the_store_is_emptied_again_and_again(
    stand: Stand,
) -> None:
    await stand.opt_out(BEN)
    answers: Counter[tuple[int, int]] = Counter()
    ended = asyncio.Event()

    async def sender() -> None:
        while not ended.is_set():
            answers[await told(stand, BEN)] += 1

    senders = [asyncio.create_task(sender()) for _ in range(8)]
    for _ in range(10):
        await asyncio.to_thread(emptied, own_url(stand))
        await asyncio.sleep(0.15)
    ended.set()
    await asyncio.gather(*senders)
    print(f"while it was emptied ten times: {dict(answers)}")
    assert answers.keys() == {(400, 21610), (503, 20503)}
    assert stand.carrier.requests == []


async def test_a_long_replay_is_told_in_the_log_and_closed_until_its_end(stand: Stand) -> None:
    ground = stand.gate.ground
    for start in range(0, MANY, 500):
        entries = [
            consent_entry(
                TENANT,
                n.to_bytes(16, "big"),
                ConsentEvent(f"e{n}", ConsentAct.OPT_OUT, now()),
            )
            for n in range(start, start + 500)
        ]
        await ground.ledger.commit(ground.store, entries, settled=False)
    await stand.opt_out(ANA)
    with capture_logs() as events:
        emptied(own_url(stand))
        assert await told(stand, ANA) == (503, 20503)
        assert await until_open(stand, ANA) == (400, 21610)
    said = [(e["done"], e["total"]) for e in events if e["event"] == "store_replayed"]
    assert [done for done, _ in said][:2] == [5_000, 10_000]
    assert said[-1] == (ground.ledger.last, ground.ledger.last)


# Another server at the same address


class Server:
    """A server that can be replaced by another at the same address."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes]
        self.url = ""
        self.start()

    def start(self) -> None:
        self._process, self.url = launch_server(self._folder)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()

    def replace(self) -> None:
        """Stop it, and start one without data in its place."""
        self.stop()
        shutil.rmtree(self._folder / "appendonlydir")
        self.start()


@pytest.fixture
async def outside(tmp_path: Path) -> AsyncIterator[tuple[Stand, Server]]:
    """A gate on a server that is not its own."""
    server = Server(tmp_path / "outside")
    async with standing_gate(tmp_path, redis_url=server.url) as standing:
        yield standing, server
    server.stop()


async def test_an_empty_server_in_its_place_learns_everything_first(
    outside: tuple[Stand, Server],
) -> None:
    stand, server = outside
    await stand.opt_out(ANA)
    await asyncio.to_thread(server.replace)
    assert await told(stand, ANA) == (503, 20503)
    assert await until_open(stand, ANA) == (400, 21610)
    assert await until_open(stand, BEN) == (201, 0)


async def test_the_server_of_another_installation_in_its_place_stays_closed(
    outside: tuple[Stand, Server],
) -> None:
    """Its mark is high enough; only the name in it tells that its people are not ours."""
    stand, server = outside
    await stand.opt_out(ANA)
    await asyncio.to_thread(server.replace)
    foreign = redis.Redis(unix_socket_path=server.url.removeprefix("unix://"))
    foreign.hset("gk:meta", mapping={"applied": 1000, "registry": 1, "installation": "another"})
    for _ in range(5):
        assert await told(stand, ANA) == (503, 20503)
        await asyncio.sleep(0.1)
    state = (await stand.ready()).body["dependencies"]["store"]
    assert "another installation" in state
    foreign.flushall()
    assert await until_open(stand, ANA) == (400, 21610)
    await eventually(lambda: stand.gate.ground.store.trouble is None)
