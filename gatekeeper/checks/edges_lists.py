"""Where does a rule of lists turn: by answer, age, excuse and day of disconnection?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from gatekeeper.checks.contract import Edge, Start
from gatekeeper.checks.edges_tiers import TIERS, lifting
from gatekeeper.policy.model import Rule

_SECOND = timedelta(seconds=1)


def lists(start: Start, rule: Rule) -> Iterator[Edge]:
    """Each answer of each list, the second at which it is too old, and each excuse of a hit."""
    if not start.fires:
        return
    for name in rule.said["lists"]:
        yield from _answers(rule, name)
        yield from _age(start, rule, name)
        yield from _excuses(start, rule, name)


def _alone(rule: Rule, name: str, answer: Any, consent: str = "none") -> dict[str, Any]:
    """That answer of one list, while all the others are clear."""
    clear = dict.fromkeys(rule.said["lists"], "clear")
    return {"listings": {**clear, name: answer}, "consent": consent}


def _answers(rule: Rule, name: str) -> Iterator[Edge]:
    required = bool(rule.said.get("required", True))
    for answer, fires in (
        ("hit", True),
        ("clear", False),
        ("error", True),
        ("stale", True),
        ("not-checked", required),
    ):
        of = "required" if answer == "not-checked" else "lists"
        yield Edge(of, f"{name} answers {answer}", _alone(rule, name, answer), fires)


def _age(start: Start, rule: Rule, name: str) -> Iterator[Edge]:
    days = rule.said.get("max_age_days")
    if days is None:
        return
    for age, fires in ((timedelta(days=days), False), (timedelta(days=days) + _SECOND, True)):
        answer = {"answer": "clear", "as_of": start.facts.at - age}
        yield Edge("max_age_days", f"{name} is {age} old", _alone(rule, name, answer), fires)


def _excuses(start: Start, rule: Rule, name: str) -> Iterator[Edge]:
    enough = rule.said.get("excused_by")
    for tier in TIERS if enough else ():
        fires = TIERS.index(tier) < TIERS.index(enough)
        change = _alone(rule, name, "hit", tier)
        yield Edge("excused_by", f"on {name}, consent {tier}", change, fires)
    yield from lifting(start, rule, _alone(rule, name, "hit"))
    for other in rule.said.get("excused_by_list") or ():
        change = _alone(rule, name, "hit")
        change["listings"] = {**change["listings"], other: "hit"}
        yield Edge("excused_by_list", f"on {name} and on {other}", change, False)


def reassigned(start: Start, rule: Rule) -> Iterator[Edge]:
    """As of other lists; and consent given just before and just after a disconnection counts.

    A day is over everywhere thirty-six hours after its midnight in UTC.
    """
    yield from lists(start, rule)
    if not start.fires:
        return
    day = (start.facts.at - timedelta(days=30)).astimezone(UTC).date()
    over = datetime.combine(day, time(), UTC) + timedelta(hours=36)
    for name in rule.said["lists"]:
        for given, fires in ((over, False), (over - _SECOND, True)):
            change = _alone(rule, name, {"answer": "hit", "since": day})
            change["consent"] = {"basis": "express_written", "at": given}
            told = f"{name}: disconnected {day}, consent {given.isoformat()}"
            yield Edge("since", told, change, fires)
