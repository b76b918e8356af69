"""Is a JSON text that two readers may understand differently refused?"""

from __future__ import annotations

import pytest

from gatekeeper.providers.json_once import decoded


def test_a_plain_text_is_read() -> None:
    assert decoded('{"a": [1, 2.5, "x", null, true]}') == {"a": [1, 2.5, "x", None, True]}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"a": 1, "\\u0061": 2}', "a key is given twice"),
        ('{"a": {"b": 1, "b": 1}}', "a key is given twice"),
        ('{"a": NaN}', "not a JSON number"),
        ('{"a": -Infinity}', "not a JSON number"),
        ("[" * 100_000, "it goes too deep"),
        ('{"a": 1', "Expecting"),
    ],
)
def test_a_text_with_two_meanings_or_none_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        decoded(text)
