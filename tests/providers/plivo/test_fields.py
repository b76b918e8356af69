"""Is a string of recipients read as each of them?"""

from __future__ import annotations

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.plivo.fields import digits, only, people
from gatekeeper.providers.shape import read


def test_each_recipient_has_its_place_and_reads_as_an_international_number() -> None:
    found = read(people(), "12122000211<+12122000212<sip:a@b.example")
    assert [(each.value, each.path) for each in found.recipients] == [
        ("+12122000211", "/0"),
        ("+12122000212", "/1"),
        ("sip:a@b.example", "/2"),
    ]


@pytest.mark.parametrize("value", ["", "<", "1<<2", " <1", "<".join(["1"] * 10_000), 7, ["1"]])
def test_what_names_nobody_or_too_many_is_refused(value: object) -> None:
    with pytest.raises(AmbiguousRequest):
        read(people(), value)


def test_tones_and_words_are_what_they_may_be() -> None:
    assert read(digits(), "1w2#").parts[0].text == "1w2#"
    assert read(only("a", "b"), "b").words == {"": "b"}
    for take, value in ((digits(), "call"), (only("a"), "A"), (only("a"), ["a"])):
        with pytest.raises(AmbiguousRequest):
            read(take, value)
