"""How does a person see how far a long run is, without a sign of it among the answers?"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from gatekeeper.cli.importing import Rate

Advance = Callable[[int, int], None]
"""Told how many bytes and lines were read since it was last told."""
EVERY_S = 0.1


def no_progress(size: int, lines: int) -> None:
    """For whoever does not look."""


@contextmanager
def progress(what: str, total: int | None, *, answers: bool = True) -> Iterator[Advance]:
    """A bar on standard error where a person sees it; of a pipe, whose length is unknown, counts.

    `answers`: standard output takes a line for each, so that the bar is shown only if these go
    elsewhere than to the same terminal.
    """
    error = Console(stderr=True)
    if not error.is_terminal or (answers and sys.stdout.isatty()):
        yield no_progress
        return
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=error,
        transient=True,
        redirect_stdout=False,
    )
    with bar:
        yield _advance(bar, what, total)


def _advance(bar: Progress, what: str, total: int | None) -> Advance:
    """Add up, and show ten times a second: a line takes less than drawing does."""
    task = bar.add_task(what, total=total, lines=0)
    read, seen, shown = 0, 0, 0.0

    def advance(size: int, lines: int) -> None:
        nonlocal read, seen, shown
        read, seen = read + size, seen + lines
        if (now := time.perf_counter()) - shown >= EVERY_S:
            shown = now
            bar.update(task, completed=read, lines=seen)

    return advance
