"""Does a changed folder take over whole, and a bad one not at all?"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from gatekeeper.errors import JournalError, PolicyError
from gatekeeper.rollout import activate
from gatekeeper.rollout.activate import Change
from gatekeeper.rollout.examine import Found, examined, kept
from gatekeeper.rollout.history import Actor, read_history
from gatekeeper.rollout.versions import Versions, stored
from tests.support.rollouts import House, house

ANN = Actor("user:ann")


@pytest.fixture
def home(tmp_path: Path) -> House:
    return house(tmp_path)


async def test_a_changed_folder_becomes_the_policy(home: House) -> None:
    holder = await home.holder()
    before, state = holder.current, holder.state
    home.write("verdict: block", "verdict: hold")
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
    home: House, old: str, new: str, told: str
) -> None:
    """Whether it does not load or does not do what its tests say."""
    holder = await home.holder()
    before, active = holder.current, holder.state
    home.write(old, new)
    state = await holder.reload()
    assert holder.current is before
    assert (state.hash, state.since, state.differs) == (active.hash, active.since, True)
    assert told in state.faults[0]
    assert state.failed_at is not None
    assert (state.failures, state.candidate) == (1, None)
    home.write(new, old)
    healed = await holder.reload()
    assert (healed.faults, healed.failed_at, healed.differs) == ((), None, False)
    assert (healed.since, healed.failures) == (active.since, 1)


async def test_a_folder_that_is_gone_leaves_the_last_good_policy_until_it_is_back(
    home: House, tmp_path: Path
) -> None:
    holder = await home.holder()
    before = holder.current
    home.setup.folder.rename(tmp_path / "away")
    state = await holder.reload()
    assert holder.current is before
    assert state.faults == ("-:1:1: no policy files are there",)
    (tmp_path / "away").rename(home.setup.folder)
    assert (await holder.reload()).faults == ()
    assert holder.current is before


async def test_no_gate_starts_on_a_bad_folder(home: House) -> None:
    home.write("verdict: block", "verdict: blok")
    with pytest.raises(PolicyError):
        await home.holder()
    assert home.journal.written == []


async def test_a_policy_is_on_record_with_who_and_why_before_it_judges(home: House) -> None:
    holder = await home.holder()
    first = holder.state.hash
    ((kind, digest, body),) = home.journal.written
    assert (kind, digest, body["how"], body["who"], body["before"]) == (
        "policy", first, "start", Actor("gate"), None,
    )  # fmt: skip
    await holder.reload()
    assert len(home.journal.written) == 1
    home.write("verdict: block", "verdict: hold")
    changed = await holder.reload()
    (_, digest, body) = home.journal.written[-1]
    assert (digest, body["how"], body["before"]) == (changed.hash, "watch", first)
    assert body["why"] == "the folder of policy files changed"


async def test_every_policy_that_was_active_is_kept_and_listed(home: House) -> None:
    holder = await home.holder()
    home.write("verdict: block", "verdict: hold")
    await holder.reload()
    history = read_history(home.setup.history)
    assert history == holder.history
    assert [each.how for each in history.activations] == ["start", "watch"]
    for each in history.activations:
        path = stored(home.setup.data, each.digest)
        assert kept(path.name, home.setup.versions).policy.hash == each.digest
    assert history.active is not None and history.active.digest == holder.state.hash


async def test_only_as_many_versions_are_kept_as_the_setting_says(tmp_path: Path) -> None:
    home = house(tmp_path, keep=2)
    holder = await home.holder()
    for old, new in (("block", "hold"), ("hold", "defer"), ("defer", "flag")):
        home.write(f"verdict: {old}", f"verdict: {new}")
        assert (await holder.reload()).faults == ()
    assert set(home.setup.versions.names()) == set(holder.history.newest(2))
    assert len(holder.history.activations) == 4


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (JournalError("disk full"), "disk full"),
        (OSError("read-only"), "read-only"),
        (ZeroDivisionError(), "failed with ZeroDivisionError"),
    ],
)
async def test_a_policy_that_cannot_be_recorded_does_not_judge_until_it_can(
    home: House, error: Exception, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried again by itself, though nobody touches the folder."""
    monkeypatch.setattr(activate, "AGAIN_S", 0.0)
    holder = await home.holder()
    before, home.journal.error = holder.current, error
    home.write("verdict: block", "verdict: hold")
    state = await holder.reload()
    assert holder.current is before
    assert state.differs
    assert told in state.faults[0]
    assert read_history(home.setup.history).active == holder.history.active
    home.journal.error = None
    watch = asyncio.create_task(holder.watch(0.01))
    try:
        await until(lambda: holder.current is not before)
    finally:
        watch.cancel()


async def test_a_history_that_cannot_be_written_takes_the_record_back(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = await home.holder()
    before = holder.current

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(activate, "write_history", full)
    home.write("verdict: block", "verdict: hold")
    state = await holder.reload()
    assert holder.current is before and "no space left" in state.faults[0]
    assert [digest == state.hash for _, digest, _ in home.journal.written] == [True, False, True]
    assert home.journal.written[-1][2]["why"] == "history could not be written"


async def test_a_restart_on_the_same_policy_is_recorded_and_is_no_new_version(home: House) -> None:
    since = (await home.holder()).state.since
    again = await home.holder()
    assert home.how == ["start", "start"]
    assert len(again.history.activations) == 1
    assert again.state.since == since


async def test_a_version_put_in_force_by_hand_is_not_overrun_by_the_folder_as_it_is(
    home: House,
) -> None:
    holder = await home.holder()
    first = holder.current
    home.write("verdict: block", "verdict: hold")
    bad = await holder.reload()
    async with holder.turn:
        change = Change("rollback", ANN, "it holds too much")
        await holder.put_in_force(first, change, found=None, left=("mark", bad.hash))
    for state in (await holder.reload(), (holder := await home.holder()).state):
        assert state.hash == first.policy.hash
        assert (state.differs, state.pinned, state.candidate) == (True, True, bad.hash)
    home.write("verdict: hold", "verdict: flag")
    state = await holder.reload()
    assert state.hash not in (first.policy.hash, bad.hash)
    assert (state.differs, state.pinned, holder.history.left) == (False, False, ())


async def test_a_folder_that_says_again_what_is_in_force_is_live_again(home: House) -> None:
    holder = await home.holder()
    async with holder.turn:
        await holder.write(holder.history.activated(holder.history.activations[-1], ("a", "b")))
    state = await holder.reload()
    assert (state.differs, state.pinned, holder.history.left) == (False, False, ())


async def test_a_candidate_folder_is_proved_and_not_taken(tmp_path: Path) -> None:
    home = house(tmp_path, promoted_only=True)
    holder = await home.holder()
    first = holder.state.hash
    home.write("verdict: block", "verdict: hold")
    state = await holder.reload()
    assert (state.hash, state.differs, state.pinned) == (first, True, False)
    assert state.candidate not in (None, first)
    home.write("verdict: hold", "verdict: hodl")
    state = await holder.reload()
    assert (state.hash, state.candidate) == (first, None) and state.faults
    assert (await home.holder()).state.faults == state.faults


async def test_the_watch_takes_a_change_and_lets_an_unchanged_folder_be(home: House) -> None:
    holder = await home.holder()
    looks = home.clock.looks
    watch = asyncio.create_task(holder.watch(0.01))
    try:
        await asyncio.sleep(0.05)
        assert home.clock.looks == looks
        first = holder.state.hash
        home.write("verdict: block", "verdict: blok")
        await until(lambda: holder.state.differs)
        home.write("verdict: blok", "verdict: hold")
        await until(lambda: holder.state.hash != first)
        assert not holder.state.differs
    finally:
        watch.cancel()


async def test_the_watch_waits_for_whoever_writes_but_not_for_ever(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activate, "WRITERS_S", 0.2)
    holder = await home.holder()
    first, file = holder.state.hash, home.setup.folder / "floor" / "us.yaml"
    text = file.read_text().replace("verdict: block", "verdict: hold")
    watch = asyncio.create_task(holder.watch(0.01))
    try:
        with file.open("w") as half:
            half.write(text)
            half.flush()
            await asyncio.sleep(0.1)
            assert (holder.state.hash, holder.state.faults) == (first, ())
            await until(lambda: holder.state.hash != first)
    finally:
        watch.cancel()


async def test_a_folder_that_changes_while_it_is_proved_is_not_taken(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was copied may be half of what somebody writes file by file."""
    holder = await home.holder()
    before, prove = holder.current, examined

    def slow(folder: Path, versions: Versions) -> Found:
        found = prove(folder, versions)
        home.write("verdict: hold", "verdict: flag")
        return found

    home.write("verdict: block", "verdict: hold")
    monkeypatch.setattr(activate, "examined", slow)
    state = await holder.reload()
    assert holder.current is before and "changed while it was read" in state.faults[0]
    monkeypatch.setattr(activate, "examined", prove)
    watch = asyncio.create_task(holder.watch(0.01))
    try:
        await until(lambda: holder.current is not before)
        assert holder.current.policy.rules[0].verdict.label == "flag"
    finally:
        watch.cancel()


async def test_what_a_killed_gate_was_about_to_prove_is_gone_after_the_next_start(
    home: House,
) -> None:
    await home.holder()
    home.setup.versions.draft(home.setup.folder)
    await home.holder()
    assert [path.name for path in home.setup.versions.home.iterdir()] == [
        *home.setup.versions.names()
    ]


async def test_a_reload_leaves_no_copy_behind(home: House) -> None:
    holder = await home.holder()
    await holder.reload()
    home.write("verdict: block", "verdict: blok")
    await holder.reload()
    assert len(list(home.setup.versions.home.iterdir())) == 1


async def until(condition: Callable[[], bool]) -> None:
    """Wait five seconds at most."""
    for _ in range(500):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError
