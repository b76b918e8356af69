"""How are audit records shown to a person, and to a machine?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gatekeeper.journal.read import Entry
from gatekeeper.journal.record import Line
from gatekeeper.journal.verify import Remark, Report

COLOURS = {"allow": "green", "flag": "yellow", "redact": "yellow", "sent": "green"}
"""Of verdicts and ends; every other one is red."""


def line(entry: Entry, *, as_json: bool) -> None:
    """One record on one line: time, kind, tenant, id, and what it says in short."""
    if as_json:
        print(entry.place.raw.decode())
        return
    record = entry.line
    summary = " ".join(_summary(record))
    where = f"{record.at} [bold]{escape(record.kind):<14}[/bold] {escape(record.tenant):<12}"
    _console().print(f"{where} {escape(record.id)} {summary}")


def request(entries: Sequence[Entry], *, as_json: bool) -> None:
    """Everything on record about one request, oldest first."""
    if as_json:
        _print_json([_document(entry) for entry in entries])
        return
    console = _console()
    for entry in entries:
        record, body = entry.line, entry.line.content
        place = f"{entry.line.stream}:{entry.line.seq}"
        console.print(f"[bold]{escape(record.kind)}[/bold] {escape(record.id)}  [dim]{place}[/dim]")
        console.print(_fields({"at": record.at, "tenant": record.tenant, **_plain(body)}))
        for number, person in enumerate(body.get("recipients", ()), 1):
            _recipient(console, number, person)
        console.print()


def proof(report: Report, public_key: str, *, as_json: bool) -> None:
    """Every fault with its place, what crashes left, and the figures."""
    if as_json:
        _print_json(
            {
                "ok": report.ok,
                "streams": report.streams,
                "records": report.records,
                "public_key": public_key,
                "fault_count": report.fault_count,
                "faults": _remarks(report.faults),
                "notes": _remarks(report.notes),
            }
        )
        return
    console = _console()
    for note in report.notes:
        console.print(f"[dim]note  {escape(str(note))}[/dim]")
    for fault in report.faults:
        console.print(f"[red]FAULT[/red] {escape(str(fault))}")
    size = f"{_count(report.records, 'record')} in {_count(report.streams, 'stream')}, {public_key}"
    if report.ok:
        console.print(f"[green]whole[/green]: {escape(size)}")
    else:
        console.print(
            f"[red]NOT WHOLE: {_count(report.fault_count, 'fault')}[/red] in {escape(size)}"
        )


def _summary(record: Line) -> Iterable[str]:
    body = record.content
    for key in ("verdict", "end"):
        if body.get(key):
            word = str(body[key])
            colour = COLOURS.get(word, "red")
            yield f"[{colour}]{escape(word)}[/{colour}]"
    for key in ("reason", "channel", "purpose", "status", "upstream_id", "stream", "by"):
        if body.get(key):
            yield escape(str(body[key]))


def _recipient(console: Console, number: int, person: dict[str, Any]) -> None:
    told = {key: value for key, value in _plain(person).items() if value is not None}
    console.print(f"  recipient {number}")
    console.print(_fields(told, indent=4))
    findings = person.get("findings", ())
    if not findings:
        console.print("    no findings")
        return
    table = Table(box=None, pad_edge=True, padding=(0, 1, 0, 3))
    for name in ("rule", "verdict", "mode", "reason", "detail", "citation"):
        table.add_column(name, overflow="fold")
    for finding in findings:
        table.add_row(*(escape(str(finding.get(column.header, ""))) for column in table.columns))
    console.print(table)


def _plain(body: dict[str, Any]) -> dict[str, Any]:
    """The fields that fit on a line each; recipients and findings are laid out apart."""
    return {key: value for key, value in body.items() if key not in ("recipients", "findings")}


def _fields(values: dict[str, Any], indent: int = 2) -> Table:
    table = Table(show_header=False, box=None, padding=(0, 1, 0, indent))
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for name, value in values.items():
        if value not in (None, "", [], {}):
            table.add_row(escape(name.replace("_", " ")), escape(_words(value)))
    return table


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_words(each)}" for key, each in value.items() if each)
    if isinstance(value, list):
        return ", ".join(_words(each) for each in value)
    return str(value)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _document(entry: Entry) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(entry.place.raw)
    return document


def _remarks(remarks: Sequence[Remark]) -> list[dict[str, Any]]:
    return [{"file": str(r.path), "line": r.line, "what": r.what} for r in remarks]


def _print_json(value: Any) -> None:
    print(json.dumps(value, indent=2))


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True)
