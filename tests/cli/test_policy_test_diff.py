"""Does a failing row show what an author needs to mend it?"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import pytest
from rich.console import Console

from gatekeeper.cli.policy_test_diff import row_lines, show_row
from gatekeeper.policy.model import Source
from gatekeeper.policy.row import Expect, overlay
from gatekeeper.rollout.tables import RowResult, TableRow, run_table
from tests.support.shipped import CLEAN, shipped

PLACE = Source(PurePosixPath("t.yaml"), 8, 5)


def failing(expect: dict[str, Any], **row: Any) -> RowResult:
    whole = TableRow("late", PLACE, overlay(CLEAN, row), Expect.model_validate(expect))
    [result] = run_table((whole,), shipped().policy, shipped().screener)
    assert not result.holds
    return result


def lines(expect: dict[str, Any], **row: Any) -> list[str]:
    return list(row_lines(failing(expect, **row), shipped().policy))


def test_a_finding_that_is_missing_tells_why_its_rule_did_not_fire() -> None:
    told = lines({"verdict": "defer", "findings": ["us.quiet_hours", "us-fl.dnc", "no.such"]})
    assert "[red]- us.quiet_hours[/red]: silent: It is met." in told
    assert "    is: Fri 12:00 in America/New_York; asked: open 08:00-21:00 on Fri" in told
    assert (
        "[red]- us-fl.dnc[/red]: does not bind: it speaks of US-FL; the person may be in US-NY"
    ) in told
    assert "[red]- no.such[/red]: there is no such rule" in told


def test_a_finding_too_many_tells_its_sentence_and_citation() -> None:
    told = lines({"verdict": "allow", "findings": []}, consent="implied")
    extra = (
        "[red]+[/red] found us.consent_marketing: block (enforce), consent.insufficient: "
        "Consent is implied; express written consent is needed."
    )
    assert extra in told
    assert told[told.index(extra) + 1].strip().startswith("[dim]47 CFR 64.1200(a)(2)")


def test_expected_stands_beside_got() -> None:
    told = lines({"verdict": ["allow", "flag"], "reasons": ["quiet_hours"],
                  "not_reasons": ["consent.missing"]}, consent="none")  # fmt: skip
    assert "verdict         allow or flag                     [red]block[/red]" in told
    assert ("reasons         quiet_hours, not consent.missing  [red]consent.missing[/red]") in told


def test_an_instant_is_told_in_utc_and_on_the_clock_there() -> None:
    told = lines({"verdict": "defer", "next_allowed_at": "2026-11-21T09:00:00-05:00"},
                 at="2026-11-20T21:00:00-05:00")  # fmt: skip
    first = next(line for line in told if line.startswith("next allowed at"))
    assert "2026-11-21T14:00:00+00:00" in first
    assert "[red]2026-11-21T13:00:00+00:00[/red]" in first
    there = told[told.index(first) + 1]
    assert "Sat 2026-11-21 09:00 America/New_York" in there
    assert "[red]Sat 2026-11-21 08:00 America/New_York[/red]" in there


def test_an_instant_that_was_not_expected_or_not_got_is_told() -> None:
    unsaid = lines({"verdict": "allow"}, at="2026-11-20T21:00:00-05:00")
    assert any("(not said)" in line and "2026-11-21T13:00:00" in line for line in unsaid)
    none = lines({"verdict": "allow", "next_allowed_at": "2026-11-21T09:00:00-05:00"})
    assert any(line.startswith("next allowed at") and "none" in line for line in none)


def test_the_facts_that_most_rules_ask_are_told_without_the_number() -> None:
    told = lines({"verdict": "allow"}, consent="none", sent=[{"at": "2026-11-20T09:00:00-05:00"}],
                 matches=[{"family": "link", "likelihood": "unlikely"}], listings={})  # fmt: skip
    for fact in (
        "place           US-NY (by area code)",
        "time            Fri 2026-11-20 12:00 America/New_York",
        "message         sms, marketing, autodialed",
        "sender          long code, active",
        "consent         none",
        "lists           none asked",
        "sent before     1",
        "in the text     link (given, unlikely)",
    ):
        assert f"[dim]{fact}[/dim]" in told
    assert "+12122000123" not in str(told)


def test_the_row_is_named_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    shown = Console(highlight=False, soft_wrap=True)
    show_row(shown, failing({"verdict": "block"}), shipped().policy)
    assert capsys.readouterr().out.startswith("FAIL t.yaml:8:5: late\n")
