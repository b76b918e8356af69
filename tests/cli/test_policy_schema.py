"""Do editors get schemas that hold for every file that ships?"""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]

from gatekeeper.cli.policy_schema import SCHEMAS
from gatekeeper.policy.yamlfile import read
from tests.support.author import run
from tests.support.shipped import FOLDER


@pytest.mark.parametrize("kind", list(SCHEMAS))
def test_the_schemas_are_printed_for_editors(kind: str) -> None:
    Draft7Validator.check_schema(json.loads(run("schema", kind).stdout))


@pytest.mark.parametrize("kind", [kind for kind in SCHEMAS if kind != "tenant"])
def test_every_shipped_file_is_valid_by_its_schema(kind: str) -> None:
    """As an editor sees it: days and instants are texts. No tenant's file ships."""
    validator = Draft7Validator(json.loads(run("schema", kind).stdout))
    found = 0
    for path in FOLDER.rglob("*.yaml"):
        if kind_of(path) == kind:
            located = read(path.read_bytes(), PurePosixPath(path.name), [])
            assert located is not None
            value = json.loads(json.dumps(located.value, default=lambda day: day.isoformat()))
            assert [error.message for error in validator.iter_errors(value)] == [], path.name
            found += 1
    assert found


def kind_of(path: Path) -> str:
    parts = path.relative_to(FOLDER).parts
    if parts[0] == "tests":
        return "table"
    if parts[0] in ("replies", "disclosures"):
        return parts[0]
    return "detector" if len(parts) == 3 else "pack"


def test_an_unknown_schema_is_told() -> None:
    result = run("schema", "rule")
    assert result.exit_code == 1
    assert "one of pack, tenant, detector, disclosures, replies, table" in result.stderr
