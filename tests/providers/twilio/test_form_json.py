"""Is JSON in a form read with one meaning?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.message import TextPart
from gatekeeper.domain.words import Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.twilio.form_json import json_in, texts_in


def test_every_text_has_its_place() -> None:
    parts = texts_in({"P": ('{"a":{"b":["x",4111]},"c":null}',)}, "P", Role.TEMPLATE_VAR)
    assert parts == (
        TextPart("P/a/b/0", Role.TEMPLATE_VAR, "x"),
        TextPart("P/a/b/1", Role.TEMPLATE_VAR, "4111"),
    )


def test_an_absent_parameter_has_no_text() -> None:
    assert texts_in({}, "P", Role.BODY) == ()
    assert texts_in({"P": ("",)}, "P", Role.BODY) == ()


@pytest.mark.parametrize("text", ['{"a":1,"a":2}', '{"a":NaN}', '{"a":', "[" * 100_000, "{} {}"])
def test_what_has_no_one_meaning_is_refused_by_name(text: str) -> None:
    with pytest.raises(AmbiguousRequest, match="parameter P "):
        json_in(text, "P")


@pytest.mark.parametrize("text", ["[]", '"words"', "7", "null"])
def test_only_an_object_is_taken(text: str) -> None:
    with pytest.raises(AmbiguousRequest, match="not a JSON object"):
        texts_in({"P": (text,)}, "P", Role.BODY)
