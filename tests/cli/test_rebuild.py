"""Does `gatekeeper rebuild` say how far it is, what it found, and when it cannot?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.commands import Command, Ran, run
from tests.support.running import environment, running


@pytest.fixture(scope="module")
def rested(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An installation with the demo tenant, whose gate has been stopped."""
    settings = environment(tmp_path_factory.mktemp("rested") / "data")
    with running(settings, "--demo"):
        pass
    return settings


@pytest.fixture
def rebuild(rested: dict[str, str]) -> Callable[..., Ran]:
    """`gatekeeper rebuild` there."""
    return lambda *words: run(rested, "rebuild", *words)


def lines(told: Ran) -> list[dict[str, object]]:
    return [json.loads(line) for line in told.out.splitlines()]


def test_it_makes_the_store_anew_and_counts_what_it_did(rebuild: Command) -> None:
    told = rebuild()
    assert told.status == 0
    assert told.out.startswith("the store holds all ")
    assert "registry" in told.out and "consent" in told.out
    assert "replayed" in told.err


def test_machines_get_lines_of_json(rebuild: Command) -> None:
    told = lines(rebuild("--json"))
    assert told[0]["stage"] == "replayed"
    kinds = told[-1]["kinds"]
    assert isinstance(kinds, dict) and told[-1]["changes"] == sum(kinds.values())
    assert told[0]["total"] == told[-1]["changes"]


def test_a_store_that_is_as_it_should_be_is_told_so(rebuild: Command) -> None:
    told = rebuild("--verify")
    assert (told.status, told.out) == (0, "the store holds what the journal says\n")
    assert lines(rebuild("--verify", "--json"))[-1] == {"differences": 0}


def test_a_store_that_is_not_is_told_field_by_field_and_mended_by_a_rebuild(
    rebuild: Command, rested: dict[str, str]
) -> None:
    files = Path(rested["GATEKEEPER_DATA"]) / "store" / "appendonlydir"
    for file in files.iterdir():
        file.unlink()
    told = rebuild("--verify")
    assert told.status == 1
    assert "consent " in told.out and "the store lacks" in told.out
    assert "(decides otherwise)" in told.out
    assert int(told.out.splitlines()[-1].split()[0]) == len(told.out.splitlines()) - 1
    assert any(line.get("decides") for line in lines(rebuild("--verify", "--json")))
    assert rebuild().status == 0
    assert rebuild("--verify").status == 0


def test_while_the_gate_runs_it_refuses_and_says_what_to_do(gatekeeper: Command) -> None:
    told = gatekeeper("rebuild")
    assert told.status == 1
    assert "stop it" in told.err


def test_without_a_journal_it_says_where_it_looked(alone: Command) -> None:
    told = alone("rebuild")
    assert told.status == 1
    assert "no journal" in told.err and "GATEKEEPER_DATA" in told.err
