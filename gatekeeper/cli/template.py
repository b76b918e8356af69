"""How is content registered that stands behind a reference and that the gate cannot see?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gatekeeper.cli.gate import call
from gatekeeper.cli.output import AsJson, show
from gatekeeper.cli.registry import TenantId, group
from gatekeeper.errors import InputRejected

app = group(
    "Content behind references (Url, ContentSid).",
    "content",
    ("ref", "tenant", "kind", "category", "digest"),
)


@app.command("add")
def add(
    ref: Annotated[str, typer.Argument(help="The URL, ContentSid or other reference.")],
    tenant_id: TenantId,
    kind: Annotated[
        str,
        typer.Option(help="Its kind, as the refusal names it: content_sid, twiml_url, flow ..."),
    ],
    text: Annotated[
        list[Path],
        typer.Option(exists=True, dir_okay=False, help="File with one of its texts; repeatable."),
    ],
    category: Annotated[str | None, typer.Option(help="utility, marketing, ...")] = None,
    as_json: AsJson = False,
) -> None:
    """Register content that the gate cannot see, after a person has read it."""
    texts = [text_of(path) for path in text]
    said = {"tenant": tenant_id, "kind": kind, "ref": ref, "texts": texts, "category": category}
    document = call("POST", "/documents/content", said)
    if as_json:
        show(document)
    else:
        typer.echo(f"{kind} {ref}: registered")


def text_of(path: Path) -> str:
    """The text of a file; InputRejected if it is none."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise InputRejected(f"{path} cannot be read as text in UTF-8") from None
