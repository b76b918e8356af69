"""The bar is drawn on a terminal's standard error alone, and the answers stay clean of it."""

from __future__ import annotations

import io
import sys

import pytest

from gatekeeper.cli.screen_progress import no_progress, progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def drawn(
    monkeypatch: pytest.MonkeyPatch, out: io.StringIO, err: io.StringIO, *, answers: bool = True
) -> bool:
    """Whether a bar is drawn for these streams; standard output takes nothing of it."""
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setenv("TERM", "xterm")
    with progress("screening", 100, answers=answers) as advance:
        advance(50, 3)
        real = advance is not no_progress
    assert out.getvalue() == ""
    assert real == ("screening" in err.getvalue())
    return real


def test_a_bar_is_drawn_only_where_a_person_sees_it_and_nothing_else_is_written_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert drawn(monkeypatch, io.StringIO(), Terminal())
    assert not drawn(monkeypatch, io.StringIO(), io.StringIO())
    assert not drawn(monkeypatch, Terminal(), Terminal())
    assert drawn(monkeypatch, Terminal(), Terminal(), answers=False)


def test_without_a_total_the_lines_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    err = Terminal()
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setenv("TERM", "xterm")
    with progress("screening", None) as advance:
        advance(50, 1_234)
    assert "1,234 lines" in err.getvalue()
    assert "%" not in err.getvalue()
