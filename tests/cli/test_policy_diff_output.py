"""Is a comparison shown whole, and in order of what matters?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.cli.policy_diff_output import MOST_ROWS, show
from gatekeeper.domain.verdict import Verdict
from gatekeeper.rollout.compare import Comparison, Version
from gatekeeper.rollout.tally import Move, Tally
from gatekeeper.rollout.traffic import Span

ASKED = Comparison(Version(Path("policies"), "aa" * 32), Version(Path("new[1]"), "bb" * 32), Span())
ALLOW, DEFER, BLOCK = Verdict.ALLOW, Verdict.DEFER, Verdict.BLOCK


def tally() -> Tally:
    found = Tally(decisions=1200, first="2026-11-20T00:00:00Z", last="2026-11-21T00:00:00Z")
    found.moves[Move("acme", "offers", ALLOW, ALLOW, "")] = 1000
    found.moves[Move("acme", "offers", ALLOW, BLOCK, "own.rule[a]")] = 120
    found.moves[Move("rival", "", BLOCK, ALLOW, "us.dnc")] = 30
    found.unjudged["rival", ""] = 50
    found.why["list own-vip was not asked"] = 50
    found.read.refused = 7
    return found


def shown(found: Tally, capsys: pytest.CaptureFixture[str], *over: str) -> str:
    show(ASKED, found, over, as_json=False)
    return capsys.readouterr().out


def test_figures_and_shares_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(tally(), capsys)
    for told in (
        "1,200 decisions about 1,200 messages",
        "newly blocked 120 (10.43%)",
        "newly allowed 30 (2.61%)",
        "cannot be judged again 50 (4.17%)",
        "7 requests refused before any rule was asked",
        "list own-vip was not asked",
        "own.rule[a]",
        "new[1]",
        "rival / (none)",
    ):
        assert told in text, told


def test_the_most_changed_comes_first_and_a_long_table_says_what_it_leaves_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = tally()
    for n in range(MOST_ROWS + 5):
        found.moves[Move(f"t{n:02d}", "c", ALLOW, DEFER, "us.quiet_hours")] = n + 1
    text = shown(found, capsys)
    assert text.index("acme / offers") < text.index("rival / (none)")
    assert "and 7 more: see --json" in text


def test_why_it_fails_is_told_last(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(tally(), capsys, "too many").rstrip().endswith("too many")


def test_nothing_is_shown_of_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(Tally(), capsys)
    assert "0 decisions about 0 messages" in text
    assert "for example" not in text


def test_machines_are_told_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    show(ASKED, tally(), ("too many",), as_json=True)
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (told["newly_blocked"], told["unjudged"], told["failed"]) == (120, 50, ["too many"])
    assert told["matrix"]["block"]["allow"] == 30
    assert told["not_judged_since"] == {"list own-vip was not asked": 50}
