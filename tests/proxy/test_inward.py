"""Are the parts that hear what comes in the ones of the running gate?"""

from __future__ import annotations

from contextlib import AsyncExitStack

import pytest

from gatekeeper.pipeline.inbound_learn import Learner
from gatekeeper.proxy.inward import open_inward
from tests.support.gate import Stand
from tests.support.spine import rooms

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_webhooks_and_commands_write_through_one_recorder(acme: Stand) -> None:
    async with AsyncExitStack() as stack:
        settings = acme.settings.model_copy(update={"public_url": "https://gate.example"})
        learner = Learner()
        inward = open_inward(settings, acme.gate.ground, rooms(acme), learner, stack)
        assert learner.recorder is inward.recorder
        assert inward.public.of("/x") == "https://gate.example/x"
        assert inward.webhooks.inbound.recorder is inward.recorder
