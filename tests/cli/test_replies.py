"""The replies command tells how a reply is read, why, and what follows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gatekeeper.cli import app
from gatekeeper.settings import shipped_folder


def run(*words: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["replies", *words], input=given)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("please stop texting me, I mean it", "stop: ends what is sent to them"),
        ("too many texts", "perhaps stop: ends marketing, and a person looks at it"),
        ("UNSTOP", "start: takes up again what they left"),
        ("Ayuda", "help: is answered"),
        ("stop by the store", "none: changes nothing"),
    ],
)
def test_one_reply_is_explained(text: str, told: str) -> None:
    ended = run(text)
    assert ended.exit_code == 0
    assert ended.stdout.startswith(told)


def test_the_rule_is_named_with_its_source_in_law_and_in_the_files() -> None:
    out = run("please stop texting me, I mean it").stdout
    assert "en.stop_texting: " in out
    assert "47 CFR 64.1200(a)(10)" in out
    assert "replies/en.yaml:" in out
    assert "too long to be read" in run("word " * 3_000 + "stop texting me").stdout


def test_a_machine_gets_the_reading() -> None:
    assert json.loads(run("ARRÊT", "--json").stdout) == {
        "kind": "stop",
        "certain": True,
        "rule": "fr.stop",
        "language": "fr",
    }


def test_every_line_is_answered_and_those_that_cannot_be_read_are_told() -> None:
    lines = b'{"id": 1, "text": "STOP"}\n{"id": "b", "text": "see you"}\nnot json\n'
    ended = run("--ndjson", given=lines)
    assert ended.exit_code == 2
    assert [json.loads(line) for line in ended.stdout.splitlines()] == [
        {"id": 1, "kind": "stop", "certain": True, "rule": "en.stop", "language": "en"},
        {"id": "b", "kind": "none", "certain": True, "rule": "", "language": ""},
    ]
    assert ended.stderr.startswith("line 3: ")


def test_a_text_or_lines_must_be_given_and_not_both() -> None:
    assert run().exit_code == 2
    assert run("STOP", "--ndjson").exit_code == 2


def test_a_policy_that_does_not_load_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = (shipped_folder("policies") / "replies" / "en.yaml").read_text()
    (tmp_path / "replies").mkdir()
    (tmp_path / "replies" / "en.yaml").write_text(english.replace("language: en", "language: xx"))
    monkeypatch.setenv("GATEKEEPER_POLICIES", str(tmp_path))
    ended = run("STOP")
    assert ended.exit_code == 2
    assert "replies/en.yaml:2:11: language xx stands in en.yaml" in ended.stderr
