"""Does the gate start whole or not at all, and stop without losing anything?"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from gatekeeper.errors import GatekeeperError, InputRejected, PolicyError
from gatekeeper.proxy.gate import start
from tests.support.acme import ANA, NEWS
from tests.support.gate import settings_in, standing_gate
from tests.support.recording_carrier import slow
from tests.support.wire import ask, request


async def test_a_start_tells_how_far_it_is_and_opens_its_doors_last(tmp_path: Path) -> None:
    said: list[str] = []
    settings = settings_in(tmp_path, "sandbox")
    gate = await start(settings, said.append)
    assert said[-1] == "proving the policy"
    for port in (gate.port, gate.ops_port):
        answer = await ask(port, request("GET", "/readyz", {}))
        assert answer is not None and answer.status == 200
    await gate.stop()
    assert not settings.admin_socket.exists()


async def test_after_a_stop_the_next_start_knows_all_and_finds_nothing_open(tmp_path: Path) -> None:
    async with standing_gate(tmp_path) as stand:
        await stand.sms(ANA)
        await stand.stop()
        await stand.start()
        assert (await stand.post([("To", ANA), ("From", NEWS), ("Body", "x")])).status == 201
        assert {line.content["end"] for line in stand.records("outcome")} == {"sent"}
        policies = stand.records("policy")
        assert len({line.content["hash"] for line in policies}) == 1


async def test_a_stop_waits_for_what_is_under_way(tmp_path: Path) -> None:
    async with standing_gate(tmp_path) as stand:
        stand.carrier.script = slow(0.5)
        sending = asyncio.create_task(stand.post())
        while not stand.carrier.requests:  # noqa: ASYNC110 - another task's list
            await asyncio.sleep(0.01)
        await stand.stop()
        assert (await sending).status == 201
        (outcome,) = stand.records("outcome")
        assert outcome.content["end"] == "sent"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"policies": Path("/nowhere")}, PolicyError),
        ({"listen": "127.0.0.1"}, InputRejected),
        ({"ops_listen": "256.0.0.1:x"}, InputRejected),
        ({"upstream_twilio": "nowhere"}, InputRejected),
    ],
    ids=["policies", "listen", "ops_listen", "upstream"],
)
async def test_what_cannot_start_leaves_nothing_running(
    tmp_path: Path, change: dict[str, object], error: type[GatekeeperError]
) -> None:
    settings = settings_in(tmp_path, "sandbox").model_copy(update=change)
    with pytest.raises(error):
        await start(settings, lambda _: None)
    again = await start(settings_in(tmp_path, "sandbox"), lambda _: None)
    await again.stop()


async def test_a_running_gate_lets_no_second_one_near_its_data(tmp_path: Path) -> None:
    async with standing_gate(tmp_path) as stand:
        with pytest.raises(GatekeeperError):
            await start(stand.settings, lambda _: None)
        assert (await stand.post()).status == 201
