"""Which commands has a policy author? Each has a file of its own."""

from __future__ import annotations

import typer

from gatekeeper.cli.policy_check import check
from gatekeeper.cli.policy_diff import diff
from gatekeeper.cli.policy_explain import explain
from gatekeeper.cli.policy_list import list_rules
from gatekeeper.cli.policy_rollout import approve, promote, rollback, withdraw
from gatekeeper.cli.policy_schema import schema
from gatekeeper.cli.policy_sources import sources
from gatekeeper.cli.policy_status import status
from gatekeeper.cli.policy_test import test
from gatekeeper.cli.policy_versions import export, history, show
from gatekeeper.cli.policy_waivers import waivers

app = typer.Typer(help="Check, test, explain and roll out the rules.", no_args_is_help=True)

COMMANDS = (
    ("check", check),
    ("test", test),
    ("explain", explain),
    ("diff", diff),
    ("list", list_rules),
    ("sources", sources),
    ("waivers", waivers),
    ("schema", schema),
    ("status", status),
    ("promote", promote),
    ("approve", approve),
    ("withdraw", withdraw),
    ("rollback", rollback),
    ("history", history),
    ("show", show),
    ("export", export),
)
for name, command in COMMANDS:
    app.command(name)(command)
