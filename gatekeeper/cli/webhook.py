"""How does an operator tell where an application takes its provider's webhooks?"""

from __future__ import annotations

from typing import Annotated

import typer

from gatekeeper.cli import entering
from gatekeeper.cli.gate import call
from gatekeeper.domain.registry import InboundMode
from gatekeeper.ledger.webhooks import NewWebhook

Url = Annotated[str | None, typer.Option("--url", help="Where the app takes webhooks.")]
StatusUrl = Annotated[
    str | None, typer.Option(help="Where it takes delivery statuses; none: they stay here.")
]


def webhook(  # noqa: PLR0913 - each is a command-line option
    id: Annotated[str, typer.Argument(help="Its id.")],  # noqa: A002
    url: Url = None,
    mode: Annotated[
        InboundMode, typer.Option(help="Pass webhooks on to the app, or only listen.")
    ] = InboundMode.RELAY,
    status_url: StatusUrl = None,
    answers: Annotated[
        bool, typer.Option(help="Answer STOP and HELP where neither provider nor app has.")
    ] = True,
    provider_secret: Annotated[
        bool, typer.Option(help="Read what the provider signs webhooks with from standard input.")
    ] = False,
    new_secret: Annotated[bool, typer.Option(help="Make a new secret for the app.")] = False,
) -> None:
    """Take an application's webhooks through the gate, and print where the provider must call.

    In relay mode each webhook is recorded, signed anew for the app's URL and passed on. The
    secret to check that signature with is printed once. In tap mode nothing is passed on.
    """
    secret = entering.secret("provider's webhook secret") if provider_secret else None
    new = NewWebhook(mode, url, status_url, answers, secret, new_secret)
    answer = call("POST", f"/applications/{id}/webhook", new)
    typer.echo(f"webhook for the provider:          {answer['address']}")
    typer.echo(f"status callback for the provider:  {answer['status_address']}")
    if answer["secret"] and mode is InboundMode.RELAY:
        typer.echo(f"secret for the app's validator:    {answer['secret']}")
