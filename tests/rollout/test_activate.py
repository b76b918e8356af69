"""Does a changed folder take over whole, and a bad one not at all?"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gatekeeper.errors import JournalError, PolicyError
from gatekeeper.policy.model import Policy
from gatekeeper.rollout.activate import PolicyHolder, fingerprint

SMALL = Path(__file__).parent / "data" / "small"
START = datetime(2026, 11, 20, 17, tzinfo=UTC)


class Clock:
    """A clock that goes on one minute with each look."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self) -> datetime:
        self.looks += 1
        return START + timedelta(minutes=self.looks)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    return tmp_path


def write(folder: Path, old: str, new: str) -> None:
    file = folder / "floor" / "us.yaml"
    file.write_text(file.read_text().replace(old, new))


async def test_a_changed_folder_becomes_the_policy(folder: Path) -> None:
    holder = await PolicyHolder.open(folder, Clock())
    before, state = holder.current, holder.state
    write(folder, "verdict: block", "verdict: hold")
    after = await holder.reload()
    assert holder.current is not before
    assert holder.current.policy.hash == after.hash != state.hash
    assert after.since > state.since
    assert (after.faults, after.differs) == ((), False)
    assert before.policy.hash == state.hash


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("verdict: block", "verdict: blok", "did you mean block?"),
        ("need: express", "need: none", "does not fire"),
    ],
)
async def test_a_bad_folder_leaves_the_last_good_policy_and_says_so(
    folder: Path, old: str, new: str, told: str
) -> None:
    """Whether it does not load or does not do what its tests say."""
    holder = await PolicyHolder.open(folder, Clock())
    before, active = holder.current, holder.state
    write(folder, old, new)
    state = await holder.reload()
    assert holder.current is before
    assert (state.hash, state.since, state.differs) == (active.hash, active.since, True)
    assert told in state.faults[0]
    assert state.failed_at is not None
    write(folder, new, old)
    healed = await holder.reload()
    assert (healed.faults, healed.failed_at, healed.differs) == ((), None, False)
    assert healed.since == active.since


async def test_a_folder_that_is_gone_leaves_the_last_good_policy(folder: Path) -> None:
    holder = await PolicyHolder.open(folder, Clock())
    before = holder.current
    shutil.rmtree(folder)
    state = await holder.reload()
    assert holder.current is before
    assert state.differs


async def test_no_gate_starts_on_a_bad_folder(folder: Path) -> None:
    write(folder, "verdict: block", "verdict: blok")
    with pytest.raises(PolicyError):
        await PolicyHolder.open(folder, Clock())


async def test_a_policy_is_announced_before_it_judges(folder: Path) -> None:
    announced: list[str] = []

    async def announce(policy: Policy) -> None:
        announced.append(policy.hash)

    holder = await PolicyHolder.open(folder, Clock(), announce)
    assert announced == [holder.state.hash]
    await holder.reload()
    assert len(announced) == 1
    write(folder, "verdict: block", "verdict: hold")
    changed = await holder.reload()
    assert announced[1:] == [changed.hash]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (JournalError("disk full"), "disk full"),
        (OSError("read-only"), "read-only"),
        (ZeroDivisionError(), "failed with ZeroDivisionError"),
    ],
)
async def test_a_policy_that_cannot_be_recorded_does_not_judge(
    folder: Path, error: Exception, told: str
) -> None:
    full = False

    async def announce(policy: Policy) -> None:
        if full:
            raise error

    holder = await PolicyHolder.open(folder, Clock(), announce)
    before, full = holder.current, True
    write(folder, "verdict: block", "verdict: hold")
    state = await holder.reload()
    assert holder.current is before
    assert state.differs
    assert told in state.faults[0]


async def test_the_watch_takes_a_change_and_lets_an_unchanged_folder_be(folder: Path) -> None:
    clock = Clock()
    holder = await PolicyHolder.open(folder, clock)
    watch = asyncio.create_task(holder.watch(0.01))
    try:
        await asyncio.sleep(0.05)
        assert clock.looks == 1
        first = holder.state.hash
        write(folder, "verdict: block", "verdict: blok")
        await until(lambda: holder.state.differs)
        write(folder, "verdict: blok", "verdict: hold")
        await until(lambda: holder.state.hash != first)
        assert not holder.state.differs
    finally:
        watch.cancel()


async def until(condition: Callable[[], bool]) -> None:
    """Wait five seconds at most."""
    for _ in range(500):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


def test_a_fingerprint_changes_when_a_file_is_written_added_or_removed(folder: Path) -> None:
    seen = [fingerprint(folder)]
    write(folder, "verdict: block", "verdict: hold it")
    seen.append(fingerprint(folder))
    (folder / "floor" / "us-fl.yaml").write_text("pack: us-fl\n")
    seen.append(fingerprint(folder))
    (folder / "floor" / "us.yaml").unlink()
    seen.append(fingerprint(folder))
    assert len(set(seen)) == 4
    assert fingerprint(folder) == seen[-1]
