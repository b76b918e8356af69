"""Is the README true? Its blocks are run in order against a running gate, as a newcomer would."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from ruamel.yaml import YAML

from gatekeeper.settings import CHECKOUT
from tests.support import warm
from tests.support.readme import README, SECTIONS, Fence, fences, renewed, section
from tests.support.running import Running, environment, eventually, running

TEXT = README.read_text(encoding="utf-8")
FENCES = tuple(fences(TEXT))
PLACEHOLDER = "gk_THE_KEY_IT_PRINTED"
NOT_RUN = ("docker ", "GATEKEEPER_DATA=live ", ".venv/bin/python -m tests.support.readme")
"""What begins the lines of `sh` blocks, which no test runs, beside `make`."""
SAVED_AS = re.compile(r"Save this as\s+`([^`]+)`")


class Ran(NamedTuple):
    """What a block printed, and how it ended."""

    status: int
    out: str
    err: str


class Reader:
    """A newcomer who copies each block into a terminal, or saves it under the name it is given."""

    def __init__(self, gate: Running, folder: Path) -> None:
        self.gate = gate
        self.folder = folder
        self.environment = gate.environment | {
            "PATH": f"{folder}/.venv/bin:{os.environ['PATH']}",
            "TWILIO_AUTH_TOKEN": "the-real-token",
            "NO_PROXY": "*",
        }
        (folder / ".venv" / "bin").mkdir(parents=True)
        (folder / ".venv" / "bin" / "activate").touch()
        warm.install(folder / ".venv" / "bin" / "gatekeeper", folder / "warm.sock")
        python = folder / ".venv" / "bin" / "python"
        python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        python.chmod(0o755)
        shutil.copytree(CHECKOUT / "policies", folder / "policies")

    def follow(self, fence: Fence) -> Ran:
        """Do what a newcomer does with a block of that language."""
        if fence.language == "bash":
            return self._run(["bash", "-euo", "pipefail", "-c", self._here(fence.text)])
        if fence.language == "python":
            return self._run([sys.executable, "-c", self._here(fence.text)])
        if fence.language == "yaml":
            place = self.folder / name_of(fence)
            place.write_text(fence.text)
        return Ran(0, "", "")

    def _here(self, text: str) -> str:
        """The block with the ports and the key of the gate that runs now."""
        addresses = (
            self.gate.environment[f"GATEKEEPER_{name}"] for name in ("LISTEN", "OPS_LISTEN")
        )
        for shown, real in zip(("127.0.0.1:8080", "127.0.0.1:8081"), addresses, strict=True):
            text = text.replace(shown, real)
        return text.replace(PLACEHOLDER, self.gate.key)

    def _run(self, command: list[str]) -> Ran:
        ended = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True,
            timeout=120, check=False,
        )  # fmt: skip
        return Ran(ended.returncode, ended.stdout, ended.stderr)


def name_of(fence: Fence) -> str:
    """The file that the text before a block says to save it as."""
    before = "\n".join(TEXT.splitlines()[: fence.line - 1])
    return str(SAVED_AS.findall(before)[-1])


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """`make run`, on free ports and in a folder of its own."""
    settings = environment(tmp_path_factory.mktemp("newcomer") / "data")
    with running(settings, "--demo") as started:
        yield started


@pytest.fixture(scope="module")
def followed(gate: Running) -> dict[int, Ran]:
    """Every block of the README, done in order; by the line it begins in."""
    folder = gate.data.parent
    reader = Reader(gate, folder)
    command = [sys.executable, "-m", "tests.support.warm", "warm.sock"]
    with subprocess.Popen(command, cwd=folder, env=gate.environment) as waiting:
        try:
            eventually((folder / "warm.sock").exists)
            return {fence.line: reader.follow(fence) for fence in FENCES}
        finally:
            waiting.kill()


def blocks(language: str) -> list[Fence]:
    return [fence for fence in FENCES if fence.language == language]


def block_with(words: str) -> Fence:
    return next(fence for fence in FENCES if words in fence.text)


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "fence", [*blocks("bash"), *blocks("python")], ids=lambda fence: f"line {fence.line}"
)
def test_a_block_of_commands_works_as_it_stands(fence: Fence, followed: dict[int, Ran]) -> None:
    assert followed[fence.line].status == 0, followed[fence.line]


def test_the_python_snippet_sends_a_message(followed: dict[int, Ran]) -> None:
    snippet = blocks("python")[0]
    assert re.fullmatch(r"SM[0-9a-f]{32} queued\n", followed[snippet.line].out)


def test_a_provider_without_an_sdk_logs_in_and_sends(followed: dict[int, Ran]) -> None:
    log_in, sent = followed[block_with("/_rest/v4/app/sms/send").line].out.split("}", 1)
    assert json.loads(log_in + "}")["token"].startswith("gk_")
    assert json.loads(sent)["state"] == "CREATED"


def test_the_refusal_that_is_shown_is_the_one_that_comes(followed: dict[int, Ran]) -> None:
    shown = json.loads(blocks("json")[0].text)
    came = json.loads(followed[block_with("Body=Your card").line].out)
    assert came | {"message": "..."} == shown


def test_the_demo_ends_as_the_excerpt_shows(followed: dict[int, Ran]) -> None:
    rows = followed[block_with("gatekeeper demo").line].out.splitlines()
    excerpt = block_with("offer to one who said STOP").text.splitlines()
    told = [re.split(r"\s{2,}", line.strip()) for line in excerpt]
    cases = [cells for cells in told if len(cells) == 5 and cells[0] != "message"]
    assert len(cases) > 10
    for name, verdict, rule, code, _ in cases:
        if name.endswith("by day") and not any(name in row for row in rows):
            continue  # for an hour of each Sunday there is none
        (row,) = [row for row in rows if row.startswith(f"│ {name} (")]
        shown = rule.partition(".")[2] if name.endswith("by night") else rule  # whose night it is
        assert all(word in row for word in (verdict, shown, code)), row
    assert "whole" in rows[-1]


def test_the_start_looks_as_it_is_shown(gate: Running) -> None:
    for line in block_with("opening the journal").text.splitlines():
        stable = re.sub(r"[0-9a-f]{12} .*|gk_\.\.\.|:80\d\d.*", "", line)
        assert stable in gate.said, line


def test_the_answer_to_a_question_has_the_parts_that_are_named(followed: dict[int, Ran]) -> None:
    answer = json.loads(followed[block_with("/v1/check").line].out)
    assert {"verdict", "reason", "findings", "next_allowed_at", "matches", "policy"} <= set(answer)
    assert answer["reason"] == "consent.missing"


@pytest.mark.parametrize("fence", blocks("yaml"), ids=lambda fence: f"line {fence.line}")
def test_every_file_to_save_is_yaml_and_named(fence: Fence) -> None:
    assert name_of(fence).endswith(".yaml")
    assert YAML(typ="safe").load(fence.text)


def test_every_block_says_its_language_and_what_is_not_run_is_known() -> None:
    assert {fence.language for fence in FENCES} == {"bash", "python", "yaml", "json", "text", "sh"}
    targets = set(re.findall(r"^([a-z-]+):", (CHECKOUT / "Makefile").read_text(), re.M))
    for fence in blocks("sh"):
        for line in fence.text.splitlines():
            made = re.fullmatch(r"make ([a-z-]+)", line)
            known = made is not None and made[1] in targets
            assert known or line.startswith(NOT_RUN), line


@pytest.mark.parametrize("name", SECTIONS)
def test_the_reference_is_what_the_code_has(name: str) -> None:
    """Settings, commands, reason codes, rules, detectors and metrics: none is undocumented."""
    hint = "renew the tables: .venv/bin/python -m tests.support.readme"
    assert section(TEXT, name) == SECTIONS[name](), hint


def test_renewing_the_tables_twice_changes_nothing_more() -> None:
    assert renewed(TEXT) == renewed(renewed(TEXT))


def test_every_command_and_setting_in_the_text_exists() -> None:
    prose = re.sub(r"<!-- (\w+):begin -->.*?<!-- \1:end -->", "", TEXT, flags=re.S)
    commands = section(TEXT, "commands")
    for first, second in re.findall(r"`gatekeeper ([a-z-]+)(?: ([a-z-]+))?", prose):
        known = f"`gatekeeper {first}`" in commands or f"`gatekeeper {first} {second}`" in commands
        assert known, f"gatekeeper {first} {second}"
    for name in re.findall(r"GATEKEEPER_[A-Z_]+", prose):
        assert f"`{name}`" in section(TEXT, "settings"), name


def test_no_link_is_dead() -> None:
    headings = re.findall(r"^#+ (.+)$", TEXT, re.M)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    links = re.findall(r"\]\(([^)]+)\)", TEXT)
    assert len(links) > 10
    for link in links:
        if link.startswith("#"):
            assert link[1:] in anchors, link
        else:
            assert "://" in link or (CHECKOUT / link).exists(), link
