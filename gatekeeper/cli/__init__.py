"""The command line: `gatekeeper COMMAND`; every group of commands has a file of its own."""

from __future__ import annotations

import sys

import typer
from rich.console import Console

from gatekeeper import __version__
from gatekeeper.cli import audit, consent, demo, dnc, doctor, policy, registry, screen
from gatekeeper.cli.check import check
from gatekeeper.cli.openapi import openapi
from gatekeeper.cli.serve import serve
from gatekeeper.errors import GatekeeperError, PolicyError

app = typer.Typer(
    name="gatekeeper",
    help="A self-hosted compliance gateway for outbound messages and calls.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

GROUPS = (
    ("policy", policy.app),
    ("audit", audit.app),
    ("consent", consent.app),
    ("dnc", dnc.app),
    ("tenant", registry.tenant),
    ("app", registry.application),
    ("sender", registry.sender),
    ("campaign", registry.campaign),
    ("template", registry.template),
)
COMMANDS = (serve, demo.demo, check, screen.screen, doctor.doctor, openapi)

for name, group in GROUPS:
    app.add_typer(group, name=name)
for command in COMMANDS:
    app.command()(command)


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


def main() -> None:
    """Run a command; what was raised on purpose becomes one line and exit status 1."""
    try:
        app()
    except PolicyError as error:
        for fault in error.faults:
            Console(stderr=True).print(fault, markup=False, highlight=False)
        sys.exit(1)
    except GatekeeperError as error:
        Console(stderr=True).print(f"gatekeeper: {error}", markup=False, highlight=False)
        sys.exit(1)
