"""Does a change of policy under load drop nothing, and is every decision by one version alone?

Two policies answer the same message the opposite way: one blocks it by three rules, the other lets
it go, marked by two rules and by a detector that the first one lacks. While they take turns,
messages are sent without a pause. Each record must hold exactly what the version does that it
names, as told by that version's own kept files: rules and detector alike.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp
import pytest_asyncio

from gatekeeper.domain.words import Mode
from gatekeeper.rollout.desk import RolloutDesk
from gatekeeper.rollout.examine import kept
from gatekeeper.rollout.history import Actor
from gatekeeper.rollout.notary import ACTIVATED
from tests.support.acme import ANA, NEWS
from tests.support.gate import MESSAGES, WORD, Stand, standing_gate
from tests.support.two_policies import MILD, STRICT, shipped_copy, write_mild, write_strict

TURNS = 12
AT_ONCE = 24
SLOWEST_S = 5.0
"""No request takes longer, not even on a busy machine."""
PATIENT: dict[str, Any] = {"store_timeout_ms": 5_000, "journal_timeout_ms": 5_000}
"""A busy machine may keep the store waiting for more than the quarter of a second of the default:
the gate would refuse then, as it should, and this is about policies."""


class Sent(NamedTuple):
    """What an app was answered, and after how long."""

    status: int
    decision: str
    rule: str
    seconds: float


class Versions(NamedTuple):
    """A gate and the folder that changes under it."""

    stand: Stand
    folder: Path


@pytest_asyncio.fixture
async def versions(tmp_path: Path) -> AsyncIterator[Versions]:
    folder = shipped_copy(tmp_path)
    write_mild(folder)
    async with standing_gate(tmp_path, policies=folder, **PATIENT) as stand:
        yield Versions(stand, folder)


async def send(stand: Stand, session: aiohttp.ClientSession, until: asyncio.Event) -> list[Sent]:
    """Send one message after another until it is over."""
    loop, sent = asyncio.get_running_loop(), []
    form = {"To": ANA, "From": NEWS, "Body": f"Order {WORD}"}
    headers = {"Authorization": stand.basic()}
    while not until.is_set():
        began = loop.time()
        async with session.post(stand.url + MESSAGES, data=form, headers=headers) as got:
            await got.read()
            told = got.headers
            sent.append(
                Sent(
                    got.status,
                    told["Gatekeeper-Decision"],
                    told.get("Gatekeeper-Rule", ""),
                    loop.time() - began,
                )
            )
    return sent


async def under_load(stand: Stand, work: asyncio.Task[None]) -> list[Sent]:
    """What all apps were answered while the work went on."""
    until = asyncio.Event()
    connector = aiohttp.TCPConnector(limit=AT_ONCE)
    async with aiohttp.ClientSession(connector=connector) as session:
        apps = [asyncio.create_task(send(stand, session, until)) for _ in range(AT_ONCE)]
        try:
            await work
        finally:
            until.set()
        return [each for app in apps for each in await app]


def does(stand: Stand, digest: str) -> frozenset[str]:
    """The rules of the house that fire by this version, as its own kept files say."""
    judge = kept(digest, stand.gate.policies.setup.versions)
    here = {rule.id for rule in judge.policy.rules if rule.mode is Mode.ENFORCE}
    found = {each for each in here if each.startswith("house.")}
    knows = any(detector.id == "house_word" for detector in judge.policy.detectors)
    return frozenset(found | ({"content.credential"} if knows else set()))


def mixed(stand: Stand, sent: list[Sent]) -> list[str]:
    """Every answer that does not fit its record, and every record that does not fit its version."""
    records = {record.id: record.content for record in stand.records("decision")}
    digests = {each.digest for each in stand.gate.policies.history.activations}
    known = {digest: does(stand, digest) for digest in digests}
    wrong = []
    for each in sent:
        body = records[each.decision]
        (person,) = body["recipients"]
        rules = {finding["rule"] for finding in person["findings"]}
        strict = "house.strict_one" in known[body["policy"]]
        if rules != known[body["policy"]]:
            wrong.append(f"{body['policy'][:8]}: found {sorted(rules)}")
        if (body["verdict"], each.status) != (("block", 400) if strict else ("flag", 201)):
            wrong.append(f"{body['policy'][:8]}: {body['verdict']}, answered {each.status}")
        if strict and each.rule not in known[body["policy"]]:
            wrong.append(f"answered with {each.rule}")
    return wrong


async def test_policies_that_take_turns_under_load_drop_nothing_and_mix_nothing(
    versions: Versions,
) -> None:
    stand, folder = versions
    policies = stand.gate.policies

    async def take_turns() -> None:
        for turn in range(TURNS):
            (write_strict, write_mild)[turn % 2](folder)
            assert (await policies.reload()).faults == ()

    sent = await under_load(stand, asyncio.create_task(take_turns()))
    assert mixed(stand, sent) == []
    by_status = {status: [s for s in sent if s.status == status] for status in (201, 400)}
    assert len(by_status[201]) + len(by_status[400]) == len(sent)
    assert all(len(each) > TURNS for each in by_status.values()), "both must have judged"
    assert max(each.seconds for each in sent) < SLOWEST_S
    assert len(stand.carrier.requests) == len(by_status[201])
    activated = [record.id for record in stand.records(ACTIVATED)]
    assert len(activated) == TURNS + 1 and len(set(activated)) == 2
    expected = [{f"house.{name}" for name in names} for names in (MILD, STRICT)]
    assert [set(does(stand, each)) - {"content.credential"} for each in activated[:2]] == expected


async def test_a_promotion_and_a_rollback_under_load_drop_nothing_and_mix_nothing(
    versions: Versions, tmp_path: Path
) -> None:
    """What is promoted is tried in a process of its own meanwhile."""
    stand, folder = versions
    desk, ann = RolloutDesk(stand.gate.policies), Actor("user:ann")
    first, other = stand.gate.policies.state.hash, tmp_path / "other"
    shutil.copytree(folder, other)
    write_strict(other)

    async def there_and_back() -> None:
        await desk.promote(other, ann, "strict")
        await asyncio.sleep(0.2)
        await desk.roll_back(None, ann, "mild")
        await asyncio.sleep(0.2)

    sent = await under_load(stand, asyncio.create_task(there_and_back()))
    assert {each.status for each in sent} == {201, 400}
    assert mixed(stand, sent) == []
    state = stand.gate.policies.state
    assert (state.hash, state.pinned, state.differs) == (first, False, False)
