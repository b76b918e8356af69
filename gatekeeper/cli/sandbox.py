"""What does a person answer in the sandbox? A command plays it, signed as the provider would."""

from __future__ import annotations

from typing import Annotated

import typer

from gatekeeper.cli.gate import call
from gatekeeper.cli.output import show
from gatekeeper.cli.policy_folder import AsJson
from gatekeeper.domain.words import Channel
from gatekeeper.proxy.simulator import SimulatedInput

app = typer.Typer(help="Play what comes from outside, in the sandbox.", no_args_is_help=True)
Provider = Annotated[str | None, typer.Option(help="The provider that the webhook comes from.")]
App = Annotated[
    str | None, typer.Option("--app", help="The application; else the only one that fits.")
]
To = Annotated[
    str | None, typer.Option("--to", help="Our sender; else the tenant's first on the channel.")
]
From = Annotated[str, typer.Option("--from", help="The person who writes.")]
On = Annotated[Channel, typer.Option(help="The channel.")]


@app.callback()
def group() -> None:
    """Play what comes from outside, in the sandbox."""


@app.command()
def inbound(  # noqa: PLR0913 - each is a command-line option
    person: From,
    text: Annotated[str, typer.Option(help="What the person writes.")],
    provider: Provider = None,
    application: App = None,
    sender: To = None,
    channel: On = Channel.SMS,
    as_json: AsJson = False,
) -> None:
    """Let a person write to one of our senders: the webhook comes in as the provider signs it."""
    asked = SimulatedInput(
        person=person,
        text=text,
        provider=provider,
        application=application,
        sender=sender,
        channel=channel,
    )
    _play(asked, as_json)


@app.command()
def status(  # noqa: PLR0913 - each is a command-line option
    person: Annotated[str, typer.Option("--to", help="To whom a message went.")],
    code: Annotated[
        str, typer.Option(help="The provider's error code; empty: it was delivered.")
    ] = "",
    provider: Provider = None,
    application: App = None,
    sender: Annotated[str | None, typer.Option("--from", help="Our sender.")] = None,
    channel: On = Channel.SMS,
    as_json: AsJson = False,
) -> None:
    """Let the provider tell what became of a message: delivered, or not, with which code."""
    asked = SimulatedInput(
        person=person,
        provider=provider,
        application=application,
        sender=sender,
        channel=channel,
        status=True,
        code=code,
    )
    _play(asked, as_json)


def _play(asked: SimulatedInput, as_json: bool) -> None:
    answer = call("POST", "/sandbox/inbound", asked)
    if as_json:
        show(answer)
    else:
        typer.echo(
            f"{answer['application']} heard it; the provider was answered {answer['status']}"
        )
        if answer["answer"]:
            typer.echo(answer["answer"])
    raise typer.Exit(answer["status"] >= 400)
