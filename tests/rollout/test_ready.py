"""Is only a policy that loads, compiles and does what it says taken as ready?"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from gatekeeper.checks import CHECKS
from gatekeeper.domain.words import Mode
from gatekeeper.errors import PolicyError
from gatekeeper.policy.model import Source
from gatekeeper.rollout.ready import Judge, check_kinds, compiled, loaded, proof, ready
from gatekeeper.screening.screener import Screener
from gatekeeper.settings import shipped_folder
from tests.support.shipped import shipped

SMALL = Path(__file__).parent / "data" / "small"


def test_a_good_folder_is_ready() -> None:
    assert ready(SMALL).policy.hash == loaded(SMALL).policy.hash


def test_a_policy_that_loads_but_does_not_do_as_it_says_is_not_ready(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "floor" / "us.yaml"
    file.write_text(file.read_text().replace("need: express", "need: none"))
    loaded(tmp_path)
    with pytest.raises(PolicyError, match=r"^floor/us.yaml:19:9: us.consent: none: does not fire"):
        ready(tmp_path)


def test_every_check_has_its_parameters() -> None:
    assert set(check_kinds()) == {check.name for check in CHECKS}


def test_the_faults_of_all_detectors_are_told() -> None:
    card = next(d for d in shipped().policy.detectors if d.id == "card")
    wrong = tuple(
        replace(
            card,
            id=name,
            find={"validator": "luhnn"},
            source=Source(PurePosixPath(name)),
            where=None,
        )
        for name in ("one", "two")
    )
    with pytest.raises(PolicyError) as caught:
        compiled((card, *wrong))
    assert {fault.partition(":")[0] for fault in caught.value.faults} == {"one", "two"}


def test_the_faults_of_detectors_and_of_replies_are_told_together(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    english = tmp_path / "replies" / "en.yaml"
    english.write_text(english.read_text().replace("opt out,", "'!!',"))
    card = shipped_folder("policies") / "content" / "payment" / "card.yaml"
    (tmp_path / "content" / "payment").mkdir(parents=True)
    wrong = card.read_text().replace("validator: card", "validator: kard")
    (tmp_path / "content" / "payment" / "card.yaml").write_text(wrong)
    with pytest.raises(PolicyError) as caught:
        loaded(tmp_path)
    assert [fault.partition(":")[0] for fault in caught.value.faults] == [
        "content/payment/card.yaml",
        "replies/en.yaml",
    ]


def test_a_folder_without_replies_is_not_ready(tmp_path: Path) -> None:
    """A gate that takes no STOP for one would break the law in silence."""
    shutil.copytree(SMALL / "floor", tmp_path / "floor")
    with pytest.raises(PolicyError, match='replies: "stop": reads as nothing'):
        ready(tmp_path)


def test_what_is_switched_off_is_proved_all_the_same() -> None:
    """Otherwise a rule would rot unseen until somebody switches it on."""
    policy = shipped().policy
    rules = tuple(replace(rule, mode=Mode.OFF) for rule in policy.rules)
    detectors = tuple(replace(each, mode=Mode.OFF) for each in policy.detectors)
    off = replace(policy, rules=rules, detectors=detectors, by_check={})
    found = proof(Judge(off, Screener(off.detectors), shipped().replies))
    assert len(found) == len(proof(shipped()))
    assert all(each.holds for each in found)
