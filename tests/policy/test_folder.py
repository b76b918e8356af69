"""Is a policy folder read that somebody prepared to hang the gate, or to make it tell secrets?"""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path, PurePosixPath

import pytest

from gatekeeper.errors import PolicyError
from gatekeeper.policy import folder
from gatekeeper.policy.faults import Fault
from gatekeeper.policy.folder import content, listed
from gatekeeper.policy.load import load
from gatekeeper.policy.yamlfile import MAX_BYTES
from tests.support.nobody import powerless
from tests.support.policies import GOOD, KINDS


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A sound folder that a test may change."""
    return shutil.copytree(GOOD, tmp_path / "policies")


def faults(root: Path) -> list[str]:
    try:
        load(root, KINDS)
    except PolicyError as error:
        return [f"{each.source}: {each.code} {each.message}" for each in error.found]
    return []


def test_a_pipe_is_told_and_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "floor" / "pipe.yaml")
    assert faults(root) == ["floor/pipe.yaml:1:1: GK101 no regular file"]


def test_a_device_is_not_read(root: Path) -> None:
    (root / "floor" / "zero.yaml").symlink_to("/dev/zero")
    (told,) = faults(root)
    assert told.startswith("floor/zero.yaml:1:1: GK101 a link to what lies outside")


@pytest.mark.parametrize("suffix", [".yaml", ".yml"])
def test_a_link_out_of_the_folder_tells_nothing_of_what_is_there(root: Path, suffix: str) -> None:
    secret = root.parent / "secret"
    secret.write_text("hunter2: [")
    (root / "floor" / f"link{suffix}").symlink_to(secret)
    told = "\n".join(faults(root))
    assert f"floor/link{suffix}:1:1: " in told
    assert "hunter2" not in told


def test_a_link_within_the_folder_is_a_file_like_any_other(root: Path) -> None:
    """As where a folder is laid out by links to the version in use."""
    file = root / "floor" / "us.yaml"
    file.rename(root / ".us")
    file.symlink_to(root / ".us")
    assert faults(root) == []
    assert load(root, KINDS).hash == load(GOOD, KINDS).hash


def test_the_folder_itself_may_be_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to(root)
    assert faults(tmp_path / "current") == []


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: path.symlink_to("nowhere"), "cannot be read: No such file or directory"),
        (lambda path: path.symlink_to(path), "cannot be read: "),
        (lambda path: path.mkdir(), "no regular file"),
    ],
)
def test_what_cannot_be_opened_is_told(root: Path, make: object, told: str) -> None:
    assert callable(make)
    make(root / "floor" / "odd.yaml")
    (fault,) = faults(root)
    assert fault.startswith(f"floor/odd.yaml:1:1: GK101 {told}")


def test_a_linked_folder_is_told_and_not_followed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "a.yaml").write_text("pack: [")
    (root / "floor" / "more").symlink_to(tmp_path / "more")
    assert faults(root) == ["floor/more:1:1: GK101 a link to a folder; put the files here"]


def test_what_editors_and_version_control_keep_there_is_passed_over(root: Path) -> None:
    (root / ".github").mkdir()
    (root / ".github" / "ci.yaml").write_text("on: push\n")
    (root / "floor" / ".#us.yaml").symlink_to("author@host.1234")
    (root / "floor" / ".us.yaml.swp").write_bytes(b"\xff")
    assert faults(root) == []


def test_no_more_files_are_listed_than_the_bound(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "MAX_FILES", 1)
    assert faults(root)[0] == "-:1:1: GK102 more than 1 files in one policy folder"


def test_no_more_is_read_of_a_file_than_the_bound(root: Path) -> None:
    with (root / "floor" / "us.yaml").open("r+b") as file:
        file.truncate(10_000_000_000)
    found: list[Fault] = []
    data = content(root, PurePosixPath("floor/us.yaml"), found)
    assert data is not None
    assert len(data) == MAX_BYTES + 1
    assert faults(root) == [f"floor/us.yaml:1:1: GK102 larger than {MAX_BYTES} bytes"]


def test_a_file_that_is_written_to_while_it_is_read_is_not_taken(root: Path) -> None:
    """A writer that appends without pause: a read either is of one state or is told."""
    file, stop = root / "floor" / "us.yaml", threading.Event()
    whole = file.read_bytes()

    def write() -> None:
        while not stop.is_set():
            file.write_bytes(whole[: len(whole) // 2])
            file.write_bytes(whole)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        seen = set()
        for _ in range(300):
            found: list[Fault] = []
            data = content(root, PurePosixPath("floor/us.yaml"), found)
            seen.add("told" if data is None else len(data))
            assert data is not None or "while it was read" in found[0].message
    finally:
        stop.set()
        writer.join()
    assert seen <= {"told", 0, len(whole) // 2, len(whole)}


def test_names_come_sorted_layer_by_layer(root: Path) -> None:
    assert [str(name) for name in listed(root, [])] == [
        "content/payment/card.yaml",
        "floor/us.yaml",
    ]


def test_a_folder_that_may_not_be_entered_is_a_fault_and_never_passed_over() -> None:
    """Passed over, it would leave a policy that loads, without its rules."""
    with powerless() as place:
        (place / "floor").mkdir()
        (place / "floor" / "us.yaml").write_text("pack: us\n")
        for mode, told in ((0, "floor"), (0o600, "floor/us.yaml")):
            (place / "floor").chmod(mode)
            found: list[Fault] = []
            for name in listed(place, found):
                content(place, name, found)
            assert [str(fault) for fault in found] == [
                f"{told}:1:1: cannot be read: Permission denied"
            ]
