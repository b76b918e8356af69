"""Can versions be looked at where no gate runs?"""

from __future__ import annotations

from tests.support.commands import Command


def test_without_any_version_the_history_is_empty_and_nothing_is_shown(alone: Command) -> None:
    assert alone("policy", "history", "--json").document == []
    told = alone("policy", "show", "0" * 64)
    assert told.status == 1 and "is not kept" in told.err
    told = alone("policy", "export", "0" * 64, "out")
    assert told.status == 1


def test_a_running_gate_has_at_least_the_version_in_force(gatekeeper: Command) -> None:
    rows = gatekeeper("policy", "history", "--json").document
    active = gatekeeper("policy", "status", "--json").document["hash"]
    assert (rows[0]["digest"], rows[0]["kept"]) == (active, True)
    shown = gatekeeper("policy", "show", active[:12], "--json").document
    assert "floor/us.yaml" in shown["files"] and shown["from_active"] is None
    assert shown["activations"][0]["digest"] == active
