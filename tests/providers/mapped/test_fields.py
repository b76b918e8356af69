"""Do pointers become the shape that they draw?"""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.mapped.fields import leaf_of, reader_of
from gatekeeper.providers.shape import Found, read


def found(fields: dict[str, str], body: Any, *need: str) -> Found:
    return read(reader_of(fields, need), body)


def test_nested_arrays_and_members_are_walked() -> None:
    fields = {"messages/*/to/*/number": "recipient", "messages/*/text": "text"}
    body = {"messages": [{"to": [{"number": "12122000211"}], "text": "a"}, {"text": "b"}]}
    seen = found(fields, body)
    assert [each.path for each in seen.recipients] == ["messages/0/to/0/number"]
    assert [part.text for part in seen.parts] == ["a", "b"]


def test_a_field_may_be_one_value_or_several() -> None:
    fields = {"to": "recipient", "to/*": "recipient"}
    assert len(found(fields, {"to": "1"}).recipients) == 1
    assert len(found(fields, {"to": ["1", "2"]}).recipients) == 2
    with pytest.raises(AmbiguousRequest):
        found(fields, {"to": {"number": "1"}})


def test_what_is_needed_is_needed_in_each() -> None:
    fields = {"messages/*/to": "recipient", "messages/*/text": "text"}
    with pytest.raises(AmbiguousRequest, match=r"messages\.1\.to is missing"):
        found(fields, {"messages": [{"to": "1"}, {"text": "x"}]}, "messages/*/to")


def test_anything_is_read_whole() -> None:
    seen = found({"meta": "anything"}, {"meta": {"a": [1, "x"]}})
    assert [part.text for part in seen.parts] == ["1", "x"]


USES = "recipient person sender text subject caption button tts variable link media reference"


@pytest.mark.parametrize("use", [*USES.split(), "claim", "setting", "opaque:flow"])
def test_every_use_takes_a_word_and_keeps_it(use: str) -> None:
    seen = Found()
    leaf_of(use)("word", "p", seen)
    kept = (seen.recipients, seen.senders, seen.parts, seen.media, seen.opaque, seen.claims)
    assert any(kept) or seen.words == {"p": "word"}


def test_a_refused_field_is_refused() -> None:
    with pytest.raises(AmbiguousRequest, match="not supported"):
        found({"cc": "refused"}, {"cc": "1"})
