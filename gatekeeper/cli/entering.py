"""How does a command take a secret? From standard input: an argument others could see."""

from __future__ import annotations

import sys

import typer

from gatekeeper.errors import InputRejected

_LONGEST_PEM = 10_000


def secret(what: str) -> str:
    """One line of standard input, or what a person enters unseen; `what` names it.

    Of a key in PEM all lines are read.
    """
    if sys.stdin.isatty():
        entered: str = typer.prompt(what, hide_input=True)
        return entered
    given = sys.stdin.readline().strip()
    if given.startswith("-----BEGIN"):
        given = f"{given}\n{sys.stdin.read(_LONGEST_PEM).strip()}\n"
    if not given:
        raise InputRejected(f"give the {what} on standard input")
    return given
