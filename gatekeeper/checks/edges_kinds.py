"""Where does a rule turn that names kinds, versions or likelihoods?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatekeeper.checks.contract import Edge, Start
from gatekeeper.domain.resemblance import Kind
from gatekeeper.domain.words import SenderKind
from gatekeeper.policy.model import Rule

_STEPS = ("very_unlikely", "unlikely", "possible", "likely", "very_likely")
_LITTLE = 0.001
"""The step of scores."""
_NOTHING = "Good morning."
"""A text of which no detector finds anything."""


def content(start: Start, rule: Rule) -> Iterator[Edge]:
    """A match of each likelihood, in a text that holds nothing else."""
    if not start.fires:
        return
    first = _STEPS.index(rule.said["at_least"])
    below = rule.said.get("below")
    last = _STEPS.index(below) if below else len(_STEPS)
    for number, step in enumerate(_STEPS):
        match = {"family": rule.said["family"], "likelihood": step}
        if "severity" in rule.said:
            match["severity"] = rule.said["severity"]
        if categories := rule.said.get("categories"):
            match["category"] = min(categories)
        of = "below" if number >= last else "at_least"
        change = {"message": {"text": _NOTHING}, "matches": [match]}
        yield Edge(of, f"a match that is {step}", change, first <= number < last)


def reads_as(start: Start, rule: Rule) -> Iterator[Edge]:
    """Each kind at the least score, and just below it."""
    if not start.fires:
        return
    least = float(rule.said["at_least"])
    for kind in Kind:
        fires = kind in rule.said["kinds"]
        for of, score in (("kinds", least), ("at_least", round(least - _LITTLE, 3))):
            change = {"reads_as": {"kind": str(kind), "score": score}}
            yield Edge(of, f"{kind} with {score}", change, fires and score >= least)


def sender_kind(start: Start, rule: Rule) -> Iterator[Edge]:
    """A sender of each kind."""
    if start.fires:
        for kind in _registered_kinds():
            change = {"sender": {"kind": kind}}
            yield Edge("denied", f"a {kind}", change, kind in rule.said["denied"])


def registration(start: Start, rule: Rule) -> Iterator[Edge]:
    """A sender of each kind without a registration."""
    if start.fires:
        for kind in _registered_kinds():
            change = {"sender": {"kind": kind, "registration": None}}
            yield Edge("kinds", f"a {kind}", change, kind in rule.said["kinds"])


def sender_proof(start: Start, rule: Rule) -> Iterator[Edge]:
    """A sender of each kind that nobody proved to own."""
    if start.fires:
        for kind in _registered_kinds():
            change = {"sender": {"kind": kind, "proof": None}}
            yield Edge("kinds", f"a {kind}", change, kind in rule.said["kinds"])


def _registered_kinds() -> Iterator[str]:
    return (str(kind) for kind in SenderKind if kind is not SenderKind.UNKNOWN)


def template(start: Start, rule: Rule) -> Iterator[Edge]:
    """The status that passes, and another."""
    passes = rule.said.get("status", "approved")
    if start.fires:
        for status in (passes, "paused"):
            named = {"name": "t", "category": None, "status": status}
            yield Edge("status", status, {"message": {"template": named}}, status != passes)
        for category in rule.said.get("categories") or ():
            named = {"name": "t", "category": category, "status": passes}
            yield Edge("categories", category, {"message": {"template": named}}, False)
        needed = bool(rule.said.get("needed"))
        yield Edge("needed", "without a template", {"message": {"template": None}}, needed)


def terms(start: Start, rule: Rule) -> Iterator[Edge]:
    """The oldest version that will do, and one older by one in its last number."""
    for party in ("tenant", "end_customer"):
        least = rule.said.get(f"{party}_from")
        if start.fires and least:
            for version, fires in ((least, False), (_older(least), True)):
                change = {"terms": {party: version}}
                yield Edge(f"{party}_from", f"{party} of {version}", change, fires)


def _older(version: str) -> str:
    last = re.search(r"[0-9]+(?=[^0-9]*$)", version)
    if last is None:
        return version
    return f"{version[: last.start()]}{max(0, int(last[0]) - 1)}{version[last.end() :]}"
