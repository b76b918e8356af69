"""Does a gate start again by the version that was in force, as its real journal bears out?"""

from __future__ import annotations

from pathlib import Path

import pytest

from gatekeeper.errors import GatekeeperError
from gatekeeper.rollout.desk import RolloutDesk
from gatekeeper.rollout.history import Actor, history_file
from gatekeeper.rollout.notary import ACTIVATED
from gatekeeper.rollout.versions import stored
from tests.support.gate import Stand, standing_gate
from tests.support.two_policies import shipped_copy, write_mild, write_strict

ANN = Actor("user:ann")


async def restarted(stand: Stand) -> str:
    """The digest by which it judges after a restart."""
    await stand.stop()
    await stand.start()
    told = await stand.post()
    digest = stand.gate.policies.state.hash
    assert stand.records("decision")[-1].content["policy"] == digest
    assert told.status == (201 if "house.mild_one" in str(stand.gate.policies.current) else 400)
    return digest


async def test_a_rollback_lasts_over_restarts_until_the_folder_changes(tmp_path: Path) -> None:
    folder = shipped_copy(tmp_path)
    write_mild(folder)
    async with standing_gate(tmp_path, policies=folder) as stand:
        mild = stand.gate.policies.state.hash
        write_strict(folder)
        strict = (await stand.gate.policies.reload()).hash
        await RolloutDesk(stand.gate.policies).roll_back(None, ANN, "too strict")
        assert await restarted(stand) == mild
        assert (
            "another version than the folder"
            in (await stand.ready()).body["dependencies"]["policy"]
        )
        assert "gatekeeper_policy_pinned 1.0" in await stand.metrics()
        assert await restarted(stand) == mild
        file = folder / "floor" / "house.yaml"
        file.write_text(file.read_text().replace("Rules of our own house", "Our own rules"))
        changed = (await stand.gate.policies.reload()).hash
        assert changed not in (mild, strict)
        assert await restarted(stand) == changed
        hows = [record.content["how"] for record in stand.records(ACTIVATED)]
        assert hows == ["start", "watch", "rollback", "start", "start", "watch", "start"]


async def test_a_candidate_stays_one_over_restarts_and_a_forged_version_does_not_start(
    tmp_path: Path,
) -> None:
    folder = shipped_copy(tmp_path)
    write_strict(folder)
    async with standing_gate(tmp_path, policies=folder, policy_activation="promote") as stand:
        strict = stand.gate.policies.state.hash
        write_mild(folder)
        assert await restarted(stand) == strict
        mild = stand.gate.policies.state.candidate
        assert mild is not None and mild != strict
        told = (await stand.ready()).body["dependencies"]["policy"]
        assert told.startswith("ok, but the folder differs")
        await stand.stop()
        data = stand.settings.data
        history = history_file(data).read_text()
        history_file(data).write_text(history.replace(strict, mild))
        stored(data, strict).rename(stored(data, strict).with_name(mild))
        with pytest.raises(GatekeeperError, match="journal does not say"):
            await stand.start()
        history_file(data).write_text(history)
        with pytest.raises(GatekeeperError, match="is not kept"):
            await stand.start()
        stored(data, mild).rename(stored(data, mild).with_name(strict))
        assert await restarted(stand) == strict
