"""How does the document of one person come to its file, while a bar shows how far it is?"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from gatekeeper.cli.gate import lines
from gatekeeper.errors import InputRejected

PRIVATE = 0o600


async def fetch(body: dict[str, object], out: Path | None) -> None:
    """Write the whole document, or leave no file at all."""
    finished = False
    with _written(out) as write, _bar() as bar:
        task = bar.add_task("reading", total=None)
        async for news in lines("/people/export", body):
            if "error" in news:
                raise InputRejected(news["error"])
            if "text" in news:
                write(news["text"])
            elif "stage" in news:
                bar.update(task, completed=news["done"], total=news["total"])
            else:
                finished = True
        if not finished:
            raise InputRejected("the gate stopped during the export: ask for it again")


@contextmanager
def _written(out: Path | None) -> Iterator[Callable[[str], object]]:
    """Where the text goes; a file gets its name when it is whole, and is private."""
    if out is None:
        yield sys.stdout.write
        return
    draft = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "w") as file:
            yield file.write
        draft.rename(out)
    finally:
        draft.unlink(missing_ok=True)


def _bar() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    console = Console(stderr=True)
    return Progress(*columns, TimeRemainingColumn(), console=console, transient=True)
