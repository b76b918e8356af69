"""Does a folder load whole or not at all, with every fault at its place, under a stable name?"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel, Mode, Purpose
from gatekeeper.errors import PolicyError
from gatekeeper.policy.load import PolicyFile, compile_files, load, policy_files
from gatekeeper.policy.model import Policy, Rule, Source
from gatekeeper.rollout.ready import check_kinds
from tests.support.policies import DATA, GOOD, KINDS, Calm, coded, compiled, faults, pack
from tests.support.shipped import FOLDER

BAD = sorted((DATA / "bad").glob("*.yaml"))


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_a_bad_file_tells_every_fault_at_its_place(file: Path) -> None:
    """Each file begins with comments that name all its faults, and no other is told."""
    text = file.read_text()
    expected = [line[2:] for line in text.splitlines() if line.startswith("# floor/")]
    assert expected
    assert coded(pack(text)) == expected


def test_the_faults_of_all_files_are_told_at_once() -> None:
    one, two = (file.read_text() for file in BAD[:2])
    told = faults(pack(one, "floor/one.yaml"), pack(two, "channels/two.yaml"))
    assert {fault.partition(":")[0] for fault in told} == {"floor/one.yaml", "channels/two.yaml"}


def good() -> Policy:
    return load(GOOD, KINDS)


def test_a_rule_says_all_that_its_file_says() -> None:
    rule = good().rules[0]
    assert (rule.id, rule.pack, rule.check, rule.verdict) == (
        "us.calm",
        "us",
        "calm",
        Verdict.DEFER,
    )
    assert (rule.effective_from, rule.effective_to) == (date(2003, 10, 1), date(2027, 1, 30))
    assert rule.applies.channels == {Channel.SMS, Channel.MMS}
    assert rule.applies.purposes == {Purpose.MARKETING}
    assert rule.applies.campaigns == {"spring"}
    assert rule.applies.jurisdiction == "US"
    assert rule.params == Calm(lists=("us-national",), least=2)
    assert rule.source == Source(PurePosixPath("floor/us.yaml"), 11, 5)
    assert rule.note == "Only here to be read."


def test_a_test_beside_a_rule_is_laid_over_what_its_file_gives() -> None:
    late, early = good().cases
    assert (late.rule, late.name, late.fires) == ("us.calm", "late", True)
    assert late.given["to"] == "+12122000123"
    assert early.given["message"] == {
        "channel": "sms",
        "from": "+13122000100",
        "purpose": "marketing",
        "text": "Hello",
    }
    assert "x_note" not in early.given


def test_lists_limits_and_detectors_are_gathered() -> None:
    policy = good()
    assert policy.lists == ("us-national",)
    assert [limit.burst for limit in policy.limits] == [200]
    assert [detector.id for detector in policy.detectors] == ["card"]
    assert policy.detectors[0].gate == {"digits": [16]}


def test_the_hash_names_what_the_files_say_and_not_how_they_are_written() -> None:
    files = tuple(policy_files(GOOD))
    text = files[0].data.decode()
    respaced = pack("# a comment\n" + text.replace("x_note: mine", "x_other: 1"), "floor/us.yaml")
    assert compiled(*files).hash == compiled(*reversed(files)).hash
    assert compiled(respaced, *files[1:]).hash == compiled(*files).hash
    assert len(good().hash) == 64


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("defer", "block"),
        ("least: 2", "least: 3"),
        ("2027-01-30", "2027-01-31"),
        ("20:59", "20:58"),
    ],
)
def test_any_change_of_what_is_said_changes_the_hash(old: str, new: str) -> None:
    first, *others = policy_files(GOOD)
    changed = PolicyFile(first.name, first.data.replace(old.encode(), new.encode()))
    assert compiled(changed, *others).hash != good().hash


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "flor/us.yaml",
            "floor, content, channels, tenants, disclosures, replies (did you mean floor?)",
        ),
        ("us.yaml", "none of the folders"),
        ("floor/us.yml", "name it .yaml"),
        ("tenants/acme.yml", "name it .yaml"),
    ],
)
def test_a_file_that_would_not_be_read_is_a_fault(tmp_path: Path, name: str, told: str) -> None:
    """Nothing that looks like a rule is passed over in silence."""
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("pack: us\n")
    with pytest.raises(PolicyError, match=f"^{name}:1:1: ") as caught:
        load(tmp_path, KINDS)
    assert told in str(caught.value)


def test_decision_tables_are_no_part_of_the_policy(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path, dirs_exist_ok=True)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "table.yaml").write_text("rows: []")
    assert load(tmp_path, KINDS).hash == good().hash


def test_a_folder_without_policies_does_not_load(tmp_path: Path) -> None:
    """An empty policy would allow everything."""
    with pytest.raises(PolicyError, match="no policy files"):
        load(tmp_path, KINDS)


def test_what_is_too_large_or_not_text_is_told() -> None:
    large = PolicyFile(PurePosixPath("floor/a.yaml"), b"#" * 1_048_577)
    binary = PolicyFile(PurePosixPath("floor/b.yaml"), b"pack: us\ntitle: \xff\n")
    assert faults(large) == ("floor/a.yaml:1:1: larger than 1048576 bytes",)
    assert faults(binary) == ("floor/b.yaml:2:1: not UTF-8",)


def test_two_packs_or_limits_of_one_name_are_faults() -> None:
    text = (GOOD / "floor" / "us.yaml").read_text()
    told = faults(pack(text, "floor/a.yaml"), pack(text.replace("us.calm", "us.b"), "floor/b.yaml"))
    assert told == (
        "floor/b.yaml:2:7: the pack us stands at floor/a.yaml:2:7 already",
        "floor/b.yaml:9:12: the limit tenant stands at floor/a.yaml:9:12 already",
    )


def test_a_detector_stands_in_the_file_of_its_name_and_the_folder_of_its_family() -> None:
    text = (GOOD / "content" / "payment" / "card.yaml").read_text()
    told = faults(pack(text, "content/health/cart.yaml"))
    assert told == (
        "content/health/cart.yaml:1:5: detector card stands in cart.yaml",
        "content/health/cart.yaml:2:9: payment is not the folder's family",
    )


def test_a_rule_is_on_unless_its_file_says_otherwise() -> None:
    """`off` is a word here, not the boolean of older YAML."""
    text = (GOOD / "floor" / "us.yaml").read_text()
    off = compiled(pack(text.replace("    verdict", "    mode: off\n    verdict")))
    modes: list[Rule] = [good().rules[0], off.rules[0]]
    assert [rule.mode for rule in modes] == [Mode.ENFORCE, Mode.OFF]


def test_a_policy_loaded_again_is_the_same_and_its_faults_are_told_again() -> None:
    """What was read is remembered, but nothing that loading does changes it."""
    again = good()
    assert again == good()
    assert again is not good()
    text = BAD[0].read_text()
    assert faults(pack(text)) == faults(pack(text))


def test_of_a_file_that_is_half_written_no_rule_is_read_otherwise_than_it_was_meant() -> None:
    """Cut anywhere, it has a fault, or holds the first of its rules as they are in the whole."""
    text = (FOLDER / "floor" / "us-fl.yaml").read_text()
    whole = compile_files((pack(text, "floor/us-fl.yaml"),), check_kinds()).rules
    read = 0
    for end in range(0, len(text), 7):
        try:
            found = compile_files((pack(text[:end], "floor/us-fl.yaml"),), check_kinds()).rules
        except PolicyError:
            continue
        assert found == whole[: len(found)]
        read += 1
    assert 0 < read < 40
