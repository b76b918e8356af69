"""Does the file of what came into force stay small, whole and readable?"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gatekeeper.errors import InputRejected
from gatekeeper.rollout import history as module
from gatekeeper.rollout.history import (
    GATE,
    Activation,
    Actor,
    History,
    Proposal,
    history_file,
    read_history,
    write_history,
)

AT = datetime(2026, 11, 20, 17, tzinfo=UTC)


def activation(digest: str) -> Activation:
    return Activation(digest, AT, "watch", GATE, "the folder changed", "s", 7)


def proposal(digest: str) -> Proposal:
    return Proposal(digest, AT, AT + timedelta(hours=1), Actor("user:ann"), "new law")


def test_what_is_written_is_read_and_is_private(tmp_path: Path) -> None:
    path = history_file(tmp_path)
    told = History().activated(activation("a"), ("mark",)).proposing(proposal("b"))
    write_history(path, told)
    assert read_history(path) == told
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["history.json"]


def test_there_is_none_before_the_first(tmp_path: Path) -> None:
    told = read_history(history_file(tmp_path))
    assert (told.active, told.before(), told.number) == (None, None, 0)


def test_a_draft_that_a_killed_gate_left_is_in_nobodys_way(tmp_path: Path) -> None:
    path = history_file(tmp_path)
    write_history(path, History())
    path.with_name(".history.json.draft").write_text("half")
    write_history(path, History(number=3))
    assert read_history(path).number == 3


@pytest.mark.parametrize("raw", ["", "{", '{"format": "x"}', '{"format": 2}', "[1]"])
def test_a_damaged_file_is_told_with_what_to_do(tmp_path: Path, raw: str) -> None:
    path = history_file(tmp_path)
    path.parent.mkdir()
    path.write_text(raw)
    with pytest.raises(InputRejected, match="audit search --kind policy"):
        read_history(path)


def test_its_number_grows_with_each_change() -> None:
    told = History().activated(activation("a"), ("x",))
    assert [told.number, told.proposing().number, told.returned().number] == [1, 2, 2]
    assert told.returned().left == ()


def test_the_version_before_is_another_one_than_the_active() -> None:
    told = History()
    for digest in ("a", "b", "a", "a"):
        told = told.activated(activation(digest), ())
    assert told.before() == "b"
    assert told.newest(9) == ("a", "b")


def test_old_activations_leave_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 2)
    told = History()
    for digest in ("a", "b", "c"):
        told = told.activated(activation(digest), ())
    assert [each.digest for each in told.activations] == ["b", "c"]


def test_the_newest_versions_and_what_is_proposed_are_kept() -> None:
    told = History()
    for digest in ("a", "b", "c"):
        told = told.activated(activation(digest), ())
    assert told.proposing(proposal("z")).kept(2) == {"b", "c", "z"}


def test_a_proposal_is_done_with_once_it_is_in_force() -> None:
    told = History().proposing(proposal("b"), proposal("c")).activated(activation("b"), ())
    assert [each.digest for each in told.proposals] == ["c"]


def test_another_process_can_read_it_as_json(tmp_path: Path) -> None:
    path = history_file(tmp_path)
    write_history(path, History().activated(activation("a"), ()))
    told = json.loads(path.read_text())
    assert (told["number"], told["activations"][-1]["digest"]) == (1, "a")
