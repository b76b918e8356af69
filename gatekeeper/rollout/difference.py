"""What does one folder of policy files say that another does not: by file, and by rule?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from gatekeeper.errors import PolicyError
from gatekeeper.policy.load import load, policy_files
from gatekeeper.policy.model import Detector, Policy, Rule
from gatekeeper.policy.replies import all_rules
from gatekeeper.policy.reply_model import ReplyRule
from gatekeeper.rollout.ready import check_kinds

_WHERE = frozenset({"source", "pack"})
"""Fields that say where a rule stands, and not what it says."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Names that one side has and the other has not, and names of what is not the same."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is a difference."""
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class Difference:
    """From the old folder to the new one."""

    files: Parts
    rules: Parts | None
    """Rules, detectors and rules of replies by id, with the names of the fields that changed;
    None if one of the folders does not load."""


def difference(old: Path, new: Path) -> Difference:
    """Compare two folders; a folder that does not load is compared by its files alone."""
    files = _parts(_files(old), _files(new))
    try:
        return Difference(files, _rules(load(old, check_kinds()), load(new, check_kinds())))
    except PolicyError:
        return Difference(files, None)


def _rules(old: Policy, new: Policy) -> Parts:
    before, after = _named(old), _named(new)
    parts = _parts(before, after)
    changed = (f"{name}: {', '.join(_fields(before[name], after[name]))}" for name in parts.changed)
    return Parts(parts.added, parts.removed, tuple(changed))


def _named(policy: Policy) -> dict[str, dict[str, Any]]:
    """What every rule says, by its id."""
    every: tuple[Rule | Detector | ReplyRule, ...]
    every = (*policy.rules, *policy.detectors, *all_rules(policy))
    cases: dict[str, list[Any]] = {}
    for case in policy.cases:
        cases.setdefault(case.rule, []).append((case.name, case.given, case.fires))
    named = {each.id: _said(each) for each in every}
    for name, tests in cases.items():
        named[name]["tests"] = tests
    return named


def _said(each: Rule | Detector | ReplyRule) -> dict[str, Any]:
    telling = (field.name for field in fields(each) if field.compare and field.name not in _WHERE)
    return {name: getattr(each, name) for name in telling}


def _fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    names = dict.fromkeys((*old, *new))
    told = [name for name in names if old.get(name) != new.get(name)]
    return [name for name in told if name != "said" or "params" not in told]


def _files(folder: Path) -> dict[str, bytes]:
    try:
        return {str(file.name): file.data for file in policy_files(folder)}
    except PolicyError:
        found = (path for path in sorted(folder.rglob("*.y*ml")) if path.is_file())
        return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def _parts(old: Mapping[str, Any], new: Mapping[str, Any]) -> Parts:
    return Parts(
        added=tuple(sorted(new.keys() - old.keys())),
        removed=tuple(sorted(old.keys() - new.keys())),
        changed=tuple(sorted(name for name in old.keys() & new.keys() if old[name] != new[name])),
    )
