"""Does an author see at once what a saved file has changed, and end it cleanly?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer

from gatekeeper.cli.policy_watch import Outcomes, changes, outcomes, status, watch
from gatekeeper.rollout.ready import loaded
from gatekeeper.rollout.suite import Material, Suite, run_suite
from tests.support.author import run, write

NOW = datetime(2026, 11, 20, 12, 0, 5, tzinfo=UTC)


def suite(folder: Path) -> Suite:
    return run_suite(Material(loaded(folder)))


@pytest.fixture
def saved(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """`saved(old, new)`: while the watch sleeps, a file is changed; the next time Ctrl-C comes."""
    edits: list[tuple[str, str]] = []

    def sleep(seconds: float) -> None:
        if not edits:
            raise KeyboardInterrupt
        write(folder, *edits.pop(0))

    monkeypatch.setattr("gatekeeper.cli.policy_watch.time.sleep", sleep)
    return lambda old, new: edits.append((old, new))


def test_a_saved_file_is_run_again_and_told_against_the_run_before(
    folder: Path, saved: Callable[[str, str], None]
) -> None:
    saved("need: express", "need: none")
    seen: list[tuple[Outcomes, Suite]] = []

    def again(known: Outcomes) -> Suite:
        seen.append((known, suite(folder)))
        return seen[-1][1]

    assert watch(again, (folder,)) is False
    assert len(seen) == 2
    assert seen[0][0] == {}
    assert seen[1][0] == outcomes(seen[0][1])
    assert list(changes(seen[1][0], outcomes(seen[1][1]))) == [
        "now fails: example us.consent: none"
    ]


def test_ctrl_c_ends_with_the_last_result(folder: Path, saved: Callable[[str, str], None]) -> None:
    assert watch(lambda known: suite(folder), (folder,)) is True


def test_a_folder_that_does_not_load_is_told_and_watched_on(
    folder: Path, saved: Callable[[str, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    saved("need: express", "need: none")
    answers: Iterator[Suite | None] = iter([None, suite(folder)])

    def again(known: Outcomes) -> Suite:
        answer = next(answers)
        if answer is None:
            raise typer.Exit(1)
        return answer

    assert watch(again, (folder,)) is True
    told = capsys.readouterr().err
    assert "does not load at " in told
    assert "all holds at " in told


def test_the_command_watches_the_folder(folder: Path, saved: Callable[[str, str], None]) -> None:
    saved("need: express", "need: none")
    saved("need: none", "need: express")
    result = run("test", folder, "--watch")
    assert result.exit_code == 0
    assert "now fails: example us.consent: none" in result.stdout
    assert "now holds: example us.consent: none" in result.stdout
    assert "Ctrl-C ends" in result.stderr


def test_the_status_is_one_line(folder: Path) -> None:
    held = suite(folder)
    assert status(held, NOW) == (
        "[green]all holds[/green] at 12:00:05; watching for changes, Ctrl-C ends"
    )
    assert status(replace(held, faults=("a", "b")), NOW).startswith("[red]2 failing[/red]")


def test_what_fails_now_comes_before_what_holds_now() -> None:
    known = {"a": True, "b": False, "c": True}
    now = {"a": False, "b": True, "c": True, "new": False}
    assert list(changes(known, now)) == ["now fails: a", "now holds: b"]
