"""Does a trial in another process find what does not hold, and is a lost one no success?"""

from __future__ import annotations

from pathlib import Path

import pytest

from gatekeeper.errors import DependencyUnavailable
from gatekeeper.rollout import trial as module
from gatekeeper.rollout.examine import digest_of
from gatekeeper.rollout.trial import trial, tried
from tests.support.author import table
from tests.support.rollouts import house


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return house(tmp_path).setup.folder


async def test_what_holds_is_counted(folder: Path) -> None:
    table(folder, "[us.consent]")
    ended = await tried(folder)
    assert ended == trial(folder)
    assert (ended.digest, ended.faults, ended.rows) == (digest_of(folder), (), 1)
    assert ended.examples > 10


async def test_a_row_of_a_table_that_does_not_hold_is_a_fault(folder: Path) -> None:
    table(folder, "[us.other]")
    faults = (await tried(folder)).faults
    assert faults[0].startswith("tests/consent.yaml:2:5: no consent: findings: expected")


def test_a_table_that_cannot_be_read_and_a_folder_that_does_not_load_are_faults(
    folder: Path,
) -> None:
    (folder / "tests").mkdir()
    (folder / "tests" / "odd.yaml").write_text("rows: [")
    file = folder / "floor" / "us.yaml"
    file.write_text(file.read_text().replace("verdict: block", "verdict: blok"))
    ended = trial(folder)
    assert (ended.digest, ended.examples) == ("", 0)
    assert [fault.split(":")[0] for fault in ended.faults] == ["floor/us.yaml", "tests/odd.yaml"]


def test_faults_are_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_FAULTS", 1)
    (folder / "tests").mkdir()
    for name in ("a", "b", "c"):
        (folder / "tests" / f"{name}.yaml").write_text("rows: [")
    faults = trial(folder).faults
    assert len(faults) == 2 and faults[1] == "and 2 more"


async def test_a_trial_that_dies_or_hangs_is_no_success(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(DependencyUnavailable, match="ended with status 1"):
        await tried(folder / "\0".replace("\0", "x" * 300))
    monkeypatch.setattr(module, "WITHIN_S", 0.01)
    with pytest.raises(DependencyUnavailable, match="not tried within"):
        await tried(folder)
