"""What would become of every row of a campaign's list, before it is sent?"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NoReturn

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from gatekeeper.cli.gate import posted
from gatekeeper.cli.importing import progress_bar
from gatekeeper.errors import InputRejected
from gatekeeper.rollout.bulk import BadRow, RowVerdict, Summary

FORMATS = {".csv": "csv", ".ndjson": "ndjson", ".jsonl": "ndjson"}
PIECE = 256 << 10
"""Bytes that are sent at once; the gate takes a megabyte."""


def check_list(file: Path, said: Mapping[str, str], *, as_json: bool) -> NoReturn:
    """Show the verdict of every row and the summary; exit status 0 if all of them would go."""
    form = FORMATS.get(file.suffix.lower())
    if form is None:
        raise InputRejected(f"{file.name} is none of {', '.join(FORMATS)}")
    with file.open("rb") as lines:
        parts, size = pieces(lines, form), file.stat().st_size
        summary = asyncio.run(_follow(parts, size, {**said, "format": form}, as_json=as_json))
    if as_json:
        typer.echo(json.dumps({"summary": summary.told()}))
    else:
        _show(summary)
    raise typer.Exit(0 if summary.goes == summary.rows else 1)


async def _follow(
    parts: Iterator[tuple[bytes, int, int]], total: int, said: Mapping[str, str], *, as_json: bool
) -> Summary:
    """Send the list in pieces, and count what comes back."""
    summary, lines = Summary(), 0
    with progress_bar() as bar:
        task = bar.add_task("checking", total=total, lines=0)
        for piece, first, size in parts:
            async for told in posted("/check/bulk", piece, said):
                if "error" in told and "line" not in told:
                    raise InputRejected(told["error"])
                if "summary" in told:
                    summary.policies.update(told["summary"]["policies"])
                    continue
                told["line"] += first
                lines += 1
                summary.add(_row(told))
                _print(told, as_json=as_json)
            bar.update(task, advance=size, lines=lines)
    return summary


def _row(told: dict[str, Any]) -> RowVerdict | BadRow:
    if "error" in told:
        return msgspec.convert(told, BadRow)
    return msgspec.convert(told, RowVerdict)


def _print(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    if "error" in told:
        typer.echo(f"{told['line']}: cannot be read: {told['error']}")
        return
    if told["verdict"] == "allow":
        return
    later = f", not before {told['next_allowed_at']}" if "next_allowed_at" in told else ""
    why = f"{told['reason']} ({told['rule']}: {told['citation']})"
    typer.echo(f"{told['line']}: {told['to']} {told['verdict']}: {why}{later}")


def _show(summary: Summary) -> None:
    told = summary.told()
    console = Console(highlight=False)
    console.print(
        f"[bold]{told['would_not_go']} of {told['rows']} would not go[/bold], "
        f"{told['would_go']} would ({told['segments']} SMS segments), "
        f"{told['bad']} cannot be read, {told['repeats']} stand in the list twice"
    )
    if told["by_reason"]:
        table = Table("rows", "reason", box=None)
        for reason, count in told["by_reason"].items():
            table.add_row(str(count), reason)
        console.print(table)


def pieces(lines: IO[bytes], form: str) -> Iterator[tuple[bytes, int, int]]:
    """Parts of a list that are lists themselves, with the lines before each and its bytes.

    A row of CSV may go over several lines: it ends where the quotation marks are even.
    """
    header = lines.readline().removeprefix(b"\xef\xbb\xbf") if form == "csv" else b""
    piece, before, count, marks = bytearray(), 0, 0, 0
    for line in lines:
        piece += line
        count += 1
        marks += line.count(b'"') if form == "csv" else 0
        if len(piece) >= PIECE and marks % 2 == 0:
            yield header + bytes(piece), before, len(piece)
            piece, before, count = bytearray(), before + count, 0
    if piece or not before:
        yield header + bytes(piece), before, len(piece)
