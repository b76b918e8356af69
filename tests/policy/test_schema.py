"""Does the schema that editors use agree with the loader?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]

from gatekeeper.policy.schema import (
    detector_schema,
    pack_schema,
    replies_schema,
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
    [pack_schema(KINDS), tenant_schema(KINDS), detector_schema(), replies_schema(), table_schema()],
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
    Draft7Validator(detector_schema()).validate(as_json(card.read_text()))


def test_an_editor_sees_what_is_wrong_in_a_file_of_replies() -> None:
    schema, text = Draft7Validator(replies_schema()), HEAD + SET + PATTERN
    assert schema.is_valid(as_json(text))
    for old, new in (("kind: stop", "kind: stopp"), ("certain: false", "certain: perhaps")):
        assert not schema.is_valid(as_json(text.replace(old, new)))


@pytest.mark.parametrize(
    "name",
    [
        "unknown_key_of_rule",
        "unknown_check",
        "unknown_verdict",
        "unknown_parameter",
        "unknown_channel",
        "missing_citation",
        "empty_citation",
        "no_tests",
        "test_with_unknown_key",
        "limit_of_nothing",
    ],
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
