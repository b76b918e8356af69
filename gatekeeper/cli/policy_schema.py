"""How does an editor get the schemas by which it completes and checks policy files?"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any

import typer

from gatekeeper.cli.policy_folder import fail
from gatekeeper.policy.schema import (
    detector_schema,
    disclosures_schema,
    pack_schema,
    replies_schema,
    table_schema,
    tenant_schema,
)
from gatekeeper.rollout.ready import check_kinds

Kind = Annotated[
    str, typer.Argument(help="Which files: pack, tenant, detector, disclosures, replies or table.")
]

SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "pack": lambda: pack_schema(check_kinds()),
    "tenant": lambda: tenant_schema(check_kinds()),
    "detector": detector_schema,
    "disclosures": disclosures_schema,
    "replies": replies_schema,
    "table": table_schema,
}


def schema(kind: Kind = "pack") -> None:
    """Print the JSON Schema (draft-07) that lets an editor complete and check policy files."""
    if kind not in SCHEMAS:
        fail(f"there is no schema of {kind}; one of {', '.join(SCHEMAS)}")
    typer.echo(json.dumps(SCHEMAS[kind](), indent=2))
