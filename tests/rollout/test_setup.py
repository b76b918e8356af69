"""Where does an installation keep what was in force?"""

from __future__ import annotations

from pathlib import Path

from gatekeeper.rollout.setup import Setup


def test_everything_lies_in_one_folder_of_the_data_folder(tmp_path: Path) -> None:
    setup = Setup(tmp_path / "policies", tmp_path / "data")
    assert setup.history == tmp_path / "data" / "policy" / "history.json"
    assert setup.versions.home == tmp_path / "data" / "policy" / "versions"
    assert (setup.promoted_only, setup.approvals) == (False, 1)
