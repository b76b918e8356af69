"""Does a person change the policy of a running gate by its commands, and find the way back?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from gatekeeper.settings import shipped_folder
from tests.support.commands import Ran, run
from tests.support.running import Running, environment, eventually, running


class Lived(NamedTuple):
    """A gate with a policy folder of its own."""

    gate: Running
    folder: Path

    def __call__(self, *words: object, entered: str = "") -> Ran:
        """`gatekeeper policy WORDS`."""
        return run(self.gate.environment, "policy", *words, entered=entered)

    def title(self, title: str) -> None:
        """Give one rule another title, which nobody tests."""
        file = self.folder / "content" / "verdicts.yaml"
        lines = file.read_text().splitlines()
        at = next(n for n, line in enumerate(lines) if "- id: content.profane" in line)
        assert lines[at + 1].strip().startswith("title: ")
        lines[at + 1] = f"    title: {title}"
        file.write_text("\n".join(lines) + "\n")

    @property
    def status(self) -> Any:
        """What `policy status` says."""
        return self("status", "--json").document


@pytest.fixture(scope="module", params=["watch", "promote"])
def lived(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lived]:
    place = tmp_path_factory.mktemp("lived")
    folder = place / "policies"
    shutil.copytree(shipped_folder("policies"), folder, ignore=shutil.ignore_patterns("tests"))
    settings = environment(place / "data") | {
        "GATEKEEPER_POLICIES": str(folder),
        "GATEKEEPER_POLICY_ACTIVATION": request.param,
        "GATEKEEPER_POLICY_APPROVALS": "2" if request.param == "promote" else "1",
    }
    with running(settings, "--demo") as gate:
        yield Lived(gate, folder)


def test_a_policy_goes_there_and_back(lived: Lived, tmp_path: Path) -> None:
    first = lived.status["hash"]
    two_persons = lived.status["approvals"] == 2
    if two_persons:
        second = _promoted_by_two(lived)
    else:
        lived.title("Rude words are marked")
        eventually(lambda: lived.status["hash"] != first)
        second = lived.status["hash"]
    told = lived("rollback", "--why", "the old title was better", "--who", "A. Roe")
    assert told.status == 0 and f"in force: {first[:12]}" in told.out, told.err
    said = lived("status").out
    assert f"in force   {first[:12]}" in said
    assert "(for A. Roe), rollback: the old title was better" in said
    assert "rules ~  content.profane: title" in said
    assert ("was not promoted" if two_persons else "stays out until it changes") in said
    history = lived("history", "--json").document
    assert [each["digest"] for each in history] == [first, second, first]
    assert history[1]["how"] == lived.status["activation"] and all(e["kept"] for e in history)
    assert "the old title was better" in lived("history").out
    shown = lived("show", second[:8], "--json").document
    assert shown["from_active"]["rules"]["changed"] == ["content.profane: title"]
    assert "it differs from what is in force" in lived("show", second[:8]).out
    out = tmp_path / "out"
    assert lived("export", second, out).status == 0
    assert "Rude words" in (out / "content" / "verdicts.yaml").read_text()
    assert lived("export", second, out).status == 1
    place = lived.gate.data / "policy" / "versions" / second / "content" / "verdicts.yaml"
    place.write_text(place.read_text().replace("verdict: flag", "verdict: allow", 1))
    for words in (("show", second), ("rollback", second, "--why", "x")):
        told = lived(*words)
        assert told.status == 1 and "were changed" in told.err, words


def _promoted_by_two(lived: Lived) -> str:
    environment = lived.gate.environment
    keys = {name: run(environment, "admin-key", "add", name).out for name in ("ann", "bob")}
    lived.title("Rude words are marked")
    told = lived("promote", "--why", "plainer", "--key", "--json", entered=keys["ann"])
    assert told.status == 0, told.err
    digest: str = told.document["proposed"]["digest"]
    assert f"proposed   {digest[:12]} by key:ann: plainer" in lived("status").out
    refused = lived("approve", digest[:12], "--key", entered=keys["ann"])
    assert refused.status == 1 and "somebody else must approve" in refused.err
    told = lived("approve", digest[:12], "--key", entered=keys["bob"])
    assert told.status == 0 and f"in force: {digest[:12]}" in told.out, told.err
    assert "examples" in told.out
    assert "by         key:ann, promote, approved by key:bob: plainer" in lived("status").out
    return digest


def test_a_fault_is_told_line_by_line_and_changes_nothing(lived: Lived) -> None:
    before = lived.status["hash"]
    file = lived.folder / "floor" / "us.yaml"
    good = file.read_text()
    file.write_text(good + "nonsense: [\n")
    told = lived("promote", "--why", "try")
    assert told.status == 1 and told.err.startswith("floor/us.yaml:"), told
    eventually(lambda: bool(lived.status["faults"]))
    assert "not taken" in lived("status").out and "fault    floor/us.yaml:" in lived("status").out
    file.write_text(good)
    eventually(lambda: not lived.status["faults"])
    assert lived.status["hash"] == before


def test_a_proposal_can_be_withdrawn_or_is_not_there(lived: Lived) -> None:
    told = lived("withdraw", "0" * 64, "--why", "x")
    assert told.status == 1 and "no open proposal" in told.err
    if lived.status["approvals"] == 2:
        lived.title("Words that are rude")
        made = lived("promote", "--why", "once more")
        assert made.status == 0 and "another person approves it" in made.out, made.err
        digest = lived.status["proposals"][0]["digest"]
        assert lived("withdraw", digest, "--why", "no").out == f"withdrawn: {digest[:12]}\n"


def test_a_version_that_is_not_kept_is_told(lived: Lived) -> None:
    told = lived("show", "0" * 64)
    assert told.status == 1 and "policy history" in told.err
