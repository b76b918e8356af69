"""Do the ways to build, run and test the gate keep their promises?

There is no container engine where these tests run, so the Dockerfile is read, not built.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STAGES = re.split(r"(?m)^(?=FROM )", (ROOT / "Dockerfile").read_text())[1:]
LOCKS = ("requirements.txt", "requirements-dev.txt")


def final() -> str:
    """The stage that becomes the image."""
    return STAGES[-1]


def test_the_image_runs_as_a_numbered_user_that_is_not_root() -> None:
    users = re.findall(r"(?m)^USER (\S+)$", final())
    assert users
    assert all(re.fullmatch(r"[1-9]\d*:[1-9]\d*", user) for user in users)


def test_the_image_asks_readiness_and_needs_no_shell_at_run_time() -> None:
    assert "/readyz" in final()
    for word in ("CMD", "ENTRYPOINT"):
        forms = re.findall(rf"(?m)^\s*{word} (.*)$", final())
        assert forms
        assert all(form.startswith("[") for form in forms)


def test_the_image_holds_only_hash_checked_wheels_from_the_lock() -> None:
    build = STAGES[0].replace("\\\n", " ")
    installs = [line for line in build.splitlines() if "pip install" in line]
    assert all("--require-hashes --only-binary :all:" in i or "--no-index" in i for i in installs)
    assert "pip install" not in final()


def test_the_image_writes_to_its_volume_only() -> None:
    assert re.search(r"(?m)^VOLUME /data$", final())
    assert "GATEKEEPER_DATA=/data" in final()


def test_both_stages_are_of_one_supported_python() -> None:
    (version,) = {m[1] for s in STAGES if (m := re.match(r"FROM python:(3\.\d+)-slim", s))}
    assert version in {"3.11", "3.12", "3.13", "3.14"}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_a_hash_and_no_place(lock: str) -> None:
    """No host, no path: the lock says what, the machine's own configuration says from where."""
    text = (ROOT / ".ci" / lock).read_text()
    entries = re.split(r"(?m)^(?=\S)", text)[1:]
    assert len(entries) > 50
    assert all(re.match(r"[\w.\[\]-]+==\S+", e) and "--hash=sha256:" in e for e in entries)
    assert not re.search(r"://|--(extra-)?index-url|--find-links|@ ", text)


def test_both_locks_agree_on_what_they_share() -> None:
    run, dev = (
        dict(re.findall(r"(?m)^(\S+)==(\S+(?: ; [^\\]*)?)", (ROOT / ".ci" / lock).read_text()))
        for lock in LOCKS
    )
    assert run.items() <= dev.items()


def test_make_names_what_it_can_do_without_any_set_up() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    names = {line.split("\t")[0] for line in listed.stdout.splitlines()}
    assert names >= {"run", "test", "test-full", "bench", "chaos", "lock", "clean", "help"}


def test_without_a_fitting_python_make_says_which_to_install(tmp_path: Path) -> None:
    """The recipe runs in a bare folder whose PATH holds no Python at all."""
    for name in ("Makefile", ".ci/requirements-dev.txt"):
        target = tmp_path / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes((ROOT / name).read_bytes())
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("make", "sh", "cat", "cksum", "tr"):
        found = next(p for d in ("/usr/bin", "/bin") if (p := Path(d) / tool).exists())
        (tools / tool).symlink_to(found)
    done = subprocess.run(
        ["make", "test"], cwd=tmp_path, env={"PATH": str(tools)}, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "Gatekeeper needs Python 3.11, 3.12, 3.13 or 3.14" in done.stderr
