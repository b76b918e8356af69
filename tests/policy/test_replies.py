"""Does a file of replies load whole or not at all, with every fault at its place?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.reply import ReplyKind
from gatekeeper.policy.replies import all_rules
from tests.support.policies import compiled, faults, pack
from tests.support.replies import HEAD, PATTERN, SET, languages
from tests.support.shipped import shipped


def test_a_file_says_all_of_one_language() -> None:
    (english,) = languages(HEAD + SET + PATTERN)
    (stop,), (texting,) = english.keywords, english.patterns
    assert (english.language, english.fillers, english.innocent) == ("en", ("please",), ("hello",))
    assert (stop.id, stop.kind, stop.certain, stop.words) == (
        "en.stop",
        ReplyKind.STOP,
        True,
        ("stop",),
    )
    assert (stop.alone, stop.sentence) == (False, None)
    assert (texting.certain, texting.gate) == (False, {"words": ["text"]})
    assert texting.find["words"]["me"] == ("me", "us")
    assert str(texting.source) == "replies/en.yaml:16:5"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("language: en", "language: fr", "1:11: language fr stands in en.yaml"),
        ("innocent:", "x_innocent:", "1:1: innocent is missing"),
        ("id: en.stop", "id: unread", "7:9: unread is said of texts too long to read"),
        ("id: en.texting", "id: en.stop", "16:9: the rule en.stop stands at replies/en.yaml:7:9"),
        ("kind: stop\n    certain", "kind: start\n    certain", "17:11: start is not one of stop"),
        ("certain: false", "x_certain: false", "16:5: certain is missing"),
        ('positives: ["STOP"]', "positives: []", "13:16: positives is empty"),
        ('negatives: ["texting me"]', "neg: []", "25:5: unknown key neg"),
        ("words: [stop]", "wrods: [stop]", "12:5: unknown key wrods (did you mean words?)"),
    ],
)
def test_a_fault_is_told_at_its_place(old: str, new: str, told: str) -> None:
    text = HEAD + SET + PATTERN
    assert old in text
    found = faults(pack(text.replace(old, new), "replies/en.yaml"))
    assert any(fault.startswith(f"replies/en.yaml:{told}") for fault in found), found


def test_a_file_without_rules_is_told() -> None:
    assert faults(pack(HEAD, "replies/en.yaml")) == (
        "replies/en.yaml:1:1: neither keywords nor patterns are there",
    )


def test_replies_are_part_of_the_policy_and_of_its_hash() -> None:
    one = compiled(pack(HEAD + SET, "replies/en.yaml"))
    two = compiled(pack(HEAD + SET.replace("[stop]", "[halt]"), "replies/en.yaml"))
    assert one.hash != two.hash


def test_all_rules_are_told_and_each_has_a_name_of_its_own() -> None:
    ids = [rule.id for rule in all_rules(shipped().policy)]
    assert {"en.stop", "es.stop", "fr.stop", "en.help", "en.yes"} <= set(ids)
    assert len(ids) == len(set(ids))
