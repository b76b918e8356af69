"""Does the demo tell one person's story, from the opt-in to the first refusal after her STOP?"""

from __future__ import annotations

import pytest

from gatekeeper.proxy.demo import GRACE
from tests.support.commands import Ran, run
from tests.support.running import Running


@pytest.fixture(scope="module")
def told(demo_gate: Running) -> Ran:
    """The demo, run twice: what she said in the first run must not spoil the second."""
    run(demo_gate.environment, "demo", "--json")
    return run(demo_gate.environment, "demo", "--json")


def test_she_opts_in_with_evidence_is_written_to_says_stop_and_is_left_alone(told: Ran) -> None:
    scenes = told.document["story"]
    assert [scene["as_expected"] for scene in scenes] == [True] * 4, scenes
    opted_in, sent, stopped, refused = (scene["outcome"] for scene in scenes)
    assert "lacks nothing" in opted_in
    assert sent.startswith("sent, decision ")
    assert "answered 200" in stopped
    assert refused.startswith("refused with 21610")
    assert told.status == 0


def test_her_timeline_tells_it_in_order(told: Ran) -> None:
    moments = told.document["timeline"]
    assert [moment["event"] for moment in moments] == ["opt_in", "opt_out"] * 2
    assert [moment["at"] for moment in moments] == sorted(moment["at"] for moment in moments)
    assert moments[0]["detail"] == "express written, evidence is kept"


def test_her_number_is_not_shown(demo_gate: Running, told: Ran) -> None:
    assert GRACE not in told.out + run(demo_gate.environment, "demo").out
