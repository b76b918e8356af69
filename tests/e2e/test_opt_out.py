"""Does an acknowledged opt-out bind the very next send, whatever happens to the store?"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
import redis
from twilio.base.exceptions import TwilioRestException

from gatekeeper.proxy import gate as running_gate
from tests.support.acme import ANA, AWAKE, BEN, OFFERS, TENANT, noon
from tests.support.gate import Stand, standing_gate


@pytest.fixture
async def stand(tmp_path: Path) -> AsyncIterator[Stand]:
    """A gate of its own, to break."""
    async with standing_gate(tmp_path) as standing:
        yield standing


async def code_for(stand: Stand, number: str) -> tuple[int, int]:
    """Status and code of a refusal by the real SDK; (201, 0) if it was sent."""
    try:
        await stand.sms(number)
    except TwilioRestException as refused:
        return refused.status, refused.code
    return 201, 0


async def until_open(stand: Stand, number: str) -> tuple[int, int]:
    """The first answer that is not 503: while the store is away or unverified nothing goes."""
    async with asyncio.timeout(15):
        while (told := await code_for(stand, number))[0] == 503:
            assert told[1] == 20503
            await asyncio.sleep(0.05)
    return told


def plain(stand: Stand) -> redis.Redis:
    """redis-py on the gate's own server."""
    server = stand.gate.ground.server
    assert server is not None
    return redis.Redis(unix_socket_path=server.url.removeprefix("unix://"))


async def test_it_binds_the_next_send(stand: Stand) -> None:
    """Also through another door (the admin socket), and though its date lies ahead of ours."""
    assert await code_for(stand, ANA) == (201, 0)
    await stand.opt_out(ANA)
    assert await code_for(stand, ANA) == (400, 21610)
    ahead = {"number": BEN, "event": "opt_out"}
    ahead["at"] = (datetime.now(UTC) + timedelta(minutes=4)).isoformat()
    connector = aiohttp.UnixConnector(str(stand.settings.admin_socket))
    async with aiohttp.ClientSession(connector=connector) as session:
        url = f"http://admin/consents?tenant={TENANT}"
        async with session.post(url, json=ahead) as acknowledged:
            assert acknowledged.status == 200, await acknowledged.text()
    assert await code_for(stand, BEN) == (400, 21610)
    assert len(stand.carrier.requests) == 1


async def test_it_holds_when_the_store_is_killed(stand: Stand) -> None:
    server = stand.gate.ground.server
    assert server is not None
    for number in (ANA, BEN):
        assert server.pid is not None
        await stand.opt_out(number)
        os.kill(server.pid, signal.SIGKILL)
        assert await until_open(stand, number) == (400, 21610)
    assert stand.carrier.requests == []


async def test_it_holds_when_the_store_is_emptied(stand: Stand) -> None:
    """The first question after the loss is refused with 503: the store is behind its journal."""
    await stand.opt_out(ANA)
    plain(stand).flushall()
    assert await code_for(stand, ANA) == (503, 20503)
    assert await until_open(stand, ANA) == (400, 21610)
    assert await until_open(stand, BEN) == (201, 0)


async def test_a_list_whose_numbers_were_lost_is_not_clear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal tells that the list was active, not what it held: nobody may say "clear"."""
    monkeypatch.setattr(running_gate, "now", noon)
    async with standing_gate(tmp_path) as stand:
        await _lose_a_list(stand)


async def _lose_a_list(stand: Stand) -> None:
    offer = {"from_": OFFERS, "body": "Acme: 20% off today. Reply STOP to opt out."}
    await stand.sms(AWAKE, **offer)
    plain(stand).flushall()
    await until_open(stand, ANA)
    with pytest.raises(TwilioRestException) as refused:
        await stand.sms(AWAKE, **offer)
    assert refused.value.code == 21612
    record = stand.records("decision")[-1]
    assert record.content["reason"] == "dnc.not_checked"


async def test_it_holds_when_the_store_is_set_back(stand: Stand) -> None:
    """A restored older copy has a lower high-water mark, and is brought up to date first."""
    server, client = stand.gate.ground.server, plain(stand)
    assert server is not None
    before = {key: client.dump(key) or b"" for key in client.keys("gk:*")}
    await stand.opt_out(ANA)
    client.flushall()
    for key, dumped in before.items():
        client.restore(key, 0, dumped)
    assert await code_for(stand, ANA) == (503, 20503)
    assert await until_open(stand, ANA) == (400, 21610)


async def test_it_holds_over_a_restart_and_a_lost_store_folder(stand: Stand) -> None:
    await stand.opt_out(ANA)
    await stand.stop()
    await stand.start()
    assert await until_open(stand, ANA) == (400, 21610)
    await stand.stop()
    shutil.rmtree(stand.settings.data / "store")
    await stand.start()
    assert await until_open(stand, ANA) == (400, 21610)
    assert await until_open(stand, BEN) == (201, 0), "registry and consent are back as well"
