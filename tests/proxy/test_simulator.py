"""Does a played webhook go the whole way of a real one, and only in the sandbox?"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from gatekeeper.domain.words import Channel
from gatekeeper.errors import InputRejected
from gatekeeper.pipeline.inbound_learn import Learner
from gatekeeper.proxy.inward import open_inward, simulator
from gatekeeper.proxy.simulator import SimulatedInput, Simulator
from tests.support.acme import ANA, BEN, NEWS
from tests.support.gate import Stand, standing_gate
from tests.support.spine import rooms

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stand(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stand]:
    folder: Path = tmp_path_factory.mktemp("gate")
    async with standing_gate(folder, public_url="https://gate.example") as standing:
        yield standing


def player(stand: Stand, *, sandbox: bool = True) -> Simulator:
    """Of this gate, as if its carrier were the sandbox."""
    gate, learner = stand.gate, Learner()
    parts = rooms(stand, learner=learner)
    inward = open_inward(stand.settings, gate.ground, parts, learner, gate.stack)
    return simulator(inward, gate.configuration.registry, sandbox=sandbox)


async def test_a_played_stop_ends_what_a_real_one_would(stand: Stand) -> None:
    asked = SimulatedInput(person=ANA, sender=NEWS, text="STOP", provider="twilio")
    answer = await player(stand).play(asked)
    assert (answer["application"], answer["status"]) == ("shop", 200)
    told = await stand.post({"To": ANA, "From": NEWS, "Body": "Your order."})
    assert (told.status, told.code) == (400, 21610)


async def test_the_sender_is_the_tenants_first_on_the_channel(stand: Stand) -> None:
    asked = SimulatedInput(person=BEN, text="hello", channel=Channel.WHATSAPP)
    assert (await player(stand).play(asked))["status"] == 200
    with pytest.raises(InputRejected, match="no active sender on rcs"):
        await player(stand).play(SimulatedInput(person=BEN, channel=Channel.RCS))


async def test_a_status_is_told_with_its_code(stand: Stand) -> None:
    asked = SimulatedInput(person=BEN, sender=NEWS, status=True, code="21610")
    assert (await player(stand).play(asked))["status"] == 200
    told = await stand.post({"To": BEN, "From": NEWS, "Body": "Your order."})
    assert told.code == 21610


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"provider": "twillio"}, "did you mean twilio"),
        ({"application": "shap"}, "did you mean shop"),
        ({"provider": "telnyx"}, "0 applications fit"),
    ],
)
async def test_what_cannot_be_played_is_told(stand: Stand, asked: dict[str, Any], why: str) -> None:
    with pytest.raises(InputRejected, match=why):
        await player(stand).play(SimulatedInput(person=BEN, **asked))


async def test_nothing_is_played_before_a_real_provider(stand: Stand) -> None:
    with pytest.raises(InputRejected, match="only where every upstream is the sandbox"):
        await player(stand, sandbox=False).play(SimulatedInput(person=BEN))
