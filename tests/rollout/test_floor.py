"""Is a loosening refused when a folder is loaded, with the message that it would let pass?"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gatekeeper.domain.words import Mode
from gatekeeper.errors import PolicyError
from gatekeeper.policy.load import load
from gatekeeper.policy.model import Policy, Rollout, Rule
from gatekeeper.rollout import floor as asked
from gatekeeper.rollout.floor import below_shipped, found_looser, loosened
from gatekeeper.rollout.lint import lint
from gatekeeper.rollout.ready import Judge, check_kinds, loaded, ready
from gatekeeper.settings import shipped_folder
from tests.support.shipped import shipped

ACME = """\
tenant: acme
title: Acme
tighten:
  - rule: us-fl.quiet_hours
    reason: The shop shuts at six
    with: {windows: {mon-sat: "09:00-18:00"}}
    tests:
      - {name: six, fires: true, at: 2026-11-20T18:00:00-05:00}
      - {name: a minute before six, fires: false, at: 2026-11-20T17:59:00-05:00}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(shipped_folder("policies"), tmp_path, dirs_exist_ok=True)
    (tmp_path / "tenants").mkdir(exist_ok=True)
    return tmp_path


def acme(folder: Path, old: str = "tenant", new: str = "tenant") -> Judge:
    (folder / "tenants" / "acme.yaml").write_text(ACME.replace(old, new))
    return loaded(folder)


def test_a_stricter_form_is_ready_and_its_tests_hold(folder: Path) -> None:
    judge = acme(folder)
    assert list(found_looser(judge.policy, judge.screener)) == []
    assert ready(folder).policy.hash == judge.policy.hash


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('{mon-sat: "09:00-18:00"}', '{mon-sun: "08:00-20:30"}',
         "us-fl.quiet_hours is loosened: on a Monday at 20:00 local time the floor defers"),
        ('with: {windows: {mon-sat: "09:00-18:00"}}', "verdict: flag",
         "wherever the floor defers, this only flags"),
        ('with: {windows: {mon-sat: "09:00-18:00"}}', "mode: off",
         "wherever the floor defers, this would not ask"),
        ('with: {windows: {mon-sat: "09:00-18:00"}}', "mode: shadow",
         "wherever the floor defers, this would only record it"),
        ('with: {windows: {mon-sat: "09:00-18:00"}}', "applies: {purposes: [debt]}",
         "for a message of purpose marketing the floor defers"),
        ('with: {windows: {mon-sat: "09:00-18:00"}}', "effective: {from: 2026-11-01}",
         "on 2026-10-31 the floor defers"),
        ('    with: {windows: {mon-sat: "09:00-18:00"}}\n', "",
         "us-fl.quiet_hours is not tightened: nothing of it is changed"),
    ],
)  # fmt: skip
def test_a_loosening_is_refused_with_its_counterexample(
    folder: Path, old: str, new: str, told: str
) -> None:
    with pytest.raises(
        PolicyError, match=r"^tenants/acme.yaml:4:5: us-fl.quiet_hours is"
    ) as caught:
        acme(folder, old, new)
    assert told in str(caught.value)


def pair(policy: Policy) -> tuple[Rule, Rule]:
    rules = {rule.id: rule for rule in policy.rules}
    return rules["us-fl.quiet_hours"], rules["acme.us-fl.quiet_hours"]


def changed(policy: Policy, rule: Rule) -> Policy:
    rules = tuple(rule if each.id == rule.id else each for each in policy.rules)
    return replace(policy, rules=rules, by_check={})


def test_a_stricter_form_may_be_on_trial_since_the_floor_binds_beside_it(folder: Path) -> None:
    policy = acme(folder).policy
    _, rule = pair(policy)
    for trial in (replace(rule, mode=Mode.SHADOW), replace(rule, rollout=Rollout(10.0))):
        assert list(loosened(changed(policy, trial))) == []


def test_a_mistake_in_the_comparison_would_show_in_a_derived_message(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "looser", lambda _floor, _rule: None)
    judge = acme(folder, "09:00-18:00", "07:00-18:00")
    found = list(found_looser(judge.policy, judge.screener))
    assert [str(each.source) for each in found] == ["tenants/acme.yaml:4:5"]
    assert "us-fl.quiet_hours is loosened: the floor stops" in found[0].message
    assert "this would let it pass" in found[0].message


def test_a_folder_whose_floor_asks_less_than_the_shipped_one_is_told(folder: Path) -> None:
    file = folder / "floor" / "us-fl.yaml"
    text = file.read_text()
    assert '"08:00-20:00"' in text
    file.write_text(text.replace('"08:00-20:00"', '"08:00-20:30"'))
    (folder / "floor" / "us-ms.yaml").unlink()
    found = list(below_shipped(load(folder, check_kinds()), shipped().policy))
    assert {fault.code for fault in found} == {"GK703"}
    assert all(fault.warning for fault in found)
    told = [fault.message for fault in found]
    assert any(
        each.startswith("looser than us-fl.quiet_hours as it ships: on a Monday at 20:00")
        for each in told
    )
    assert any("which ships with the gate, is not in this folder" in each for each in told)


def test_a_folder_that_is_a_copy_or_stricter_asks_no_less(folder: Path) -> None:
    file = folder / "floor" / "us-fl.yaml"
    file.write_text("# ours\n" + file.read_text().replace('"08:00-20:00"', '"09:00-20:00"'))
    assert list(below_shipped(load(folder, check_kinds()), shipped().policy)) == []
    other = Policy("other", ())
    assert list(below_shipped(other, shipped().policy)) == []


def test_a_policy_without_tenants_has_nothing_to_loosen() -> None:
    assert list(loosened(shipped().policy)) == []


def test_a_waiver_that_has_ended_is_told_and_refuses_nothing(folder: Path) -> None:
    """Otherwise the gate would not start again on the day after."""
    waiver = """\
waivers:
  - {id: w, rules: [us.quiet_hours], approved_by: Ann, reason: a recall, citation: memo 2,
     from: 2026-11-01, expires: 2026-12-01}
"""
    (folder / "tenants" / "acme.yaml").write_text("tenant: acme\ntitle: Acme\n" + waiver)
    assert (
        lint(folder, date(2026, 11, 30)).faults
        == lint(shipped_folder("policies"), date(2026, 11, 30)).faults
    )
    report = lint(folder, date(2026, 12, 1))
    assert report.errors == ()
    assert [
        (str(each.source), each.code) for each in report.warnings if "waiver" in each.message
    ] == [("tenants/acme.yaml:4:5", "GK701")]
