"""How does a person see which policy is in force, and how the folder stands to it?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from gatekeeper.cli.gate import call
from gatekeeper.cli.output import AsJson, show

Json = dict[str, Any]
MOST = 20
"""Names that are shown of one kind; the rest is counted."""


def status(as_json: AsJson = False) -> None:
    """Show which policy is in force, since when and why, and what the folder says instead."""
    told = call("GET", "/policy")
    if as_json:
        show(told)
        return
    for line in _lines(told):
        typer.echo(line)


def _lines(told: Json) -> Iterator[str]:
    active = told["active"]
    yield f"in force   {told['hash'][:12]} since {told['since']}"
    yield f"by         {by(active)}: {active['why']}"
    yield f"mode       {_mode(told)}"
    yield f"folder     {told['folder']}: {_folder(told)}"
    for fault in told["faults"][:MOST]:
        yield f"  fault    {fault}"
    if told["difference"] is not None:
        yield from difference_lines(told["difference"])
    for each in told["proposals"]:
        yield (
            f"proposed   {each['digest'][:12]} by {each['who']['id']}: {each['why']} "
            f"(until {each['expires']})"
        )


def by(activation: Json) -> str:
    """Who put a version in force, and how."""
    who, approved = activation["who"], activation.get("approved_by")
    says = f" (for {who['says']})" if who.get("says") else ""
    second = f", approved by {approved['id']}" if approved else ""
    return f"{who['id']}{says}, {activation['how']}{second}"


def difference_lines(difference: Json) -> Iterator[str]:
    """What differs, by file and by rule."""
    for kind in ("files", "rules"):
        parts = difference[kind]
        if parts is None:
            yield f"  {kind}    not compared: a folder does not load"
            continue
        for sign, names in (("+", "added"), ("-", "removed"), ("~", "changed")):
            for name in parts[names][:MOST]:
                yield f"  {kind} {sign}  {name}"
            if len(parts[names]) > MOST:
                yield f"  {kind} {sign}  and {len(parts[names]) - MOST} more"


def _mode(told: Json) -> str:
    if told["activation"] == "watch":
        return "watch: a sound change of the folder comes into force by itself"
    persons = "one person" if told["approvals"] == 1 else "two persons"
    return f"promote: a version comes into force by promotion, which takes {persons}"


def _folder(told: Json) -> str:
    if told["faults"]:
        return f"not taken: {len(told['faults'])} fault(s), found {told['failed_at']}"
    if told["pinned"]:
        return "says something else, and stays out until it changes or is promoted"
    return "says something else, and was not promoted" if told["differs"] else "is in force"
