"""Do pins keep what was looked through, and tell each change of it at its place?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.checks import CHECKS
from gatekeeper.errors import PolicyError
from gatekeeper.policy.model import Policy, Rule
from gatekeeper.rollout.edge_pins import FOLDER, Pin, judge_pins, read_pins, write_pins
from gatekeeper.rollout.edges import near_misses
from tests.support.shipped import shipped

PARAMS = {check.name: check.params for check in CHECKS}


@pytest.fixture(scope="module")
def pinned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, tuple[Pin, ...]]]:
    folder = tmp_path_factory.mktemp("pinned")
    policy, screener = shipped().policy, shipped().screener
    wanted = ("us", "us-md", "whatsapp")
    write_pins(folder, near_misses(policy, screener, lambda r: r.pack in wanted), policy)
    yield folder, read_pins(folder)


def problems(pins: tuple[Pin, ...], policy: Policy) -> list[str]:
    return [str(p.fault) for p in judge_pins(pins, policy, shipped().screener) if not p.holds]


def changed(rule_id: str, **said: Any) -> Policy:
    policy = shipped().policy

    def anew(rule: Rule) -> Rule:
        if rule.id != rule_id:
            return rule
        whole = {**rule.said, **said}
        return replace(rule, said=whole, params=PARAMS[rule.check].model_validate(whole))

    return replace(policy, rules=tuple(map(anew, policy.rules)), by_check={})


def test_what_is_written_is_read_and_holds(pinned: tuple[Path, tuple[Pin, ...]]) -> None:
    folder, pins = pinned
    files = sorted(path.name for path in (folder / FOLDER).iterdir())
    assert files == ["us-md.yaml", "us.yaml", "whatsapp.yaml"]
    assert problems(pins, shipped().policy) == []
    kinds = {pin.of for pin in pins if pin.rule.startswith("us-md.")}
    assert {"windows", "max", "window_hours", "effective.from", "need", "elements"} <= kinds


def test_a_changed_hour_is_told_at_its_place(pinned: tuple[Path, tuple[Pin, ...]]) -> None:
    found = problems(pinned[1], changed("us-md.quiet_hours", windows={"mon-sun": "08:01-20:00"}))
    assert len(found) == 7, "each morning of a week"
    assert found[0].startswith("tests/edges/us-md.yaml:")
    assert (
        "us-md.quiet_hours: pinned near-miss of too late: windows: at 2026-11-20T08:00:00-05:00: "
        "it was silent and now fires; if so it is meant, pin it anew"
    ) in found[0]


def test_a_changed_cap_is_told(pinned: tuple[Path, tuple[Pin, ...]]) -> None:
    assert problems(pinned[1], changed("us-md.frequency", max=4))


def test_a_pin_without_its_rule_or_test_is_told(pinned: tuple[Path, tuple[Pin, ...]]) -> None:
    pins = pinned[1][:1]
    policy = shipped().policy
    without = replace(policy, rules=(), by_check={})
    assert "there is no such rule any more; pin the pack anew" in problems(pins, without)[0]
    gone = replace(policy, cases=())
    assert "there is no such test any more; pin the pack anew" in problems(pins, gone)[0]


def test_a_file_without_boundaries_any_more_is_removed(tmp_path: Path) -> None:
    old = tmp_path / FOLDER / "old.yaml"
    old.parent.mkdir(parents=True)
    old.write_text("pack: old\nrules: {}\n")
    assert write_pins(tmp_path, (), shipped().policy) == ()
    assert not old.exists()
    assert read_pins(tmp_path) == ()


def test_a_file_that_cannot_be_read_tells_its_faults(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "us.yaml").write_text("pack: us\nrules:\n  us.x:\n    - tst: a\n")
    with pytest.raises(PolicyError, match=r"tests/edges/us\.yaml:4:7: test is missing"):
        read_pins(tmp_path)
