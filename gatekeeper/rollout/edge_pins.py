"""Do the rules still turn where somebody has last looked them through?

Near-misses are worked out from the file's own numbers, so they cannot tell that a number is
wrong. A pinned near-miss keeps the answer of the day on which it was looked through: a changed
hour, cap or date is told by its pins, until they are written anew and read once more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import Field

from gatekeeper.errors import PolicyError
from gatekeeper.policy.faults import Fault, lines
from gatekeeper.policy.model import Policy, Source
from gatekeeper.policy.row import Shape, overlay
from gatekeeper.policy.validate import parse
from gatekeeper.policy.yamlfile import Located, read
from gatekeeper.rollout.edges import NearMiss, Remembering, RuleEdges
from gatekeeper.rollout.given import Screens

FOLDER = PurePosixPath("tests/edges")
"""Below the policy folder; a file for each pack."""
_HEAD = """\
# yaml-language-server: $schema=../../schemas/pins.json
# Where the rules of this pack turn, as somebody has last looked it through against the law.
# `gatekeeper policy test FOLDER --pin` writes it anew: read the difference before you keep it.
"""


class PinShape(Shape):
    """Changes of a test beside the rule, and what the rule answered to each of them."""

    of: str
    fires: bool
    at: tuple[str, ...] = ()
    """Instants alone."""
    change: dict[str, Any] | None = None

    @property
    def changes(self) -> tuple[dict[str, Any], ...]:
        """Each of them, in the words of a decision table."""
        instants = tuple({"at": at} for at in self.at)
        return instants if self.change is None else (*instants, self.change)


class TestPinsShape(Shape):
    """The near-misses of one test."""

    test: str
    cases: tuple[PinShape, ...] = Field(min_length=1)


class PinsShape(Shape):
    """A file of pins, by rule."""

    pack: str
    rules: dict[str, tuple[TestPinsShape, ...]]


@dataclass(frozen=True, slots=True)
class Pin:
    """A pinned near-miss at its place."""

    rule: str
    test: str
    of: str
    change: Mapping[str, Any]
    fires: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Pinned:
    """What became of a pin; `problem` is empty if it holds."""

    pin: Pin
    problem: str

    @property
    def holds(self) -> bool:
        """Whether the rule answers as on the day it was pinned."""
        return not self.problem

    @property
    def fault(self) -> Fault:
        """What does not hold, at its place."""
        pin = self.pin
        told = f"{pin.rule}: pinned near-miss of {pin.test}: {pin.of}: {self.problem}"
        return Fault(pin.source, told)


def read_pins(folder: Path) -> tuple[Pin, ...]:
    """All pins of a policy folder; raises PolicyError with every fault."""
    faults: list[Fault] = []
    found: list[Pin] = []
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        name = PurePosixPath(path.relative_to(folder).as_posix())
        located = read(path.read_bytes(), name, faults)
        shape = parse(PinsShape, located, faults) if located else None
        if located and shape:
            found += _pins(located, shape)
    if faults:
        raise PolicyError(lines(faults))
    return tuple(found)


def _pins(located: Located, shape: PinsShape) -> Iterator[Pin]:
    for rule, tests in shape.rules.items():
        for number, test in enumerate(tests):
            for index, pin in enumerate(test.cases):
                place = located.at("rules", rule, number, "cases", index)
                for change in pin.changes:
                    yield Pin(rule, test.test, pin.of, change, pin.fires, place.source())


def judge_pins(pins: Iterable[Pin], policy: Policy, screener: Screens) -> Iterator[Pinned]:
    """Ask each rule again what it answered when it was pinned."""
    remembering = Remembering(screener)
    rules = {rule.id: RuleEdges(rule, remembering, policy.trust) for rule in policy.rules}
    tests = {(case.rule, case.name): case.given for case in policy.cases}
    for pin in pins:
        yield Pinned(pin, _problem(pin, rules.get(pin.rule), tests.get((pin.rule, pin.test))))


def _problem(pin: Pin, rule: RuleEdges | None, test: Mapping[str, Any] | None) -> str:
    if rule is None:
        return "there is no such rule any more; pin the pack anew"
    if test is None:
        return "there is no such test any more; pin the pack anew"
    fired = rule.fires(overlay(test, pin.change))
    if fired is pin.fires:
        return ""
    must = "fired" if pin.fires else "was silent"
    got = "cannot be judged" if fired is None else "fires" if fired else "is silent"
    return f"{_told(pin.change)}: it {must} and now {got}; if so it is meant, pin it anew"


def _told(change: Mapping[str, Any]) -> str:
    return json.dumps(change, default=str) if set(change) != {"at"} else f"at {change['at']}"


def write_pins(folder: Path, near: Iterable[NearMiss], policy: Policy) -> tuple[Path, ...]:
    """Write the boundaries of every pack; a file whose pack draws none any more is removed."""
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    packs = {rule.id: rule.pack for rule in policy.rules}
    texts: dict[str, dict[str, list[NearMiss]]] = {}
    for each in near:
        if each.edge.at_boundary and each.holds:
            texts.setdefault(packs[each.rule], {}).setdefault(each.rule, []).append(each)
    for path in target.glob("*.yaml"):
        if path.stem not in texts:
            path.unlink()
    written = {target / f"{pack}.yaml": _text(pack, rules) for pack, rules in texts.items()}
    for path, text in written.items():
        path.write_text(text, "utf-8")
    return tuple(sorted(written))


def _text(pack: str, rules: Mapping[str, list[NearMiss]]) -> str:
    lines = [_HEAD + f"pack: {pack}", "rules:"]
    for rule, near in rules.items():
        lines.append(f"  {rule}:")
        for test in dict.fromkeys(each.test for each in near):
            lines += [f"    - test: {json.dumps(test, ensure_ascii=False)}", "      cases:"]
            lines += _cases([each for each in near if each.test == test])
    return "\n".join(lines) + "\n"


def _cases(near: list[NearMiss]) -> Iterator[str]:
    """Instants alone stand together, all else on a line of its own; JSON is YAML."""
    alone: dict[tuple[str, bool], list[str]] = {}
    for each in near:
        if set(each.edge.change) == {"at"}:
            key = (each.edge.of, each.expected)
            alone.setdefault(key, []).append(json.dumps(_scalar(each.edge.change["at"])))
    for (of, fires), instants in alone.items():
        yield f"        - of: {of}\n          fires: {_word(fires)}\n          at:"
        yield from (f"            - {instant}" for instant in instants)
    for each in near:
        if set(each.edge.change) != {"at"}:
            change = json.dumps(each.edge.change, default=_scalar, ensure_ascii=False)
            said = f"of: {each.edge.of}, fires: {_word(each.expected)}, change: {change}"
            yield f"        - {{{said}}}"


def _word(fires: bool) -> str:
    return "true" if fires else "false"


def _scalar(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
