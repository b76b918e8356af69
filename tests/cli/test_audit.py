"""The audit commands, run on a real data folder."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gatekeeper.cli import audit
from gatekeeper.cli.audit import app
from gatekeeper.journal.layout import segments, streams
from gatekeeper.journal.writer import Journal
from gatekeeper.vault.keyfile import generate
from gatekeeper.vault.keyring import Keyring
from tests.support.journal import decision, now

NUMBER = "+12122000123"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GATEKEEPER_DATA", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    keyring = Keyring.open(tmp_path / "keyring.json", journal_exists=False)
    asyncio.run(written(tmp_path / "journal", keyring))
    return tmp_path


async def written(folder: Path, keyring: Keyring) -> None:
    journal = await Journal.open(folder, keyring, clock=now)
    for n, verdict in enumerate(("allow", "block", "block")):
        body = decision(verdict)
        body["recipients"][0]["pseudonym"] = keyring.pseudonym("acme", f"+1212200012{n + 1}")
        await journal.append("decision", f"r{n}", "acme", body)
    sent = {"request": "r0", "end": "sent", "status": 201, "upstream_id": "SM123"}
    await journal.append("outcome", "r0", "acme", sent)
    await journal.close()


def run(*args: str) -> Result:
    return CliRunner().invoke(app, list(args))


def segment(data: Path) -> Path:
    return segments(streams(data / "journal")[0])[0].path


def test_tail_shows_the_newest_records_oldest_of_them_first(data: Path) -> None:
    result = run("tail", "-n", "3")
    assert result.exit_code == 0
    block, outcome, closed = result.output.splitlines()
    assert "r2 block consent.revoked sms marketing" in block
    assert "r0 sent 201 SM123" in outcome
    assert "stream.closed" in closed


def test_tail_as_json_gives_the_exact_lines(data: Path) -> None:
    result = run("tail", "-n", "100", "--json")
    assert result.output.encode() == segment(data).read_bytes()


def test_tail_follows_until_interrupted(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[int] = []

    def come() -> None:
        if waited:
            raise KeyboardInterrupt
        waited.append(1)
        keyring = Keyring.open(data / "keyring.json", journal_exists=True)
        asyncio.run(written(data / "journal", keyring))

    monkeypatch.setattr(audit, "_wait", come)
    result = run("tail", "-n", "0", "-f")
    assert result.exit_code == 0
    kinds = [line.split()[1] for line in result.output.splitlines()]
    assert kinds == ["stream.opened", *["decision"] * 3, "outcome", "stream.closed"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--verdict", "block"], ["r2", "r1"]),
        (["--rule", "consent-revoked", "--tenant", "acme"], ["r2", "r1"]),
        (["--reason", "consent.revoked", "--limit", "1"], ["r2"]),
        (["--number", NUMBER], ["r2"]),
        (["--number", "(212) 200-0123"], ["r2"]),
        (["--id", "r0"], ["r0", "r0"]),
        (["--id", "r0", "--kind", "outcome"], ["r0"]),
        (["--channel", "voice"], []),
        (["--until", "2020-01-01"], []),
        (["--since", "2020-01-01T00:00:00+0000", "--kind", "decision"], ["r2", "r1", "r0"]),
    ],
)
def test_search_finds_what_was_asked_for(
    data: Path, options: list[str], expected: list[str]
) -> None:
    result = run("search", "--json", *options)
    assert result.exit_code == 0, result.output
    assert [json.loads(line)["id"] for line in result.output.splitlines()] == expected


def test_search_tells_of_lines_that_it_could_not_read(data: Path) -> None:
    path = segment(data)
    path.write_bytes(b'rubbish with "block"\n' + path.read_bytes())
    result = run("search", "--verdict", "block")
    assert result.exit_code == 1
    assert "1 lines could not be read" in result.output


def test_show_lays_out_the_decision_its_findings_and_the_outcome(data: Path) -> None:
    blocked, sent = run("show", "r1").output, run("show", "r0").output
    for part in ("r1", "block", "consent-revoked", "47 CFR 64.1200(a)(10)", "opted out on"):
        assert part in blocked
    for part in ("no findings", "outcome", "SM123", "201"):
        assert part in sent


def test_show_as_json_gives_all_records_of_the_request(data: Path) -> None:
    records = json.loads(run("show", "r0", "--json").output)
    assert [record["kind"] for record in records] == ["decision", "outcome"]


def test_show_of_an_unknown_id_fails_and_says_so(data: Path) -> None:
    result = run("show", "nobody")
    assert (result.exit_code, result.output) == (1, "there is no record of nobody\n")


def test_verify_proves_a_whole_journal_by_the_keyring_or_a_given_key(data: Path) -> None:
    key = Keyring.open(data / "keyring.json", journal_exists=True).public_key_text
    assert "whole: 6 records in 1 stream," in run("verify").output
    (data / "keyring.json").unlink()
    assert run("verify", "--public-key", key).exit_code == 0
    other = Keyring(generate()).public_key_text
    assert run("verify", "--public-key", other).exit_code == 1


def test_verify_names_file_and_line_of_a_fault_and_fails(data: Path) -> None:
    path = segment(data)
    path.write_bytes(path.read_bytes().replace(b'"verdict":"block"', b'"verdict":"allow"', 1))
    result = run("verify")
    assert result.exit_code == 1
    assert f"FAULT {path}:4: the line before" in result.output
    document = json.loads(run("verify", "--json").output)
    assert (document["ok"], document["faults"][0]["line"]) == (False, 4)


def test_no_command_shows_a_number(data: Path) -> None:
    for args in (["tail"], ["search"], ["show", "r2"], ["verify"]):
        assert NUMBER not in run(*args).output
        assert NUMBER not in run(*args, "--json").output


def test_without_a_journal_or_keyring_the_command_says_what_to_do(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data / "keyring.json").unlink()
    result = run("search", "--number", NUMBER)
    assert (result.exit_code, "restore it from a backup" in result.output) == (1, True)
    monkeypatch.setenv("GATEKEEPER_DATA", str(tmp_path / "elsewhere"))
    result = run("tail")
    assert (result.exit_code, "set GATEKEEPER_DATA" in result.output) == (1, True)
