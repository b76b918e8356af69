"""Is what `policy status` says of the policy readable, whatever its state?"""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.cli import policy_status
from gatekeeper.cli.policy_status import by, difference_lines
from tests.cli.test_pull import Calls
from tests.support.commands import Command

STATE: dict[str, Any] = {
    "hash": "a" * 64, "since": "2026-11-25T10:00:00Z", "faults": [], "failed_at": None,
    "differs": False, "pinned": False, "candidate": None, "activation": "watch", "approvals": 1,
    "folder": "/srv/policies", "proposals": [], "difference": None,
    "active": {"who": {"id": "gate"}, "how": "start", "why": "the gate started"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "/srv/policies: is in force"),
        ({"differs": True}, "and was not promoted"),
        ({"differs": True, "pinned": True}, "stays out until it changes or is promoted"),
        ({"differs": True, "faults": ["a.yaml:1:1: x"], "failed_at": "then"}, "1 fault(s)"),
        ({"activation": "promote", "approvals": 2}, "which takes two persons"),
        ({"activation": "promote"}, "which takes one person"),
    ],
)
def test_every_state_has_its_words(
    gatekeeper: Command, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], told: str
) -> None:
    monkeypatch.setattr(policy_status, "call", Calls(STATE | changes))
    assert told in gatekeeper("policy", "status").out
    assert gatekeeper("policy", "status", "--json").document == STATE | changes


def test_who_approved_stands_beside_who_asked() -> None:
    made = {"who": {"id": "key:ann", "says": "Ann"}, "how": "promote", "approved_by": {"id": "b"}}
    assert by(made) == "key:ann (for Ann), promote, approved by b"


def test_a_long_difference_is_cut_and_counted() -> None:
    nothing: dict[str, list[str]] = {"added": [], "removed": [], "changed": []}
    names = [f"f{n:02}" for n in range(25)]
    lines = list(difference_lines({"files": nothing | {"added": names}, "rules": None}))
    assert len(lines) == 22
    assert lines[-2:] == [
        "  files +  and 5 more",
        "  rules    not compared: a folder does not load",
    ]
