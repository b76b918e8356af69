"""Is an example of a reply that does not hold found, and named with its place?"""

from __future__ import annotations

import pytest

from gatekeeper.rollout.prove_replies import LAW, prove_replies
from gatekeeper.screening.replies import Replies
from tests.support.policies import compiled, pack
from tests.support.replies import HEAD, PATTERN, SET, shipped_replies
from tests.support.shipped import shipped


def problems(text: str) -> list[str]:
    policy = compiled(pack(text, "replies/en.yaml"))
    proved = prove_replies(policy, Replies(policy.replies))
    return [str(each.fault) for each in proved if not each.holds and each.subject != "replies"]


def test_every_shipped_example_holds() -> None:
    proved = list(prove_replies(shipped().policy, shipped_replies()))
    assert len(proved) > 100
    assert [str(each.fault) for each in proved if not each.holds] == []


def test_the_small_file_holds() -> None:
    assert problems(HEAD + SET + PATTERN) == []


def test_the_words_of_the_law_are_stops_whatever_a_policy_says() -> None:
    nothing = compiled(pack(HEAD + SET.replace("[stop]", "[halt]"), "replies/en.yaml"))
    faults = [each for each in prove_replies(nothing, Replies(nothing.replies)) if not each.holds]
    assert [each.name for each in faults if each.subject == "replies"] == [f'"{w}"' for w in LAW]
    asked = HEAD + SET + SET.partition("\n")[2].replace("stop", "help").replace("[help]", "[quit]")
    policy = compiled(pack(asked, "replies/en.yaml"))
    told = [each.problem for each in prove_replies(policy, Replies(policy.replies))]
    assert told[0] == ""
    assert told[1].startswith("reads as help by en.help, though by 47 CFR")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('["STOP"]', '["halt"]', "7:5: en.stop: positive 1: reads as nothing"),
        ('["bus stop"]', '["s-t-o-p"]', "7:5: en.stop: negative 1: reads as stop by en.stop"),
        ('["hello"]', '["hello", "stop"]', "1:1: replies.en: innocent 2: reads as stop by en.stop"),
        (
            '["texting me"]',
            '["stop texts to us"]',
            "16:5: en.texting: negative 1: reads as perhaps stop by en.texting",
        ),
        (
            '["stop texting me"]',
            '["Stop."]',
            "16:5: en.texting: positive 1: reads as stop by en.stop",
        ),
    ],
)
def test_an_example_that_does_not_hold_is_told(old: str, new: str, told: str) -> None:
    text = HEAD + SET + PATTERN
    assert old in text
    assert problems(text.replace(old, new)) == [f"replies/en.yaml:{told}"]
