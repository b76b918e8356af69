"""The command line: `gatekeeper COMMAND`; every group of commands has a file of its own."""

from __future__ import annotations

import sys
from typing import NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console

from gatekeeper import __version__
from gatekeeper.cli import (
    admin_key,
    application,
    audit,
    brand,
    campaign,
    consent,
    customer,
    demo,
    dnc,
    doctor,
    models,
    person,
    policy,
    provider,
    pull,
    replies,
    review,
    sandbox,
    screen,
    sender,
    template,
    tenant,
    tls,
    webhook,
)
from gatekeeper.cli.attach import attach
from gatekeeper.cli.check import check
from gatekeeper.cli.openapi import openapi
from gatekeeper.cli.rebuild import rebuild
from gatekeeper.cli.sdk_check import sdk_check
from gatekeeper.cli.serve import serve
from gatekeeper.errors import GatekeeperError, PolicyError
from gatekeeper.settings import Settings

app = typer.Typer(
    name="gatekeeper",
    help="A self-hosted compliance gateway for outbound messages and calls.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

GROUPS = (
    ("policy", policy.app),
    ("models", models.app),
    ("audit", audit.app),
    ("consent", consent.app),
    ("person", person.app),
    ("review", review.app),
    ("dnc", dnc.app),
    ("tenant", tenant.app),
    ("customer", customer.app),
    ("brand", brand.app),
    ("app", application.app),
    ("sender", sender.app),
    ("campaign", campaign.app),
    ("template", template.app),
    ("admin-key", admin_key.app),
    ("tls", tls.app),
    ("provider", provider.app),
    ("sandbox", sandbox.app),
)
COMMANDS = (
    *(serve, demo.demo, check, screen.screen, replies.replies),
    *(attach, sdk_check, doctor.doctor, rebuild, openapi),
)

WITHIN = (
    (application.app, "webhook", webhook.webhook),
    (consent.app, "pull", pull.pull),
)
"""Commands of a group that have a file of their own."""

for name, group in GROUPS:
    app.add_typer(group, name=name)
for command in COMMANDS:
    app.command()(command)
for within, name, added in WITHIN:
    within.command(name)(added)


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


def main() -> None:
    """Run a command; what was raised on purpose becomes a line each and exit status 1."""
    try:
        app()
    except PolicyError as error:
        _fail(*error.faults)
    except GatekeeperError as error:
        _fail(f"gatekeeper: {error}")
    except ValidationError as error:
        if error.title != Settings.__name__:
            raise
        _fail(*(_setting(fault["loc"], fault["msg"]) for fault in error.errors()))


def _setting(place: tuple[int | str, ...], message: str) -> str:
    return f"GATEKEEPER_{str(place[0]).upper()}: {message} (see the README's table of settings)"


def _fail(*lines: str) -> NoReturn:
    for line in lines:
        Console(stderr=True, soft_wrap=True).print(line, markup=False, highlight=False)
    sys.exit(1)
