"""How does a person put another policy in force on a running gate?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from gatekeeper.cli.entering import secret
from gatekeeper.cli.gate import call
from gatekeeper.cli.output import AsJson, show

Json = dict[str, Any]

Why = Annotated[str, typer.Option("--why", help="The reason; it is recorded.")]
Who = Annotated[
    str | None,
    typer.Option("--who", help="Whom you act for; recorded beside the user that the system tells."),
]
WithKey = Annotated[
    bool,
    typer.Option("--key", help="Act as an admin key, which is read from standard input."),
]
Digest = Annotated[str, typer.Argument(help="Digest of the version, or 8 digits of it or more.")]
Candidate = Annotated[
    Path | None,
    typer.Argument(exists=True, file_okay=False, help="Policy folder; the gate's, if none."),
]


def promote(
    folder: Candidate = None,
    *,
    why: Why,
    who: Who = None,
    key: WithKey = False,
    as_json: AsJson = False,
) -> None:
    """Prove a folder with all its tests and tables, and put it in force.

    Where GATEKEEPER_POLICY_APPROVALS is 2 it is proposed, for another person to approve.
    """
    named = str(folder.resolve()) if folder is not None else None
    body = {"folder": named, "why": why, "says": who}
    _told(call("POST", "/policy/promote", body, as_key=_key(key)), as_json=as_json)


def approve(
    digest: Digest, *, who: Who = None, key: WithKey = False, as_json: AsJson = False
) -> None:
    """Put a version in force that somebody else proposed, exactly as it was proposed."""
    body = {"digest": digest, "says": who}
    _told(call("POST", "/policy/approve", body, as_key=_key(key)), as_json=as_json)


def withdraw(
    digest: Digest, *, why: Why, who: Who = None, key: WithKey = False, as_json: AsJson = False
) -> None:
    """Take a proposal away before it is approved."""
    body = {"digest": digest, "why": why, "says": who}
    _told(call("POST", "/policy/withdraw", body, as_key=_key(key)), as_json=as_json)


def rollback(
    digest: Annotated[
        str | None, typer.Argument(help="An earlier version; the one before, if none is named.")
    ] = None,
    *,
    why: Why,
    who: Who = None,
    key: WithKey = False,
    as_json: AsJson = False,
) -> None:
    """Put an earlier version in force again, at once; one person may."""
    body = {"digest": digest, "why": why, "says": who}
    _told(call("POST", "/policy/rollback", body, as_key=_key(key)), as_json=as_json)


def _key(asked: bool) -> str | None:
    return secret("admin key") if asked else None


def _told(answer: Json, *, as_json: bool) -> None:
    if as_json:
        show(answer)
        return
    for line in _lines(answer):
        typer.echo(line)


def _lines(answer: Json) -> list[str]:
    """What became of it, in sentences."""
    lines: list[str] = []
    if "withdrawn" in answer:
        return [f"withdrawn: {answer['withdrawn'][:12]}"]
    if answer["tried"] is not None:
        tried = answer["tried"]
        lines.append(
            f"{tried['examples']} examples, {tried['rows']} rows of tables and "
            f"{tried['near_misses']} near-misses hold"
        )
    if "proposed" in answer:
        made = answer["proposed"]
        short = made["digest"][:12]
        lines.append(f"proposed: {short}, until {made['expires']}")
        lines.append(f"another person approves it: gatekeeper policy approve {short}")
        return lines
    lines.append(f"in force: {answer['active']['digest'][:12]}")
    if answer["pinned"]:
        lines.append("the gate's folder says something else: it stays out until it changes")
    elif answer["differs"]:
        lines.append("the gate's folder says something else: see gatekeeper policy status")
    return lines
