"""How does a reviewer read, search and prove the audit log? Offline, from the data folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from gatekeeper.cli import audit_output as output
from gatekeeper.errors import GatekeeperError
from gatekeeper.journal.read import total_bytes
from gatekeeper.journal.search import Query, about
from gatekeeper.journal.search import search as find
from gatekeeper.journal.tail import follow, last
from gatekeeper.journal.verify import Report
from gatekeeper.journal.verify import verify as prove
from gatekeeper.numbering.parse import read as read_number
from gatekeeper.settings import Settings
from gatekeeper.vault.keyring import Keyring
from gatekeeper.vault.signing import PublicKey

app = typer.Typer(help="Read, search and prove the audit log.", no_args_is_help=True)

POLL_S = 0.25

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
FORMATS = ["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"]
Since = Annotated[
    datetime | None,
    typer.Option(formats=FORMATS, metavar="TIME", help="From 2026-11-20T21:00:00 on (UTC)."),
]
Until = Annotated[
    datetime | None,
    typer.Option(formats=FORMATS, metavar="TIME", help="Before; -0500 after a time is its offset."),
]


@dataclass(frozen=True, slots=True)
class Damage:
    """Counts lines that could not be read while searching."""

    lines: list[tuple[Path, int]]

    def __call__(self, path: Path, number: int) -> None:
        """Note one."""
        self.lines.append((path, number))


@app.command()
def tail(
    count: Annotated[int, typer.Option("-n", min=0, help="How many records.")] = 20,
    following: Annotated[bool, typer.Option("--follow", "-f", help="Go on as they come.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show the newest records; with -f also those that come, until Ctrl-C."""
    folder = journal_folder()
    with errors():
        newest = last(folder, max(count, 1))
        for entry in newest if count else []:
            output.line(entry, as_json=as_json)
        if following:
            for entry in follow(folder, newest[-1] if newest else None, _wait):
                output.line(entry, as_json=as_json)


@app.command()
def search(  # noqa: PLR0913 - each is a command-line option
    number: Annotated[
        str | None, typer.Option(help="Of recipient or sender: +12122000123.")
    ] = None,
    record_id: Annotated[str | None, typer.Option("--id", help="Request id.")] = None,
    rule: Annotated[str | None, typer.Option(help="Id of a rule among the findings.")] = None,
    reason: Annotated[str | None, typer.Option(help="Reason code, as consent.revoked.")] = None,
    verdict: Annotated[str | None, typer.Option(help="allow, flag, redact, defer ...")] = None,
    tenant: Annotated[str | None, typer.Option(help="Tenant's id.")] = None,
    channel: Annotated[str | None, typer.Option(help="sms, mms, whatsapp, voice ...")] = None,
    kind: Annotated[str | None, typer.Option(help="decision, outcome, consent ...")] = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the newest.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Find records, newest first; all that is given must hold."""
    query = Query(
        id=record_id,
        tenant=tenant,
        names=_names_of(number),
        rule=rule,
        reason=reason,
        verdict=verdict,
        channel=channel,
        kind=kind,
        since=aware(since),
        until=aware(until),
    )
    damage = Damage([])
    with errors():
        for entry in find(journal_folder(), query, limit=limit, damaged=damage):
            output.line(entry, as_json=as_json)
    fail_if(damage)


@app.command()
def show(
    record_id: Annotated[str, typer.Argument(metavar="ID", help="Request id.")],
    as_json: AsJson = False,
) -> None:
    """Show one request: the decision with every finding, and what became of it."""
    with errors():
        entries = about(journal_folder(), record_id)
    if not entries:
        _fail(f"there is no record of {record_id}")
    output.request(entries, as_json=as_json)


@app.command()
def verify(
    public_key: Annotated[
        str | None, typer.Option(help="gatekeeper-ed25519:...; the keyring's, if not given.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Prove that no record was changed, removed, added or moved; exit status 1 on any fault."""
    folder = journal_folder()
    with errors():
        key = PublicKey.parse(public_key) if public_key else PublicKey(_keyring().public_key)
        with _progress(total_bytes(folder), hidden=as_json) as advance:
            report: Report = prove(folder, key, advance)
    output.proof(report, key.text, as_json=as_json)
    raise typer.Exit(0 if report.ok else 1)


def fail_if(damage: Damage) -> None:
    """End with exit status 1 where lines could not be read."""
    if damage.lines:
        _fail(f"{len(damage.lines)} lines could not be read; run: gatekeeper audit verify")


def journal_folder() -> Path:
    """Where the log lies; a folder without one ends the command."""
    folder = Settings().journal_folder
    if not folder.is_dir():
        _fail(f"there is no journal in {folder}; set GATEKEEPER_DATA to the gate's data folder")
    return folder


def _keyring() -> Keyring:
    return Keyring.open(Settings().keyring_file, journal_exists=True)


def _names_of(number: str | None) -> Callable[[str], frozenset[str]] | None:
    if number is None:
        return None
    reading = read_number(number)
    address = reading.number.e164 if reading.number else number
    with errors():
        keyring = _keyring()

    def names(tenant: str) -> frozenset[str]:
        subject = keyring.subject(tenant, address).hex()
        return frozenset({keyring.pseudonym(tenant, address), subject})

    return names


def aware(when: datetime | None) -> datetime | None:
    """A time without an offset is one of UTC."""
    return when.replace(tzinfo=UTC) if when is not None and when.tzinfo is None else when


def _wait() -> None:
    time.sleep(POLL_S)


@contextmanager
def _progress(total: int, *, hidden: bool) -> Iterator[Callable[[int], None]]:
    columns = (TextColumn("verifying"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), disable=hidden, transient=True)
    with bar:
        task = bar.add_task("verify", total=total)
        yield lambda count: bar.advance(task, count)


@contextmanager
def errors() -> Iterator[None]:
    """An expected error is one line on stderr and exit status 1; Ctrl-C ends without noise."""
    try:
        yield
    except GatekeeperError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def _fail(message: str) -> NoReturn:
    Console(stderr=True, markup=False, highlight=False, soft_wrap=True).print(message)
    raise typer.Exit(1)
