"""How does a policy author run the tests beside the rules and the decision tables?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from gatekeeper.cli.policy_coverage import show_coverage
from gatekeeper.cli.policy_folder import (
    AsJson,
    Folder,
    folder_in_use,
    load,
    read_tables,
    tables_of,
)
from gatekeeper.cli.policy_junit import write_junit
from gatekeeper.cli.policy_test_output import ran
from gatekeeper.cli.policy_watch import Outcomes, watch
from gatekeeper.domain.words import Mode
from gatekeeper.errors import PolicyError
from gatekeeper.rollout.coverage import Covered, cover
from gatekeeper.rollout.edge_pins import read_pins, write_pins
from gatekeeper.rollout.edges import near_misses
from gatekeeper.rollout.suite import Advance, Material, Suite, Wanted, run_suite

Tables = Annotated[
    list[Path] | None,
    typer.Option("--tables", help="Decision tables to run instead of the folder's own tests."),
]
Word = Annotated[
    str, typer.Option("-k", help="Run only what has this text in its rule, its name or its file.")
]
ToPin = Annotated[
    bool,
    typer.Option("--pin", help="First write the near-misses of every rule to tests/edges, anew."),
]
ToCover = Annotated[
    bool,
    typer.Option(
        "--coverage", help="Show of every rule what makes it fire and stay silent; 1 if nothing."
    ),
]
ToWatch = Annotated[bool, typer.Option("--watch", help="Run again after every change of a file.")]
Junit = Annotated[Path | None, typer.Option("--junit", help="Also write JUnit XML to this file.")]


def test(  # noqa: PLR0913 - each is a command-line option
    folder: Folder = None,
    tables: Tables = None,
    word: Word = "",
    coverage: ToCover = False,
    pin: ToPin = False,
    watching: ToWatch = False,
    junit: Junit = None,
    as_json: AsJson = False,
) -> None:
    """Run the tests beside every rule and detector, near-misses, and the folder's tables.

    With --tables only those tables are run. Exit status 0 only if all of it holds.
    """
    if pin:
        _pin(folder_in_use(folder))
    wanted = Wanted(word)
    run = partial(_run, folder, tables, wanted, coverage=coverage, as_json=as_json)
    if watching:
        places = (folder_in_use(folder), *(table.parent for table in tables or ()))
        raise typer.Exit(0 if watch(run, places) else 1)
    suite = run({})
    if junit is not None:
        write_junit(suite, junit)
    lacking = coverage and not all(each.whole for each in cover(suite, wanted))
    raise typer.Exit(0 if suite.holds and not lacking else 1)


def _run(
    folder: Path | None,
    tables: list[Path] | None,
    wanted: Wanted,
    known: Outcomes,
    *,
    coverage: bool,
    as_json: bool,
) -> Suite:
    with _progress(hidden=as_json) as advance:
        suite = run_suite(material(folder, tables), wanted, advance)
    covered: tuple[Covered, ...] = cover(suite, wanted) if coverage else ()
    ran(suite, as_json=as_json, known=known, covered=covered)
    if covered and not as_json:
        show_coverage(covered)
    return suite


def material(folder: Path | None, tables: list[Path] | None) -> Material:
    """What is read for a run; tables that are named are run alone."""
    judge = load(folder)
    rows, faults = read_tables(tables or tables_of(folder))
    if tables:
        return Material(judge, rows, own=False, faults=faults)
    try:
        return Material(judge, rows, read_pins(folder_in_use(folder)), faults=faults)
    except PolicyError as error:
        return Material(judge, rows, faults=faults + error.faults)


def _pin(folder: Path) -> None:
    """Keep what every rule answers at its boundaries; what does not hold is not kept."""
    judge = load(folder)
    on = judge.policy.judging(mode=Mode.SHADOW)
    write_pins(folder, near_misses(on, judge.screener), on)


@contextmanager
def _progress(*, hidden: bool) -> Iterator[Advance]:
    """A bar for each kind of result, on a terminal alone, gone when the run is over."""
    error = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=error,
        transient=True,
        disable=hidden or not error.is_terminal,
    )
    tasks: dict[str, TaskID] = {}

    def advance(kind: str, total: int | None) -> None:
        if kind not in tasks:
            tasks[kind] = bar.add_task(kind, total=total)
        bar.advance(tasks[kind])

    with bar:
        yield advance
