"""How does a command take a secret? From standard input: an argument others could see."""

from __future__ import annotations

import sys

import typer

from gatekeeper.errors import InputRejected


def secret(what: str) -> str:
    """One line of standard input, or what a person enters unseen; `what` names it."""
    if sys.stdin.isatty():
        entered: str = typer.prompt(what, hide_input=True)
        return entered
    given = sys.stdin.readline().strip()
    if not given:
        raise InputRejected(f"give the {what} on standard input")
    return given
