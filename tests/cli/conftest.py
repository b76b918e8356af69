"""One demo gate, run as a person runs it, serves all tests of the commands."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.author import SMALL
from tests.support.commands import Command, Ran, run
from tests.support.running import Running, environment, running


@pytest.fixture(scope="session")
def demo_gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The gate, with the demo tenant in the sandbox."""
    settings = environment(tmp_path_factory.mktemp("commands") / "data")
    with running(settings, "--demo") as gate:
        yield gate


@pytest.fixture
def gatekeeper(demo_gate: Running) -> Command:
    """`gatekeeper(*words)` against that gate."""

    def command(*words: object, entered: str = "") -> Ran:
        return run(demo_gate.environment, *words, entered=entered)

    return command


@pytest.fixture
def alone(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """`alone(*words)` where no gate runs."""
    settings = environment(tmp_path_factory.mktemp("alone"))

    def command(*words: object, entered: str = "") -> Ran:
        return run(settings, *words, entered=entered)

    return command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small policy folder that a test may change."""
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    return tmp_path
