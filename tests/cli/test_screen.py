"""The screen command takes a text, lines or labelled lines, and exits by what it found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from gatekeeper.cli.screen import screen
from tests.support.content_folder import content_folder

CARD = "my card is 4111 1111 1111 1111"
LINES = b'{"id":1,"text":"a"}\nnope\n'


@pytest.fixture(autouse=True)
def _few_detectors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEKEEPER_POLICIES", str(content_folder(tmp_path)))


def run(*words: str, entered: bytes = b"") -> Result:
    """`gatekeeper screen WORDS`."""
    app = typer.Typer()
    app.command()(screen)
    return CliRunner().invoke(app, list(words), input=entered)


def test_one_text_is_explained_and_decides_the_exit_status() -> None:
    blocked = run(CARD)
    assert blocked.exit_code == 1
    assert "verdict: block" in blocked.stdout
    assert "luhn" in blocked.stdout
    assert run("See you at 8").exit_code == 0
    assert json.loads(run(CARD, "--json").stdout)["verdict"] == "block"


def test_a_file_is_one_text_or_a_text_in_each_line(tmp_path: Path) -> None:
    file = tmp_path / "texts.txt"
    file.write_text("my card is\n4111 1111\n1111 1111\n")
    for words in ((str(file),), ("--file", str(file))):
        assert run(*words).exit_code == 1
        each = run(*words, "--lines", "--json")
        assert each.exit_code == 0
        told = [json.loads(line) for line in each.stdout.splitlines()]
        assert [(each["line"], each["verdict"]) for each in told] == [
            (1, "allow"),
            (2, "allow"),
            (3, "allow"),
        ]
    assert run("-", entered=CARD.encode()).exit_code == 1
    assert run("--file", str(tmp_path / "none")).exit_code == 2


def test_the_command_wants_one_thing_at_a_time(tmp_path: Path) -> None:
    assert run().exit_code == 2
    assert run("x", "--evaluate", "y").exit_code == 2
    assert run("--ndjson", "--evaluate", "y").exit_code == 2
    assert run("--ndjson", str(tmp_path / "none")).exit_code == 2


def test_lines_come_from_a_pipe_or_a_file_and_are_counted_on_standard_error(tmp_path: Path) -> None:
    (tmp_path / "lines").write_bytes(LINES)
    for piped in (
        run("--ndjson", entered=LINES),
        run("--ndjson", "-", entered=LINES),
        run("--ndjson", str(tmp_path / "lines")),
    ):
        assert piped.exit_code == 2
        assert piped.stdout == '{"id":1,"verdict":"allow","matches":[]}\n'
        assert "line 2: not JSON" in piped.stderr
        assert "1 line answered: 1 allow; 1 could not be read" in piped.stderr
    assert run("--ndjson", entered=b"").exit_code == 0


def labelled(tmp_path: Path, *lines: object) -> str:
    """A file of these lines."""
    file = tmp_path / "labelled.ndjson"
    file.write_text("\n".join(json.dumps(line) for line in lines))
    return str(file)


def test_an_evaluation_fails_by_its_limits_and_by_lines_that_cannot_be_read(tmp_path: Path) -> None:
    right = {"id": 1, "text": CARD, "labels": ["payment"]}
    wrong = {"id": 2, "text": CARD, "labels": []}
    file = labelled(tmp_path, right, wrong)
    assert run("--evaluate", file).exit_code == 0
    assert run("--evaluate", file, "--fail-under", "payment=0.6").exit_code == 0
    failed = run("--evaluate", file, "--fail-under", "payment=0.7", "--json")
    assert failed.exit_code == 1
    assert len(json.loads(failed.stdout)["limits_broken"]) == 1
    assert run("--evaluate", file, "--most-false-blocks", "10").exit_code == 1
    unread = run("--evaluate", labelled(tmp_path, right, {"id": 3, "text": ""}))
    assert unread.exit_code == 2
    assert "line 2: labels" in unread.stderr


def test_texts_of_errors_are_shown_only_if_that_is_asked_for(tmp_path: Path) -> None:
    file = labelled(tmp_path, {"id": "\ud83d", "text": f"{CARD} \ud83d", "label": "clean"})
    for more in ([], ["--json"]):
        assert run("--evaluate", file, "--show-text", *more).exit_code == 0
        assert "4111" not in run("--evaluate", file, *more).output
        assert "4111" in run("--evaluate", file, "--show-text", *more).output


def test_faults_of_the_policy_folder_end_the_command(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ended = run("See you at 8", "--policies", str(tmp_path / "empty"))
    assert ended.exit_code == 2
    assert "no policy files are there" in ended.stderr


@pytest.mark.parametrize("word", ["--fail-under", "--most-false-blocks"])
def test_a_limit_that_is_no_number_is_refused(word: str) -> None:
    assert run("--evaluate", "-", word, "payment=x").exit_code == 2
