"""Do editors get the schemas that they ask for?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]

from gatekeeper.rollout.file_kinds import FILE_KINDS
from tests.support.author import run

KINDS = [kind.name for kind in FILE_KINDS]


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_are_printed_for_editors(kind: str) -> None:
    Draft7Validator.check_schema(json.loads(run("schema", kind).stdout))


def test_the_schemas_of_all_kinds_are_written_into_a_folder(tmp_path: Path) -> None:
    result = run("schema", "--write", tmp_path / "schemas")
    assert result.exit_code == 0
    assert sorted(path.stem for path in (tmp_path / "schemas").iterdir()) == sorted(KINDS)
    printed = run("schema", "pack").stdout
    assert (tmp_path / "schemas" / "pack.json").read_text() == printed


def test_an_unknown_schema_is_told() -> None:
    result = run("schema", "replys")
    assert result.exit_code == 1
    assert f"one of {', '.join(KINDS)} (did you mean replies?)" in result.stderr
