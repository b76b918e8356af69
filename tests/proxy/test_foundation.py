"""Does the gate's ground stand whole, or not at all?"""

from __future__ import annotations

import stat
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.domain.consent import ConsentAct
from gatekeeper.errors import JournalError, KeyringError, StoreUnfit
from gatekeeper.journal.read import entries
from gatekeeper.ledger.consent_input import ConsentInput
from gatekeeper.proxy.foundation import Foundation, lay, new_id, now, private_folder
from gatekeeper.settings import Settings
from tests.support.gate import settings_in
from tests.support.valkey import launch_server

NUMBER = "+12122000123"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path, "sandbox")


async def laid(settings: Settings, stack: AsyncExitStack) -> Foundation:
    return await lay(settings, stack, lambda _: None)


async def test_everything_is_private_to_the_gates_own_user(settings: Settings) -> None:
    async with AsyncExitStack() as stack:
        await laid(settings, stack)
        for folder in (settings.data, settings.journal_folder, settings.data / "store"):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        files = [settings.keyring_file, *settings.journal_folder.rglob("*.jsonl")]
        assert len(files) > 1
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


async def test_what_was_recorded_is_there_at_the_next_start(settings: Settings) -> None:
    async with AsyncExitStack() as stack:
        ground = await laid(settings, stack)
        given = ConsentInput(number=NUMBER, event=ConsentAct.OPT_OUT)
        recorded = await ground.consent.record("acme", given)
    async with AsyncExitStack() as stack:
        again = await laid(settings, stack)
        assert await again.consent.history("acme", NUMBER) == (recorded,)
        assert again.ledger.last == 1


async def test_progress_is_told(settings: Settings) -> None:
    said: list[str] = []
    async with AsyncExitStack() as stack:
        await lay(settings, stack, said.append)
    assert said == ["opening the journal", "starting the embedded store", "opening the store"]


async def test_a_second_gate_on_the_same_folder_is_refused(settings: Settings) -> None:
    async with AsyncExitStack() as stack:
        await laid(settings, stack)
        async with AsyncExitStack() as other:
            with pytest.raises(JournalError):
                await laid(settings, other)


async def test_without_its_keyring_a_journal_is_not_opened(settings: Settings) -> None:
    async with AsyncExitStack() as stack:
        await laid(settings, stack)
    settings.keyring_file.unlink()
    async with AsyncExitStack() as stack:
        with pytest.raises(KeyringError, match="restore it"):
            await laid(settings, stack)


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    private_folder(tmp_path / "a" / "b")
    private_folder(tmp_path / "a" / "b")
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700


def test_ids_do_not_repeat_and_the_clock_knows_its_zone() -> None:
    assert len({new_id() for _ in range(1000)}) == 1000
    assert now().utcoffset() is not None


async def test_a_server_that_would_forget_is_refused_unless_that_is_put_on_record(
    settings: Settings, tmp_path: Path
) -> None:
    process, url = launch_server(tmp_path / "outside", "no")
    try:
        outside = settings_in(tmp_path, "sandbox", redis_url=url)
        async with AsyncExitStack() as stack:
            with pytest.raises(StoreUnfit, match=r"appendfsync is no.*journal_only"):
                await laid(outside, stack)
        accepting = settings_in(tmp_path, "sandbox", redis_url=url, store_durability="journal_only")
        async with AsyncExitStack() as stack:
            ground = await laid(accepting, stack)
            given = ConsentInput(number=NUMBER, event=ConsentAct.OPT_OUT)
            await ground.consent.record("acme", given)
            assert (await ground.store.health()).durability == "none"
    finally:
        process.terminate()
        process.wait()
    assert told(accepting) == [{"asked": "journal_only", "promised": "none"}]


async def test_each_start_records_what_its_acknowledgements_rest_on(settings: Settings) -> None:
    async with AsyncExitStack() as stack:
        await laid(settings, stack)
    assert told(settings) == [{"asked": "confirmed", "promised": "synced on demand"}]


def told(settings: Settings) -> list[Any]:
    """What the starts have recorded of the store's durability."""
    found = (each.line for each in entries(settings.journal_folder))
    return [line.content for line in found if line.kind == "store.durability"]
