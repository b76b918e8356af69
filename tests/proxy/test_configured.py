"""Does each request get the newest registry and policy as one snapshot that does not change?"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest

from gatekeeper.domain.registry import Tenant
from gatekeeper.domain.reply import ReplyKind
from gatekeeper.ledger.documents import encode
from gatekeeper.proxy.configured import Configuration
from gatekeeper.rollout.activate import PolicyHolder
from gatekeeper.rollout.setup import Setup
from tests.support.rollouts import House

SMALL = Path(__file__).parent.parent / "rollout" / "data" / "small"


class Registered:
    """What the store would tell, and how often it was asked."""

    def __init__(self) -> None:
        self.version = 0
        self.asked = 0

    async def __call__(self) -> tuple[int, Mapping[str, bytes]]:
        self.asked += 1
        await asyncio.sleep(0)
        tenant = Tenant("acme", f"Acme {self.version}")
        return self.version, {"tenant:acme": encode(tenant)} if self.version else {}


@pytest.fixture
async def policies(tmp_path: Path) -> PolicyHolder:
    for file in SMALL.rglob("*.yaml"):
        copy = tmp_path / file.relative_to(SMALL)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(file.read_text())
    return await House(Setup(tmp_path, tmp_path.parent / f"{tmp_path.name}-data")).holder()


async def test_before_the_first_load_nobody_is_registered(policies: PolicyHolder) -> None:
    held = Configuration(policies, Registered(), sandbox=True)
    assert held.current.registry.tenants == {}


async def test_a_newer_registry_is_loaded_once_however_many_ask(policies: PolicyHolder) -> None:
    registered = Registered()
    held = Configuration(policies, registered, sandbox=True)
    before, registered.version = held.current, 3
    await asyncio.gather(*(held.catch_up(3) for _ in range(5)))
    assert registered.asked == 1
    assert held.current.registry.tenants["acme"].name == "Acme 3"
    assert before.registry.tenants == {}


async def test_what_is_known_already_is_not_asked_for(policies: PolicyHolder) -> None:
    registered = Registered()
    held = Configuration(policies, registered, sandbox=True)
    registered.version = 3
    await held.load()
    await held.catch_up(2)
    assert registered.asked == 1


async def test_a_changed_file_of_replies_is_read_by_at_once_unless_its_examples_fail(
    policies: PolicyHolder, tmp_path: Path
) -> None:
    held = Configuration(policies, Registered(), sandbox=True)
    before, file = held.current, tmp_path / "replies" / "en.yaml"
    assert before.replies.read("halt").kind is ReplyKind.NONE
    file.write_text(file.read_text().replace("[stop, quit", "[halt, stop, quit"))
    await policies.reload()
    assert held.current.replies.read("halt").kind is ReplyKind.STOP
    assert before.replies.read("halt").kind is ReplyKind.NONE
    file.write_text(file.read_text().replace("[halt, stop, quit", "[halt, basta, quit"))
    state = await policies.reload()
    assert held.current.replies.read("stop").kind is ReplyKind.STOP
    law, example = state.faults
    assert law.startswith('replies:1:1: replies: "stop": reads as nothing, though by 47 CFR')
    assert example == "replies/en.yaml:4:5: en.stop: positive 1: reads as nothing"


async def test_a_new_policy_takes_over_with_the_registry_as_it_is(
    policies: PolicyHolder, tmp_path: Path
) -> None:
    registered = Registered()
    held = Configuration(policies, registered, sandbox=True)
    registered.version = 1
    await held.load()
    before = held.current
    file = tmp_path / "floor" / "us.yaml"
    file.write_text(file.read_text().replace("verdict: block", "verdict: hold"))
    await policies.reload()
    after = held.current
    assert after.policy.hash != before.policy.hash
    assert after.registry is before.registry
    assert held.current is after
