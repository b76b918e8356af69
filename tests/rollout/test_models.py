"""The folder of models holds what the detectors make, byte for byte."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gatekeeper.rollout.models import states, write
from gatekeeper.settings import shipped_folder
from tests.support.detectors import shipped_detectors


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_two_builds_of_the_same_detectors_are_alike(tmp_path: Path) -> None:
    write(shipped_detectors(), tmp_path / "one")
    write(tuple(reversed(shipped_detectors())), tmp_path / "two")
    assert files(tmp_path / "one") == files(tmp_path / "two") != {}


def test_a_folder_is_current_until_a_detector_says_something_else(tmp_path: Path) -> None:
    detectors = shipped_detectors()
    assert not any(state.kept for state in states(detectors, tmp_path))
    write(detectors, tmp_path)
    assert all(state.kept for state in states(detectors, tmp_path))
    changed = next(d for d in detectors if d.id == "diagnosis")
    find = {**changed.find, "tokens": changed.find["tokens"][:1]}
    others = tuple(replace(d, find=find) if d is changed else d for d in detectors)
    assert {s.language: s.kept for s in states(others, tmp_path)}["en"] is False


def test_what_an_older_build_left_is_taken_out(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir(parents=True)
    (tmp_path / "en" / "old").write_text("x", encoding="utf-8")
    write(shipped_detectors(), tmp_path)
    assert not (tmp_path / "en" / "old").exists()


def test_the_shipped_pipelines_are_what_the_shipped_detectors_make(tmp_path: Path) -> None:
    """If this fails, run `gatekeeper models build` and look at what it changed."""
    written = write(shipped_detectors(), tmp_path)
    assert {folder.name for folder in written} == {"en", "es", "fr"}
    for folder in written:
        assert files(shipped_folder("models") / folder.name) == files(folder)
    assert all(state.kept for state in states(shipped_detectors(), shipped_folder("models")))
