"""How is a long file of texts answered line by line, in order, as fast as it can be read?"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import msgspec
import typer

from gatekeeper.cli.screen_lines import Line, Lines, Unread
from gatekeeper.cli.screen_progress import Advance, no_progress

STDIN = "-"
STOPPED = 130
"""Exit status of a command that Ctrl-C ends, as of a shell."""
NO_READER = 141
"""Exit status where nobody reads on, as `head` does not: 128 + SIGPIPE."""


class Answers(Protocol):
    """What can answer lines, one by one."""

    def answer(self, line: Line) -> msgspec.Struct:
        """The answer to one line."""


@dataclass(slots=True)
class Count:
    """What came of the lines so far."""

    answered: int = 0
    bad: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    began: float = field(default_factory=time.perf_counter)

    def told(self) -> str:
        """The counts in one line."""
        each = ", ".join(f"{n:,} {verdict}" for verdict, n in self.verdicts.most_common())
        lines = "line" if self.answered == 1 else "lines"
        lines = f"{self.answered:,} {lines} answered" + (f": {each}" if each else "")
        bad = f"; {self.bad:,} could not be read" if self.bad else ""
        took = time.perf_counter() - self.began
        rate = f" ({self.answered / took:,.0f} a second)" if took and self.answered else ""
        return f"{lines}{bad}{rate}"


@dataclass(frozen=True, slots=True)
class Streams:
    """Where lines come from and answers go to."""

    lines: BinaryIO
    answers: BinaryIO
    prompt: bool = True
    """Whether each answer leaves at once: whoever writes the lines may wait for it."""


def stream(judge: Answers, streams: Streams, count: Count, advance: Advance = no_progress) -> Count:
    """Answer every line as it comes; `count` is kept up to date, whatever ends it."""
    encode = msgspec.json.Encoder().encode
    for number, size, line in Lines(streams.lines, Line):
        advance(size, 1)
        if isinstance(line, Unread):
            count.bad += 1
            typer.echo(f"line {number}: {line.why}", err=True)
            continue
        answer = judge.answer(line)
        count.answered += 1  # before it is seen: who reads it may end the command at once
        if (verdict := getattr(answer, "verdict", None)) is not None:
            count.verdicts[verdict] += 1
        streams.answers.write(_encoded(answer, encode))
        if streams.prompt:
            streams.answers.flush()
    streams.answers.flush()
    return count


def _encoded(answer: msgspec.Struct, encode: Callable[[Any], bytes]) -> bytes:
    try:
        return encode(answer) + b"\n"
    except UnicodeEncodeError:  # an id with a lone surrogate, given back as it came
        whole = msgspec.to_builtins(answer)
        return json.dumps(whole, separators=(",", ":")).encode() + b"\n"


@contextmanager
def opened(file: str | None) -> Iterator[tuple[BinaryIO, int | None]]:
    """A file, or standard input, and its size if it is known; BadParameter if it cannot be read."""
    if file in (None, STDIN):
        yield sys.stdin.buffer, None
        return
    path = Path(str(file))
    try:
        with path.open("rb") as lines:
            size = path.stat().st_size if path.is_file() else None
            yield lines, size
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a name of a file"
        raise typer.BadParameter(f"{path.name}: {why}") from None


@contextmanager
def ended_cleanly(told: Callable[[], str]) -> Iterator[None]:
    """Ctrl-C, and a reader that goes away, end a stream without a trace of the program."""
    try:
        yield
    except KeyboardInterrupt:
        typer.echo(f"stopped: {told()}", err=True)
        raise typer.Exit(STOPPED) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(NO_READER) from None
