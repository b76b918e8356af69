"""How does an operator fetch those who have opted out at the provider?"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import typer

from gatekeeper.cli.gate import lines
from gatekeeper.cli.importing import progress_bar
from gatekeeper.cli.output import AsJson, show
from gatekeeper.errors import InputRejected

RESULTS = ("recorded", "known", "foreign")
"""What may become of an opt-out: new, on record before, of a sender that is not registered."""


def pull(
    id: Annotated[str, typer.Argument(help="Id of the application.")],  # noqa: A002
    since: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="First day to look at, in UTC.")
    ],
    as_json: AsJson = False,
) -> None:
    """Fetch from the provider who opted out there; what is known is not recorded again."""
    found = asyncio.run(_pull(id, since.replace(tzinfo=UTC)))
    if as_json:
        show(found)
        return
    typer.echo(
        f"{found['recorded']} opt-outs recorded, {found['known']} known before, "
        f"{found['foreign']} of senders that are not registered"
    )


async def _pull(name: str, since: datetime) -> dict[str, int]:
    found: dict[str, int] = {}
    with progress_bar() as shown:
        task = shown.add_task("reading", total=None, lines=0)
        async for news in lines(f"/applications/{name}/pull", {"since": since.isoformat()}):
            if "error" in news:
                raise InputRejected(news["error"])
            if news.get("stage") in RESULTS:
                found[news["stage"]] = news["done"]
            elif "stage" in news:
                shown.update(task, lines=news["done"])
    if len(found) < len(RESULTS):
        raise InputRejected("the gate stopped during the pull: run it again")
    return found
