"""Which kinds of file does a policy folder hold, where, and by which schema does each go?

Whoever adds a kind of file adds a line to `FILE_KINDS`; its schema is then printed, shipped, named
in the first line of every such file, and tested against all of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from gatekeeper.policy.schema import (
    detector_schema,
    disclosures_schema,
    pack_schema,
    replies_schema,
    schema_of,
    table_schema,
    tenant_schema,
)
from gatekeeper.rollout.edge_pins import PinsShape
from gatekeeper.rollout.ready import check_kinds
from gatekeeper.screening.grammar import Context, Find, Gate

_MODELINE = "# yaml-language-server: $schema="
SCHEMAS = PurePosixPath("schemas")
"""Below the policy folder: a schema for each kind, under its name."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its name, the folders that hold such files, and the schema of one."""

    name: str
    folders: tuple[str, ...]
    """Below the policy folder, as patterns."""
    schema: Callable[[], dict[str, Any]]

    @property
    def file(self) -> PurePosixPath:
        """Where its schema stands."""
        return SCHEMAS / f"{self.name}.json"

    @property
    def text(self) -> str:
        """The schema as it is shipped."""
        return json.dumps(self.schema(), indent=1, ensure_ascii=False) + "\n"


FILE_KINDS: tuple[FileKind, ...] = (
    FileKind("pack", ("floor", "channels", "content"), lambda: pack_schema(check_kinds())),
    FileKind("tenant", ("tenants",), lambda: tenant_schema(check_kinds())),
    FileKind(
        "detector",
        ("content/*",),
        lambda: detector_schema({"gate": Gate, "find": Find, "context": Context}),
    ),
    FileKind("disclosures", ("disclosures",), disclosures_schema),
    FileKind("replies", ("replies",), replies_schema),
    FileKind("table", ("tests",), table_schema),
    FileKind("pins", ("tests/edges",), lambda: schema_of(PinsShape)),
)
"""The first that fits is meant."""


def kind_of(name: PurePosixPath) -> FileKind | None:
    """The kind of a file by its place below the policy folder; None for one of no kind."""
    folder = name.parent
    return next(
        (
            kind
            for kind in FILE_KINDS
            for pattern in kind.folders
            if len(folder.parts) == len(PurePosixPath(pattern).parts) and folder.match(pattern)
        ),
        None,
    )


def modeline(name: PurePosixPath) -> str | None:
    """The first line of a file, by which editors find its schema; None for a file of no kind."""
    kind = kind_of(name)
    if kind is None:
        return None
    up = "/".join([".."] * len(name.parent.parts))
    return f"{_MODELINE}{up}/{kind.file}\n"


def with_modeline(name: PurePosixPath, text: str) -> str:
    """The text of a file with the first line that is right for its place, put in or renewed."""
    line = modeline(name)
    if line is None:
        return text
    first, _, rest = text.partition("\n")
    return line + (rest if first.startswith(_MODELINE) else text)


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write the schema of every kind into a folder; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in FILE_KINDS:
        (folder / kind.file.name).write_text(kind.text, encoding="utf-8")
    return tuple(folder / kind.file.name for kind in FILE_KINDS)
