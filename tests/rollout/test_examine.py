"""Is what was proved the copy that is kept, and is a kept version what its digest says?"""

from __future__ import annotations

from pathlib import Path

import pytest

from gatekeeper.errors import PolicyError
from gatekeeper.rollout.examine import copied, digest_of, examined, kept, names_of, unchanged
from tests.support.rollouts import House, house


@pytest.fixture
def home(tmp_path: Path) -> House:
    return house(tmp_path)


def test_a_sound_folder_is_known_by_its_bytes_and_by_what_it_says(home: House) -> None:
    found = examined(home.setup.folder, home.setup.versions)
    assert found.names == names_of(home.setup.folder, home.setup.versions)
    assert found.digest == digest_of(home.setup.folder) == found.judge.policy.hash
    home.write("# ", "#  ")
    _, digest = names_of(home.setup.folder, home.setup.versions)
    assert digest == found.digest


def test_a_faulty_folder_leaves_no_copy_and_is_known_by_its_bytes_alone(home: House) -> None:
    home.write("verdict: block", "verdict: blok")
    with pytest.raises(PolicyError):
        examined(home.setup.folder, home.setup.versions)
    assert len(names_of(home.setup.folder, home.setup.versions)) == 1
    assert list(home.setup.versions.home.iterdir()) == []
    nowhere = names_of(home.setup.folder / "nowhere", home.setup.versions)
    assert nowhere and nowhere != names_of(home.setup.folder, home.setup.versions)


def test_kept_files_that_were_changed_do_not_judge(home: House) -> None:
    """The data folder is believed no further than its digests."""
    found = examined(home.setup.folder, home.setup.versions)
    place = home.setup.versions.keep(found.draft, found.digest)
    assert kept(found.digest, home.setup.versions).policy.hash == found.digest
    file = place / "floor" / "us.yaml"
    file.write_text(file.read_text().replace("verdict: block", "verdict: flag"))
    with pytest.raises(PolicyError, match=r"kept files of [0-9a-f]{12} were changed"):
        kept(found.digest, home.setup.versions)
    with pytest.raises(PolicyError):
        unchanged(place, digest_of(place))


def test_a_copy_lasts_as_long_as_it_is_looked_at(home: House) -> None:
    with copied(home.setup.folder, home.setup.versions) as draft:
        assert draft.path.is_dir()
    assert not draft.path.exists()
