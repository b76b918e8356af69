"""Does an editor complete and check every policy file by the schema of its kind?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from ruamel.yaml import YAML

from gatekeeper.rollout.edge_pins import _text
from gatekeeper.rollout.file_kinds import (
    FILE_KINDS,
    FileKind,
    kind_of,
    modeline,
    with_modeline,
    write_schemas,
)
from tests.support.shipped import FOLDER

SHIPPED = sorted(PurePosixPath(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.yaml"))


@cache
def validator(kind: FileKind) -> Any:
    return Draft7Validator(kind.schema())


def as_an_editor_reads(text: str) -> Any:
    """By a YAML library that is not ours; an editor has days and instants as texts."""
    value = YAML(typ="safe", pure=True).load(text)
    return json.loads(json.dumps(value, default=lambda day: day.isoformat()))


@pytest.mark.parametrize("name", SHIPPED, ids=str)
def test_every_shipped_file_is_valid_by_the_schema_of_its_kind(name: PurePosixPath) -> None:
    kind = kind_of(name)
    assert kind is not None
    value = as_an_editor_reads((FOLDER / name).read_text())
    assert [error.message for error in validator(kind).iter_errors(value)] == []


def test_files_of_every_kind_but_pins_ship() -> None:
    kinds = {kind.name for name in SHIPPED if (kind := kind_of(name))}
    assert kinds >= {"pack", "detector", "disclosures", "replies", "table"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("floor/us.yaml", "pack"),
        ("content/verdicts.yaml", "pack"),
        ("content/payment/card.yaml", "detector"),
        ("replies/en.yaml", "replies"),
        ("tests/hours.yaml", "table"),
        ("tests/edges/us.yaml", "pins"),
        ("us.yaml", None),
        ("floor/more/us.yaml", None),
        ("elsewhere/us.yaml", None),
    ],
)
def test_a_kind_is_known_by_the_place(name: str, kind: str | None) -> None:
    found = kind_of(PurePosixPath(name))
    assert (found and found.name) == kind


def test_a_file_names_the_schema_beside_it_from_any_depth() -> None:
    lines = [modeline(PurePosixPath(name)) for name in ("floor/a.yaml", "content/health/b.yaml")]
    assert lines == [
        "# yaml-language-server: $schema=../schemas/pack.json\n",
        "# yaml-language-server: $schema=../../schemas/detector.json\n",
    ]
    assert modeline(PurePosixPath("a.yaml")) is None


@pytest.mark.parametrize("name", SHIPPED, ids=str)
def test_the_first_line_of_every_shipped_file_leads_to_its_schema(name: PurePosixPath) -> None:
    """`python -m tests.support.readme` puts it there."""
    text = (FOLDER / name).read_text()
    assert with_modeline(name, text) == text
    line = text.partition("\n")[0]
    schema = (FOLDER / name).parent / line.partition("$schema=")[2]
    assert json.loads(schema.read_text())["$schema"].startswith("http://json-schema.org/draft-07/")


@pytest.mark.parametrize("kind", FILE_KINDS, ids=lambda kind: kind.name)
def test_the_shipped_schemas_are_those_of_the_code(kind: FileKind) -> None:
    """`python -m tests.support.readme` writes them anew."""
    assert (FOLDER / kind.file).read_text() == kind.text


def test_a_first_line_is_put_in_once_and_renewed_where_it_is_another() -> None:
    name = PurePosixPath("floor/a.yaml")
    line = "# yaml-language-server: $schema=../schemas/pack.json\n"
    other = "# yaml-language-server: $schema=../x.json\n"
    for text in ("# mine\npack: a\n", line + "# mine\npack: a\n", other + "# mine\npack: a\n"):
        assert with_modeline(name, text) == line + "# mine\npack: a\n"
    assert with_modeline(PurePosixPath("a.yaml"), "pack: a\n") == "pack: a\n"


def test_the_schemas_are_written_as_they_are_named(tmp_path: Path) -> None:
    written = write_schemas(tmp_path / "schemas")
    assert {file.name for file in written} == {f"{kind.name}.json" for kind in FILE_KINDS}
    for kind, file in zip(FILE_KINDS, written, strict=True):
        assert json.loads(file.read_text()) == kind.schema()


def keys(schema: Any, name: str) -> Iterator[tuple[str, Any]]:
    for place, within in [(name, schema), *schema["definitions"].items()]:
        for key, said in within.get("properties", {}).items():
            yield f"{place}.{key}", said


@pytest.mark.parametrize("kind", FILE_KINDS, ids=lambda kind: kind.name)
def test_an_editor_tells_what_every_key_is(kind: FileKind) -> None:
    """A new key needs a text below its field, or a line in `policy/descriptions.py`."""
    schema = kind.schema()
    Draft7Validator.check_schema(schema)
    assert [key for key, said in keys(schema, kind.name) if not said.get("description")] == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("content/payment/card.yaml", "validator: card", "validater: card"),
        ("content/payment/card.yaml", "family: payment", "family: paiment"),
        ("replies/en.yaml", "language: en", "lang: en"),
        ("tests/hours.yaml", "expect:", "expects:"),
        ("floor/us-fl.yaml", "check: quiet_hours", "check: quiet_hour"),
        ("floor/us-fl.yaml", "windows:", "window:"),
    ],
)
def test_an_editor_sees_a_slip_in_a_file_of_any_kind(name: str, old: str, new: str) -> None:
    text = (FOLDER / name).read_text()
    assert old in text
    kind = kind_of(PurePosixPath(name))
    assert kind is not None
    assert not validator(kind).is_valid(as_an_editor_reads(text.replace(old, new, 1)))


def test_pins_are_written_with_the_line_of_their_schema() -> None:
    text = _text("us", {})
    assert with_modeline(PurePosixPath("tests/edges/us.yaml"), text) == text
