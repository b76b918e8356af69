"""Does no way of writing a file let half a policy judge, and does the whole one come by itself?

Each way is that of a real editor or tool. The pack has two rules; cut off after the first it is a
policy that loads and holds in all its tests, and lacks a rule. While the file is written the policy
must be the old one or the new one, never that.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from gatekeeper.rollout.activate import PolicyHolder
from tests.support.nobody import powerless
from tests.support.rollouts import House, house

EVERY_S = 0.05
PAUSE_S = 3 * EVERY_S


@pytest_asyncio.fixture
async def watched(tmp_path: Path) -> AsyncIterator[tuple[House, PolicyHolder]]:
    """A house with two rules, and its folder being watched."""
    home = house(tmp_path)
    file = home.setup.folder / "floor" / "us.yaml"
    text = file.read_text()
    rule = text[text.index("  - id: us.consent") :]
    file.write_text(text + rule.replace("us.consent", "us.second"))
    async with watching(home) as holder:
        yield home, holder


@asynccontextmanager
async def watching(home: House) -> AsyncIterator[PolicyHolder]:
    """The watch of a folder while a test goes on; it ends with no copy under way."""
    holder = await home.holder()
    task = asyncio.create_task(holder.watch(EVERY_S))
    try:
        yield holder
    finally:
        task.cancel()
        await until(lambda: not list(home.setup.versions.home.glob(".draft-*")))


def cut(text: bytes) -> int:
    """Where the second rule begins."""
    return text.index(b"  - id: us.second")


async def in_place(file: Path, new: bytes) -> None:
    """Truncate and write, with a pause in between, as VS Code and `cat >` do."""
    with file.open("wb", buffering=0) as out:
        out.write(new[: cut(new)])
        await asyncio.sleep(PAUSE_S)
        out.write(new[cut(new) :])


async def in_place_mid_word(file: Path, new: bytes) -> None:
    """The same, cut off in the middle of a word."""
    with file.open("wb", buffering=0) as out:
        out.write(new[: len(new) // 2])
        await asyncio.sleep(PAUSE_S)
        out.write(new[len(new) // 2 :])


async def renamed_over(file: Path, new: bytes) -> None:
    """Write beside and rename over, as most editors and `sed -i` do."""
    beside = file.with_name("sedXa81Qz")
    beside.write_bytes(new[: cut(new)])
    await asyncio.sleep(PAUSE_S)
    beside.write_bytes(new)
    beside.rename(file)


async def as_vim(file: Path, new: bytes) -> None:
    """Probe with 4913, move to a backup, write anew, drop the backup; a swap file all the time."""
    swap, probe = file.with_name(".us.yaml.swp"), file.with_name("4913")
    swap.write_bytes(b"b0VIM 9.0" + new)
    probe.touch()
    probe.unlink()
    backup = file.rename(file.with_name("us.yaml~"))  # noqa: ASYNC240 - small and local
    with file.open("wb", buffering=0) as out:
        out.write(new[: cut(new)])
        await asyncio.sleep(PAUSE_S)
        out.write(new[cut(new) :])
    backup.unlink()
    swap.unlink()


async def deleted_and_created(file: Path, new: bytes) -> None:
    """Gone for a while, then there again."""
    file.unlink()  # noqa: ASYNC240
    await asyncio.sleep(PAUSE_S / 4)
    file.write_bytes(new)  # noqa: ASYNC240


async def with_its_folder(file: Path, new: bytes) -> None:
    """The whole folder is moved away, changed and moved back, as a deployment does."""
    root = file.parent.parent
    away = root.rename(root.with_name("away"))
    await asyncio.sleep(PAUSE_S)
    (away / "floor" / "us.yaml").write_bytes(new)
    away.rename(root)


async def file_by_file(file: Path, new: bytes) -> None:
    """A rule goes from one file to another and back, one write after another, as `rsync` does."""
    other, head = file.with_name("us-second.yaml"), new[: new.index(b"  - id:")]
    for _ in range(8):
        file.write_bytes(new[: cut(new)])  # noqa: ASYNC240 - small and local
        await asyncio.sleep(0.4 * EVERY_S)
        other.write_bytes(head.replace(b"pack: us", b"pack: us-second") + new[cut(new) :])
        await asyncio.sleep(0.4 * EVERY_S)
        file.write_bytes(new)  # noqa: ASYNC240
        other.unlink()
        await asyncio.sleep(0.4 * EVERY_S)


WAYS: dict[str, Callable[[Path, bytes], Awaitable[None]]] = {
    way.__name__: way
    for way in (
        in_place, in_place_mid_word, renamed_over, as_vim, deleted_and_created, with_its_folder,
        file_by_file,
    )
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
async def test_half_a_policy_never_judges_and_the_whole_one_comes_by_itself(
    watched: tuple[House, PolicyHolder], way: Callable[[Path, bytes], Awaitable[None]]
) -> None:
    home, holder = watched
    file = home.setup.folder / "floor" / "us.yaml"
    new = file.read_bytes().replace(b"verdict: block", b"verdict: hold")
    work = asyncio.create_task(_awaited(way(file, new)))
    async with asyncio.timeout(20):
        while not (work.done() and holder.current.policy.rules[0].verdict.label == "hold"):
            assert len(holder.current.policy.rules) == 2, holder.state
            await asyncio.sleep(EVERY_S / 10)
    await work
    assert [rule.verdict.label for rule in holder.current.policy.rules] == ["hold", "hold"]
    assert holder.state.faults == ()
    assert home.how == ["start", "watch"]


async def _awaited(work: Awaitable[None]) -> None:
    await work


async def test_permissions_that_are_lost_change_nothing_and_come_back_by_themselves() -> None:
    """For a file, and for a folder, which a listing would pass over in silence."""
    with powerless() as place:
        home = house(place)
        locked = (home.setup.folder / "floor" / "us.yaml", home.setup.folder / "floor")
        async with watching(home) as holder:
            first = holder.state.hash
            for path in locked:
                mode = path.stat().st_mode
                path.chmod(0)
                await until(lambda: bool(holder.state.faults))
                name = path.relative_to(home.setup.folder)
                assert holder.state.faults == (f"{name}:1:1: cannot be read: Permission denied",)
                assert (holder.state.hash, holder.state.differs) == (first, True)
                path.chmod(mode)
                await until(lambda: not holder.state.faults)
                assert (holder.state.hash, holder.state.differs) == (first, False)


async def test_a_folder_that_is_moved_away_changes_nothing_until_it_is_back(
    watched: tuple[House, PolicyHolder],
) -> None:
    home, holder = watched
    before = holder.current
    away = home.setup.folder.rename(home.setup.folder.with_name("away"))
    await until(lambda: bool(holder.state.faults))
    assert holder.current is before
    shutil.move(away, home.setup.folder)
    await until(lambda: not holder.state.faults)
    assert holder.current is before and home.how == ["start"]


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 - what is waited for is a thread's work
            await asyncio.sleep(EVERY_S / 10)
