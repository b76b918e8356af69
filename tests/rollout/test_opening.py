"""By which policy does a gate start, and when does it rather not start?"""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from gatekeeper.errors import InputRejected, PolicyError
from gatekeeper.rollout.history import History, read_history, write_history
from gatekeeper.rollout.setup import Setup
from tests.support.rollouts import House, house


async def promoted(home: House) -> str:
    """The digest that was in force before the folder became faulty and a mere candidate."""
    digest = (await home.holder()).state.hash
    home.write("verdict: block", "verdict: blok")
    return digest


async def test_a_first_start_takes_the_folder(tmp_path: Path) -> None:
    for name, promoted_only in (("watch", False), ("promote", True)):
        (tmp_path / name).mkdir()
        home = house(tmp_path / name, promoted_only=promoted_only)
        holder = await home.holder()
        assert holder.state.differs is False
        assert home.setup.versions.names() == (holder.state.hash,)


async def test_a_candidate_folder_however_faulty_does_not_hinder_the_start(tmp_path: Path) -> None:
    home = house(tmp_path, promoted_only=True)
    digest = await promoted(home)
    holder = await home.holder()
    assert holder.state.hash == digest
    assert holder.state.faults and holder.state.differs
    assert home.how == ["start", "start"]


async def test_a_folder_that_was_left_faulty_stays_out_over_a_restart(tmp_path: Path) -> None:
    home = house(tmp_path)
    digest = await promoted(home)
    history = read_history(home.setup.history)
    draft = home.setup.versions.draft(home.setup.folder)
    write_history(home.setup.history, msgspec.structs.replace(history, left=(draft.mark,)))
    assert (await home.holder()).state.hash == digest
    write_history(home.setup.history, history)
    with pytest.raises(PolicyError):
        await home.holder()


async def test_a_version_that_the_journal_does_not_know_does_not_judge(tmp_path: Path) -> None:
    home = house(tmp_path, promoted_only=True)
    await promoted(home)
    home.journal.written.clear()
    with pytest.raises(InputRejected, match="journal does not say") as told:
        await home.holder()
    assert "move it away to start from policies/" in str(told.value)


async def test_a_version_whose_files_were_changed_or_lost_does_not_judge(tmp_path: Path) -> None:
    home = house(tmp_path, promoted_only=True)
    digest = await promoted(home)
    file = home.setup.versions.path(digest) / "floor" / "us.yaml"
    good = file.read_text()
    file.write_text(good.replace("verdict: block", "verdict: flag"))
    with pytest.raises(PolicyError, match="were changed"):
        await home.holder()
    file.write_text("pack: [")
    with pytest.raises(PolicyError, match="cannot be used"):
        await home.holder()
    file.write_text(good)
    assert (await home.holder()).state.hash == digest
    shutil.rmtree(home.setup.versions.path(digest))
    with pytest.raises(InputRejected, match="is not kept"):
        await home.holder()


async def test_a_damaged_history_does_not_start_as_if_there_were_none(tmp_path: Path) -> None:
    home = house(tmp_path, promoted_only=True)
    await promoted(home)
    home.setup.history.write_text("{")
    with pytest.raises(InputRejected, match="history"):
        await home.holder()


async def test_a_data_folder_within_the_policies_is_refused(tmp_path: Path) -> None:
    home = house(tmp_path)
    inside = House(Setup(home.setup.folder, home.setup.folder / "data"))
    with pytest.raises(InputRejected, match="lies in the folder of policy files"):
        await inside.holder()


async def test_an_empty_history_is_a_first_start(tmp_path: Path) -> None:
    home = house(tmp_path, promoted_only=True)
    write_history(home.setup.history, History())
    assert (await home.holder()).state.differs is False
