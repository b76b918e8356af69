"""Does the schema that editors use agree with the loader?"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from pydantic import BaseModel, Field

from gatekeeper.domain.fault_codes import Code
from gatekeeper.policy.descriptions import DESCRIPTIONS
from gatekeeper.policy.schema import (
    described,
    detector_schema,
    pack_schema,
    replies_schema,
    schema_of,
    table_schema,
    tenant_schema,
)
from gatekeeper.policy.yamlfile import read
from tests.support.policies import ACME, DATA, GOOD, KINDS, faults, pack
from tests.support.replies import HEAD, PATTERN, SET


def as_json(text: str) -> Any:
    """The file as an editor's validator sees it: days and instants are texts."""
    located = read(text.encode(), pack(text).name, [])
    assert located is not None
    return json.loads(json.dumps(located.value, default=lambda day: day.isoformat()))


@pytest.mark.parametrize(
    "schema",
    [
        pack_schema(KINDS),
        tenant_schema(KINDS),
        detector_schema({}),
        replies_schema(),
        table_schema(),
    ],
)
def test_a_schema_is_one_of_draft_07(schema: dict[str, Any]) -> None:
    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    written = json.dumps(schema)
    assert "$defs" not in written
    assert "prefixItems" not in written


def test_the_good_files_are_valid() -> None:
    rules, card = (GOOD / "floor" / "us.yaml"), (GOOD / "content" / "payment" / "card.yaml")
    Draft7Validator(pack_schema(KINDS)).validate(as_json(rules.read_text()))
    Draft7Validator(detector_schema({})).validate(as_json(card.read_text()))


def test_an_editor_sees_what_is_wrong_in_a_file_of_replies() -> None:
    schema, text = Draft7Validator(replies_schema()), HEAD + SET + PATTERN
    assert schema.is_valid(as_json(text))
    for old, new in (("kind: stop", "kind: stopp"), ("certain: false", "certain: perhaps")):
        assert not schema.is_valid(as_json(text.replace(old, new)))


EDITOR = {Code.UNKNOWN_KEY, Code.MISSING, Code.WRONG_VALUE, Code.NO_CITATION} | {
    Code.UNKNOWN_WORD,
    Code.UNKNOWN_CHECK,
    Code.NO_TEST,
}
"""Kinds of fault that a schema can tell."""
UNSEEN = {"no_firing_test", "no_silent_test", "instant_that_is_none", "instant_without_offset"}
"""What draft-07 has no words for: one of each kind, and a day that the calendar has."""


def seen(text: str) -> bool:
    """Whether all that is wrong in a file is of these kinds."""
    codes = re.findall(r"(?m)^# floor/\S+ (GK[0-9]+)", text)
    return bool(codes) and set(codes) <= EDITOR


@pytest.mark.parametrize(
    "name",
    sorted(
        file.stem
        for file in (DATA / "bad").glob("*.yaml")
        if seen(file.read_text()) and file.stem not in UNSEEN
    ),
)
def test_an_editor_sees_what_the_loader_would_refuse(name: str) -> None:
    text = (DATA / "bad" / f"{name}.yaml").read_text()
    assert faults(pack(text))
    assert not Draft7Validator(pack_schema(KINDS)).is_valid(as_json(text))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tighten:", "tigthen:"),
        ("reason: Acme is calmer", "note: x"),
        ("approved_by: Ann Counsel", "approved: Ann Counsel"),
        ("with: {lists: [own-vip]}", "with: {list: [own-vip]}"),
        ("verdict: block", "verdict: stop"),
    ],
)
def test_an_editor_sees_what_is_wrong_in_a_tenants_file(old: str, new: str) -> None:
    schema = Draft7Validator(tenant_schema(KINDS))
    assert schema.is_valid(as_json(ACME))
    assert old in ACME
    assert not schema.is_valid(as_json(ACME.replace(old, new)))


class Told(BaseModel):
    """A shape of this test."""

    plain: int = 0
    """What stands below a field
    in two lines."""
    note: str = ""
    other: str = Field("", description="Said by the field.")


class More(Told):
    """With a key more."""

    windows: str = ""


def test_what_stands_below_a_field_is_told_of_its_key_or_else_what_our_table_says() -> None:
    assert described(More) == {
        "plain": "What stands below a field\nin two lines.",
        "note": "What the next author should know.",
        "windows": DESCRIPTIONS["windows"],
    }
    properties = schema_of(More)["properties"]
    assert properties["other"]["description"] == "Said by the field."
    assert properties["plain"]["description"].startswith("What stands below")
