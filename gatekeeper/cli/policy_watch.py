"""How does an author see at once what a saved file has changed?

Polled, since file events do not come from mounted volumes and network folders.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import typer
from rich.console import Console

from gatekeeper.rollout.suite import Suite
from gatekeeper.rollout.watched import Fingerprint, fingerprint

EVERY = 0.5
"""Seconds between two looks."""
Outcomes = Mapping[str, bool]
"""Whether each result holds, by what and where it is."""


def watch(run: Callable[[Outcomes], Suite | None], folders: tuple[Path, ...]) -> bool:
    """Run, and again after every change, until Ctrl-C; whether the last run held.

    `run` is given how the last run came out, so that it can show first what has changed; it
    answers None if the folder could not be loaded.
    """
    shown = Console(stderr=True, highlight=False)
    known: Outcomes = {}
    holds = False
    try:
        while True:
            seen = _seen(folders)
            if shown.is_terminal:
                shown.clear()
            suite = _once(run, known)
            holds = suite is not None and suite.holds
            known = outcomes(suite) if suite else known
            shown.print(status(suite, datetime.now().astimezone()))
            _wait(folders, seen)
    except KeyboardInterrupt:
        return holds


def _once(run: Callable[[Outcomes], Suite | None], known: Outcomes) -> Suite | None:
    """One run; a folder that does not load has told its faults already."""
    try:
        return run(known)
    except typer.Exit:
        return None


def _wait(folders: tuple[Path, ...], seen: Fingerprint) -> None:
    while _seen(folders) == seen:
        time.sleep(EVERY)


def _seen(folders: tuple[Path, ...]) -> Fingerprint:
    return frozenset().union(*(fingerprint(folder) for folder in folders))


def status(suite: Suite | None, now: datetime) -> str:
    """One line: how it stands, since when, and how to end."""
    if suite is None:
        told = "[red]does not load[/red]"
    else:
        failing = sum(1 for each in suite.results if not each.holds) + len(suite.faults)
        told = "[green]all holds[/green]" if not failing else f"[red]{failing} failing[/red]"
    return f"{told} at {now:%H:%M:%S}; watching for changes, Ctrl-C ends"


def outcomes(suite: Suite) -> dict[str, bool]:
    """Whether each result holds, by a name that stays when lines move."""
    return dict(_named(suite))


def _named(suite: Suite) -> Iterator[tuple[str, bool]]:
    for proved in suite.proved:
        yield f"example {proved.subject}: {proved.name}", proved.holds
    for row in suite.rows:
        yield f"row {row.source.file}: {row.name}", row.holds
    for near in suite.near:
        yield f"near-miss {near.rule}: {near.test}: {near.edge.of}: {near.edge.name}", near.holds
    for number, pinned in enumerate(suite.pinned):
        yield f"pin {number} {pinned.pin.rule}: {pinned.pin.test}: {pinned.pin.of}", pinned.holds


def changes(known: Outcomes, now: Outcomes) -> Iterator[str]:
    """What fails now and did not, then what holds now and did not."""
    for word, holds in (("now fails", False), ("now holds", True)):
        for name, result in now.items():
            if result is holds and known.get(name, result) is not holds:
                yield f"{word}: {name}"
