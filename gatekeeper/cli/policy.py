"""How does a policy author check, test, list and explain rules?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console

from gatekeeper.cli import policy_output as output
from gatekeeper.errors import PolicyError
from gatekeeper.policy.faults import suggest
from gatekeeper.policy.model import Detector, ReplyRule, Rule
from gatekeeper.policy.replies import all_rules
from gatekeeper.policy.schema import detector_schema, pack_schema, replies_schema, table_schema
from gatekeeper.rollout.ready import Judge, check_kinds, loaded, proof
from gatekeeper.rollout.tables import TableRow, read_table, run_table
from gatekeeper.settings import Settings

app = typer.Typer(help="Check, test, list and explain the rules.", no_args_is_help=True)

Folder = Annotated[
    Path | None, typer.Argument(help="Policy folder; the one in use, if none is named.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
Tables = Annotated[
    list[Path] | None,
    typer.Option("--tables", help="Decision tables to run instead of the folder's own tests."),
]
RuleId = Annotated[
    str, typer.Argument(help="Id of a rule, detector or rule of replies, as the records name it.")
]
Kind = Annotated[str, typer.Argument(help="Which files: pack, detector, replies or table.")]

SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "pack": lambda: pack_schema(check_kinds()),
    "detector": detector_schema,
    "replies": replies_schema,
    "table": table_schema,
}


@app.command()
def check(folder: Folder = None, as_json: AsJson = False) -> None:
    """Load a policy folder and prove every rule by its tests; tell every fault with its place.

    The folder's decision tables are read, but not run: that is for `policy test`.
    """
    faults: tuple[str, ...] = ()
    judge = None
    try:
        judge = loaded(_folder(folder))
        proved = proof(judge)
        faults = tuple(str(each.fault) for each in proved if not each.holds)
    except PolicyError as error:
        faults = error.faults
    faults += _read(_tables(folder))[1]
    output.checked(judge.policy if judge else None, faults, as_json=as_json)
    raise typer.Exit(1 if faults else 0)


@app.command()
def test(folder: Folder = None, tables: Tables = None, as_json: AsJson = False) -> None:
    """Run the tests beside every rule and detector and the folder's decision tables.

    With --tables only those tables are run. Exit status 0 only if every row holds.
    """
    judge = _load(folder)
    proved = () if tables else proof(judge)
    rows, faults = _read(tables or _tables(folder))
    results = run_table(rows, judge.policy, judge.screener, complete=not tables)
    result = output.RunResult(judge.policy, proved, tuple(results), faults)
    output.ran(result, as_json=as_json)
    raise typer.Exit(0 if result.holds else 1)


@app.command()
def explain(rule_id: RuleId, folder: Folder = None, as_json: AsJson = False) -> None:
    """Show a rule, detector or rule of replies: its source in law, its dates, its tests."""
    policy = _load(folder).policy
    known: dict[str, Rule | Detector | ReplyRule] = {each.id: each for each in policy.detectors}
    known.update((each.id, each) for each in all_rules(policy))
    known.update((each.id, each) for each in policy.rules)
    if rule_id not in known:
        _fail(f"there is no rule or detector {rule_id}{suggest(rule_id, known)}")
    output.explained(known[rule_id], policy, as_json=as_json)


@app.command("list")
def list_rules(folder: Folder = None, as_json: AsJson = False) -> None:
    """List all rules with mode, verdict, dates and citation, and how replies are read."""
    output.listed(_load(folder).policy, as_json=as_json)


@app.command()
def schema(kind: Kind = "pack") -> None:
    """Print the JSON Schema (draft-07) that lets an editor complete and check policy files."""
    if kind not in SCHEMAS:
        _fail(f"there is no schema of {kind}; one of {', '.join(SCHEMAS)}")
    typer.echo(json.dumps(SCHEMAS[kind](), indent=2))


def _tables(folder: Path | None) -> list[Path]:
    return sorted((_folder(folder) / "tests").glob("*.yaml"))


def _read(files: list[Path]) -> tuple[tuple[TableRow, ...], tuple[str, ...]]:
    """The rows of all tables that can be read, and the faults of those that cannot."""
    rows: list[TableRow] = []
    faults: list[str] = []
    for file in files:
        try:
            rows += read_table(file)
        except PolicyError as error:
            faults += error.faults
        except OSError as error:
            faults.append(f"{file}:1:1: cannot be read: {error.strerror}")
    return tuple(rows), tuple(faults)


def _folder(folder: Path | None) -> Path:
    return folder or Settings().policies


def _load(folder: Path | None) -> Judge:
    try:
        return loaded(_folder(folder))
    except PolicyError as error:
        _fail("\n".join(error.faults))


def _fail(message: str) -> NoReturn:
    Console(stderr=True, markup=False, highlight=False, soft_wrap=True).print(message)
    raise typer.Exit(1)
