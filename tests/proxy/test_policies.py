"""Do the settings say how a policy comes into force?"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from gatekeeper.proxy.policies import setup_of
from gatekeeper.settings import Settings


def test_by_default_the_folder_is_live_and_one_person_suffices(tmp_path: Path) -> None:
    setup = setup_of(Settings(data=tmp_path, policies=tmp_path / "p"))
    assert (setup.folder, setup.data) == (tmp_path / "p", tmp_path)
    assert (setup.promoted_only, setup.approvals, setup.keep) == (False, 1, 20)


def test_every_setting_counts(tmp_path: Path) -> None:
    settings = Settings(
        data=tmp_path,
        policy_activation="promote",
        policy_approvals=2,
        policy_versions_kept=3,
        policy_proposal_hours=0.5,
    )
    setup = setup_of(settings)
    assert (setup.promoted_only, setup.approvals, setup.keep) == (True, 2, 3)
    assert setup.proposals_last == timedelta(minutes=30)
