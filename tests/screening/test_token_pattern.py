"""Steps of the grammar become tokens of a Matcher."""

from __future__ import annotations

from gatekeeper.screening.grammar import Find
from gatekeeper.screening.token_pattern import needs_of, tokens_of


def find(*steps: object) -> Find:
    return Find.model_validate({"words": {"say": ["Now", "then"]}, "tokens": [list(steps)]})


def test_sets_lists_gaps_and_built_in_steps_are_read() -> None:
    said = find("start", "say", {"gap": 3}, ["x"], {"maybe": ["y"]}, "number", "money", "end")
    tokens, at_start = tokens_of(said.tokens[0], said)
    assert at_start
    assert tokens == [
        {"ORTH": {"IN": ["now", "then"]}},
        {"OP": "{0,3}"},
        {"ORTH": {"IN": ["x"]}},
        {"ORTH": {"IN": ["y"]}, "OP": "?"},
        {"ORTH": {"IN": ["0", "<card>", "<id>"]}},
        {"ORTH": {"IN": ["<money>"]}},
        {"ORTH": {"IN": ["."]}},
    ]


def test_only_steps_that_must_be_there_are_needed() -> None:
    said = find("say", {"gap": 1}, {"maybe": ["y"]}, ["x"])
    tokens, _ = tokens_of(said.tokens[0], said)
    assert needs_of(tokens) == (frozenset({"now", "then"}), frozenset({"x"}))
