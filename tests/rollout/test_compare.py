"""Do several processes come to what one comes to?"""

from __future__ import annotations

from pathlib import Path

import pytest

from gatekeeper.errors import PolicyError
from gatekeeper.policy.load import load
from gatekeeper.rollout import traffic
from gatekeeper.rollout.compare import ALONE, Comparison, Version, _wanted, compare
from gatekeeper.rollout.ready import check_kinds
from gatekeeper.rollout.traffic import Piece, Span, pieces
from tests.support.shipped import FOLDER
from tests.support.traffic import busy_day, with_hours, write


def version(folder: Path) -> Version:
    return Version(folder, load(folder, check_kinds()).hash)


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The shipped policy, but that nights begin earlier."""
    return with_hours(tmp_path / "policies", "08:00-20:00")


def test_one_process_and_two_find_the_same(
    tmp_path: Path, changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, busy_day(400))
    monkeypatch.setattr(traffic, "PIECE", 200_000)
    asked = Comparison(version(FOLDER), version(changed), Span())
    found, told = pieces(tmp_path, Span()), list[int]()
    alone = compare(asked, found, told.append, 1)
    shared = compare(asked, found, lambda _: None, 2)
    assert len(found) > 3
    assert sum(told) == sum(piece.size for piece in found)
    assert alone.total.newly_blocked > 0 == alone.total.unjudged
    assert (shared.moves, shared.decisions) == (alone.moves, alone.decisions)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_folder_that_is_changed_meanwhile_is_not_judged_by(
    changed: Path, tmp_path: Path, processes: int
) -> None:
    write(tmp_path, busy_day(5))
    asked = Comparison(version(FOLDER), Version(changed, "another"), Span())
    with pytest.raises(PolicyError, match="was changed while it was compared"):
        compare(asked, pieces(tmp_path, Span()), lambda _: None, processes)


def test_a_small_journal_is_read_alone() -> None:
    """Others would start later than it is done."""
    assert _wanted([Piece(Path("a"), 0, ALONE)]) == 1
    assert _wanted([Piece(Path("a"), 0, ALONE), Piece(Path("a"), ALONE, ALONE + 1)]) >= 1
