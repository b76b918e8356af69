"""Are the files of every active policy kept exactly, privately and within bounds?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gatekeeper.errors import NotThere, PolicyError
from gatekeeper.policy import folder as module
from gatekeeper.rollout.ready import loaded
from gatekeeper.rollout.versions import Versions, stored, versions_of
from tests.support.nobody import powerless

SMALL = Path(__file__).parent / "data" / "small"
ONE, TWO = "1" * 64, "2" * 64


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "policies")
    (tmp_path / "policies" / "tests" / "edges").mkdir(parents=True)
    (tmp_path / "policies" / "tests" / "edges" / "us.yaml").write_text("rows: []\n")
    return tmp_path / "policies"


@pytest.fixture
def kept(tmp_path: Path) -> Versions:
    return versions_of(tmp_path / "data")


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its place."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_a_version_is_kept_byte_for_byte_with_its_tables_and_says_what_the_folder_said(
    folder: Path, kept: Versions, tmp_path: Path
) -> None:
    digest = loaded(folder).policy.hash
    draft = kept.draft(folder)
    (folder / "floor" / "us.yaml").write_text("changed while it was proved")
    place = kept.keep(draft, digest)
    assert files(place) == files(SMALL) | {"tests/edges/us.yaml": b"rows: []\n"}
    assert loaded(stored(tmp_path / "data", digest[:8])).policy.hash == digest
    assert kept.names() == (digest,)


def test_nobody_else_may_read_a_version(folder: Path, kept: Versions) -> None:
    place = kept.keep(kept.draft(folder), ONE)
    for path in (place, *place.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path
    assert kept.home.stat().st_mode & 0o777 == 0o700


def test_only_policy_files_are_copied(folder: Path, kept: Versions) -> None:
    for odd in ("4913", "floor/us.yaml~", "floor/.us.yaml.swp", "README.md", "floor/.us.yaml"):
        (folder / odd).write_text("x")
    (folder / "floor" / ".#us.yaml").symlink_to("user@host.123")
    assert not {"4913", "floor/us.yaml~"} & set(files(kept.draft(folder).path))
    assert len(files(kept.draft(folder).path)) == 3


def test_the_mark_tells_other_rules_from_other_tables(folder: Path, kept: Versions) -> None:
    first = kept.draft(folder).mark
    (folder / "tests" / "edges" / "us.yaml").write_text("rows: [ ]\n")
    assert kept.draft(folder).mark == first
    (folder / "floor" / "us.yaml").write_text("pack: us\n")
    assert kept.draft(folder).mark != first


def test_what_may_not_be_read_is_a_fault_and_never_left_out() -> None:
    """`rglob` would pass over a locked folder, and leave a policy without its rules."""
    with powerless() as place:
        shutil.copytree(SMALL, place / "policies", copy_function=shutil.copy)
        kept = Versions(place / "kept")
        (place / "policies" / "floor" / "us.yaml").chmod(0)
        with pytest.raises(PolicyError) as told:
            kept.draft(place / "policies")
        assert told.value.faults == ("floor/us.yaml:1:1: cannot be read: Permission denied",)
        (place / "policies" / "floor").chmod(0)
        with pytest.raises(PolicyError) as told:
            kept.draft(place / "policies")
        assert told.value.faults == ("floor:1:1: cannot be read: Permission denied",)
        (place / "policies" / "floor").chmod(0o600)  # its names can be read, its files not
        with pytest.raises(PolicyError, match=r"floor/us\.yaml:1:1: cannot be read: Permission"):
            kept.draft(place / "policies")
        assert list((place / "kept").iterdir()) == []


def test_a_link_out_of_the_folder_is_a_fault_and_is_not_copied(
    folder: Path, kept: Versions, tmp_path: Path
) -> None:
    (tmp_path / "secret.yaml").write_text("x: 1\n")
    (folder / "floor" / "us-fl.yaml").symlink_to(tmp_path / "secret.yaml")
    with pytest.raises(PolicyError, match=r"floor/us-fl\.yaml:1:1: a link to what lies outside"):
        kept.draft(folder)
    assert list(kept.home.iterdir()) == []


def test_a_folder_without_end_is_refused(
    folder: Path, kept: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_FILES", 2)
    with pytest.raises(PolicyError, match="more than 2 files"):
        kept.draft(folder)


def test_the_same_rules_with_other_comments_replace_the_files(folder: Path, kept: Versions) -> None:
    kept.keep(kept.draft(folder), ONE)
    (folder / "floor" / "us.yaml").write_text("# other\n")
    place = kept.keep(kept.draft(folder), ONE)
    assert (place / "floor" / "us.yaml").read_text() == "# other\n"
    assert [path.name for path in kept.home.iterdir()] == [ONE]


def test_drafts_are_dropped_by_hand_and_at_the_next_start(folder: Path, kept: Versions) -> None:
    kept.keep(kept.draft(folder), ONE)
    kept.discard(kept.draft(folder))
    kept.draft(folder)
    assert kept.clear_drafts() == 1
    assert [path.name for path in kept.home.iterdir()] == [ONE]


def test_only_the_named_versions_stay(folder: Path, kept: Versions) -> None:
    for digest in (ONE, TWO):
        kept.keep(kept.draft(folder), digest)
    assert kept.keep_only({TWO}) == 1
    assert kept.names() == (TWO,)


@pytest.mark.parametrize("name", ["1111111", "11111111", "3" * 64, "../../etc", ""])
def test_a_version_that_is_not_known_or_not_clear_is_told(
    folder: Path, kept: Versions, tmp_path: Path, name: str
) -> None:
    for digest in (ONE, "1" * 63 + "2"):
        kept.keep(kept.draft(folder), digest)
    with pytest.raises(NotThere, match="at least 8 digits"):
        stored(tmp_path / "data", name)
    assert stored(tmp_path / "data", ONE).name == ONE


def test_an_installation_without_versions_has_none(kept: Versions) -> None:
    assert kept.names() == ()
    assert kept.clear_drafts() == 0
