"""Does a change of a document touch nothing beside its own place?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.providers.json_edit import with_text, without

SPACED = '{ "to" : ["a" ,\n "b", "c"],"p":{"x" : {"a":"1" , "b": "2"}},"n":1.50 }'


@pytest.mark.parametrize(
    ("left_out", "expected"),
    [
        ({0}, '{ "to" : ["b", "c"],'),
        ({1}, '{ "to" : ["a", "c"],'),
        ({2}, '{ "to" : ["a" ,\n "b"],'),
        ({0, 2}, '{ "to" : ["b"],'),
        ({0, 1, 2}, '{ "to" : [],'),
        ({7}, '{ "to" : ["a" ,\n "b", "c"],'),
    ],
)
def test_elements_are_left_out_and_the_rest_stays(left_out: set[int], expected: str) -> None:
    rest = SPACED.partition("],")[2]
    assert without(SPACED, ("to",), left_out) == expected + rest


def test_members_are_left_out_by_their_name() -> None:
    assert without(SPACED, ("p", "x"), {"a"}) == SPACED.replace(
        '{"a":"1" , "b": "2"}', '{"b": "2"}'
    )
    assert without(SPACED, ("p", "x"), {"b"}) == SPACED.replace('{"a":"1" , "b": "2"}', '{"a":"1"}')
    assert json.loads(without(SPACED, (), {"to", "n"})) == {"p": {"x": {"a": "1", "b": "2"}}}


def test_a_name_is_found_however_it_is_escaped() -> None:
    assert without('{"\\u0061": 1, "b": [2]}', (), {"a"}) == '{"b": [2]}'


def test_a_path_without_a_container_is_an_error() -> None:
    with pytest.raises(KeyError):
        without(SPACED, ("nothing",), {0})


def test_one_string_is_replaced() -> None:
    document = '{"a" : {"b":  "old:\\"," }, "c": ["x", "y"]}'
    assert with_text(document, ("a", "b"), 'n"ew') == document.replace('"old:\\","', '"n\\"ew"')
    assert with_text(document, ("c", 1), "z") == document.replace('"y"', '"z"')


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.lists(values, min_size=1, max_size=6), st.sets(st.integers(0, 5)), st.booleans())
def test_what_is_left_is_what_a_parser_would_leave(
    elements: list[Any], left_out: set[int], spread: bool
) -> None:
    document = json.dumps({"to": elements, "x": 1}, indent=2 if spread else None)
    kept = [each for at, each in enumerate(elements) if at not in left_out]
    assert json.loads(without(document, ("to",), left_out)) == {"to": kept, "x": 1}
