"""Has a policy author every command that the README tells of?"""

from __future__ import annotations

from tests.support.author import run


def test_every_command_says_what_it_does() -> None:
    shown = run("--help").stdout
    for command in ("check", "test", "explain", "list", "sources", "schema"):
        assert f" {command} " in shown
