"""Which messages does a scope speak of, as a grant and as an ending?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.consent import Scope, Topic
from gatekeeper.domain.words import Channel, Purpose

SPRING = Topic(Channel.SMS, Purpose.MARKETING, "spring", "red")
UNKNOWN = Topic(Channel.SMS, Purpose.MARKETING)


@pytest.mark.parametrize(
    ("scope", "speaks"),
    [
        (Scope(), True),
        (Scope(channel=Channel.SMS, purpose=Purpose.MARKETING), True),
        (Scope(channel=Channel.VOICE), False),
        (Scope(purpose=Purpose.DEBT), False),
        (Scope(campaign="spring", brand="red"), True),
        (Scope(campaign="autumn"), False),
        (Scope(brand="blue"), False),
    ],
)
def test_a_scope_speaks_of_a_message_that_matches_in_all_it_names(
    scope: Scope, speaks: bool
) -> None:
    assert scope.covers(SPRING) is scope.reaches(SPRING) is speaks


@pytest.mark.parametrize("scope", [Scope(campaign="spring"), Scope(brand="red")])
def test_what_is_not_known_is_not_granted_but_is_ended(scope: Scope) -> None:
    assert not scope.covers(UNKNOWN)
    assert scope.reaches(UNKNOWN)
