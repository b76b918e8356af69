"""Is every difference of two folders told, by file and by rule?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gatekeeper.rollout.difference import Parts, difference
from tests.support.rollouts import SMALL, house


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return house(tmp_path).setup.folder


def change(folder: Path, old: str, new: str) -> None:
    file = folder / "floor" / "us.yaml"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


def test_equal_folders_do_not_differ(new: Path) -> None:
    found = difference(SMALL, new)
    assert not found.files.any and found.rules is not None and not found.rules.any


@pytest.mark.parametrize(
    ("old", "changed", "told"),
    [
        ("verdict: block", "verdict: hold", "us.consent: verdict"),
        ("{need: express}", "{need: express_written}", "us.consent: params"),
        ("verdict: block", "verdict: hold\n    mode: shadow", "us.consent: verdict, mode"),
    ],
)
def test_a_changed_rule_is_told_with_what_changed(
    new: Path, old: str, changed: str, told: str
) -> None:
    change(new, old, changed)
    found = difference(SMALL, new)
    assert found.files == Parts(changed=("floor/us.yaml",))
    assert found.rules is not None and found.rules.changed == (told,)


def test_a_comment_changes_the_file_and_no_rule(new: Path) -> None:
    change(new, "pack:", "# why\npack:")
    found = difference(SMALL, new)
    assert found.files.changed == ("floor/us.yaml",)
    assert found.rules is not None and not found.rules.any


def test_a_rule_that_comes_and_one_that_goes_are_told(new: Path) -> None:
    change(new, "id: us.consent", "id: us.other")
    found = difference(SMALL, new)
    assert found.rules is not None
    assert (found.rules.added, found.rules.removed) == (("us.other",), ("us.consent",))
    shutil.copy(new / "floor" / "us.yaml", new / "floor" / "us-fl.yaml")
    assert difference(SMALL, new).files.added == ("floor/us-fl.yaml",)


def test_a_changed_test_of_a_rule_is_told(new: Path) -> None:
    change(new, "name: none", "name: none at all")
    found = difference(SMALL, new)
    assert found.rules is not None and found.rules.changed == ("us.consent: tests",)


def test_a_folder_that_does_not_load_is_compared_by_its_files(new: Path) -> None:
    change(new, "verdict: block", "verdict: blok")
    (new / "odd.yaml").write_text("x: 1\n")
    found = difference(SMALL, new)
    assert found.rules is None
    assert (found.files.added, found.files.changed) == (("odd.yaml",), ("floor/us.yaml",))
