"""A stream is answered in order, counted, and ended by Ctrl-C or a closed pipe without a trace."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
import typer

from gatekeeper.cli.screen_lines import Line
from gatekeeper.cli.screen_stream import (
    NO_READER,
    STOPPED,
    Count,
    Streams,
    ended_cleanly,
    opened,
    stream,
)
from tests.support.content_folder import content_folder


class Echo(msgspec.Struct):
    """The id alone, and a verdict by the length of the text."""

    id: str | int
    verdict: str


class Judge:
    """Answers by the length of the text."""

    def answer(self, line: Line) -> Echo:
        return Echo(line.id, "block" if len(line.text) > 3 else "allow")


class Watched(io.BytesIO):
    """Counts how often what was written was sent on."""

    flushed = 0

    def flush(self) -> None:
        self.flushed += 1


def line(number: int | str, text: str = "a") -> bytes:
    """One input line."""
    return json.dumps({"id": number, "text": text}).encode() + b"\n"


def test_answers_come_in_order_and_are_counted() -> None:
    count, out = Count(), io.BytesIO()
    lines = io.BytesIO(line(3) + b"nope\n" + line(1, "longer") + line(2))
    seen: list[tuple[int, int]] = []
    stream(Judge(), Streams(lines, out), count, lambda size, n: seen.append((size, n)))
    assert [json.loads(each)["id"] for each in out.getvalue().splitlines()] == [3, 1, 2]
    assert (count.answered, count.bad, count.verdicts) == (3, 1, {"allow": 2, "block": 1})
    assert count.told().startswith("3 lines answered: 2 allow, 1 block; 1 could not be read (")
    assert sum(size for size, _ in seen) == len(lines.getvalue())


def test_each_answer_leaves_at_once_where_a_program_waits_for_it() -> None:
    for prompt, flushed in ((True, 4), (False, 1)):
        out = Watched()
        stream(Judge(), Streams(io.BytesIO(line(1) * 3), out, prompt), Count())
        assert out.flushed == flushed


def test_an_id_with_a_lone_surrogate_comes_back_as_it_came() -> None:
    out = io.BytesIO()
    stream(Judge(), Streams(io.BytesIO(line("\ud83d")), out), Count())
    assert json.loads(out.getvalue()) == {"id": "\ud83d", "verdict": "allow"}


def test_ctrl_c_ends_with_the_counts(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended, ended_cleanly(lambda: "7 lines answered"):
        raise KeyboardInterrupt
    assert ended.value.exit_code == STOPPED
    assert capsys.readouterr().err == "stopped: 7 lines answered\n"


def test_a_file_is_opened_with_its_size_and_one_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_bytes(line(1))
    with opened(str(tmp_path / "a.ndjson")) as (lines, size):
        assert (lines.read(), size) == (line(1), len(line(1)))
    for name in ("none.ndjson", ".", "\0"):
        with pytest.raises(typer.BadParameter), opened(str(tmp_path / name)):
            pass


def test_a_reader_that_goes_away_ends_the_command_quietly(tmp_path: Path) -> None:
    """As `gatekeeper screen --ndjson FILE | head -1` does."""
    file = tmp_path / "many.ndjson"
    file.write_bytes(b"".join(line(n, "See you at 8") for n in range(20_000)))
    read, write = os.pipe()
    command = [sys.executable, "-m", "gatekeeper", "screen", "--ndjson", str(file)]
    command += ["--policies", str(content_folder(tmp_path))]
    with subprocess.Popen(command, stdout=write, stderr=subprocess.PIPE) as running:
        os.close(write)
        assert os.read(read, 20).startswith(b'{"id":0')
        os.close(read)
        assert running.stderr is not None
        assert running.stderr.read() == b""
        assert running.wait() == NO_READER


def _as_at_a_terminal() -> None:
    """A shell lets what it starts in the background ignore Ctrl-C, and so the tests' children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_the_command_with_what_was_answered(tmp_path: Path) -> None:
    """A program that waits for each answer has had all of them; nothing is printed but counts."""
    command = [sys.executable, "-m", "gatekeeper", "screen", "--ndjson"]
    command += ["--policies", str(content_folder(tmp_path))]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, preexec_fn=_as_at_a_terminal
    ) as running:
        assert running.stdin and running.stdout and running.stderr
        running.stdin.write(line(1, "See you at 8"))
        running.stdin.flush()
        assert json.loads(running.stdout.readline())["id"] == 1
        running.send_signal(signal.SIGINT)
        assert running.wait(30) == STOPPED
        told = running.stderr.read().decode()
    assert told.startswith("stopped: 1 line answered: 1 allow")
    assert told.count("\n") == 1
