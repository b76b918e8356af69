"""Can a policy file do anything but say things: run code, read files, see the environment?"""

from __future__ import annotations

import ast
import os
from pathlib import Path, PurePosixPath

import pytest

from gatekeeper.policy.faults import Fault
from gatekeeper.policy.yamlfile import read
from gatekeeper.screening.validators import validator
from tests.support.source import sources

READERS = {"policy", "screening", "checks", "numbering", "evaluate"}
"""Rooms that see what authors write."""
POWERS = {"eval", "exec", "compile", "__import__", "open", "input"}
RE = {"compile", "match", "search", "fullmatch", "sub", "findall", "finditer", "split"}


@pytest.mark.parametrize(
    "text",
    [
        "a: !!python/object/apply:os.system ['touch owned']",
        "a: !!python/name:os.environ",
        "a: !include /etc/passwd",
        "a: !ENV ${HOME}",
        "a: !!binary aGVsbG8=",
        "!!python/object/new:os.system [touch owned]",
    ],
)
def test_a_tag_is_a_fault_and_makes_nothing(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    faults: list[Fault] = []
    read(text.encode(), PurePosixPath("a.yaml"), faults)
    assert "a tag; plain values only" in {fault.message for fault in faults}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text", ["${HOME}", "$HOME", "{{ env.HOME }}", "~/x", "file:///etc/passwd", "`id`", "%(HOME)s"]
)
def test_a_text_stays_what_is_written(text: str) -> None:
    assert os.environ.get("HOME")
    located = read(f'a: "{text}"'.encode(), PurePosixPath("a.yaml"), [])
    assert located is not None
    assert located.value == {"a": text}


@pytest.mark.parametrize(
    "name",
    ["os.system", "stdnum..os", "stdnum.util", "stdnum", "stdnum.", "stdnum.us.ssn.is_valid",
     "stdnum.us/ssn", "stdnum.__init__", "subprocess"],
)  # fmt: skip
def test_a_validator_is_one_of_ours_or_a_number_of_stdnum(name: str) -> None:
    with pytest.raises(KeyError):
        validator(name)


def test_no_room_that_sees_a_policy_can_run_what_is_written() -> None:
    """Of the one that imports by name, the test above says which names it takes."""
    found = [
        f"{source.name}:{node.lineno}: {node.func.id}"
        for source in sources("gatekeeper")
        if source.room in READERS
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in POWERS
    ]
    assert found == []


def test_python_s_own_patterns_are_all_written_in_our_code() -> None:
    """What an author writes goes to RE2 alone: linear in time, bounded in memory.

    What is made when a module is imported was made before any author's file was read.
    """
    found = [
        f"{source.name}:{node.lineno}"
        for source in sources("gatekeeper")
        if source.room in READERS
        for function in source.functions
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in RE
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and not _ours(node.args[0])
    ]
    assert found == []


def _ours(pattern: ast.expr) -> bool:
    """Whether a pattern is a text, or a name of the module in capitals."""
    named = isinstance(pattern, ast.Name | ast.Attribute)
    capitals = named and ast.unparse(pattern).rpartition(".")[2].isupper()
    return isinstance(pattern, ast.Constant) or capitals
