"""Each character of each string of a JSON document is found where it is written."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.providers.json_places import Path, strings

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4)
    ),
    max_leaves=12,
)


def told(value: Any, path: Path = ()) -> dict[Path, str]:
    if isinstance(value, str):
        return {path: value}
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return {p: text for key, each in items for p, text in told(each, (*path, key)).items()}


@given(VALUES, st.booleans(), st.sampled_from([None, 2]))
def test_every_string_is_found_at_its_path_and_its_characters_at_their_places(
    value: Any, ascii_only: bool, indent: int | None
) -> None:
    document = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    found = strings(document)
    assert {path: placed.text for path, placed in found.items()} == told(value)
    for placed in found.values():
        said = [json.loads(f'"{document[start:end]}"') for start, end in placed.spans]
        assert "".join(said) == placed.text
        assert len(said) == len(placed.text)


def test_each_way_of_writing_a_character_is_one_place() -> None:
    placed = strings('{"a": "x\\u0041\\ud83d\\ude00\\n"}')[("a",)]
    assert placed == ("xA😀\n", [(7, 8), (8, 14), (14, 26), (26, 28)])
