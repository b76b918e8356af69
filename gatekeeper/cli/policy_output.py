"""How is what a policy command found shown to a person, and to a machine?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gatekeeper.policy.model import Applies, Detector, KeywordSet, Policy, ReplyRule, Rule
from gatekeeper.policy.replies import all_rules
from gatekeeper.rollout.prove import Proved, coverage
from gatekeeper.rollout.tables import RowResult, rule_ids


@dataclass(frozen=True, slots=True)
class RunResult:
    """Everything that one test run found."""

    policy: Policy
    proved: Sequence[Proved]
    rows: Sequence[RowResult]
    faults: Sequence[str]
    """Of tables that could not be read."""

    @property
    def holds(self) -> bool:
        """Whether every example and every row holds and every table could be read."""
        proved = all(each.holds for each in self.proved)
        return proved and not self.faults and all(row.holds for row in self.rows)


def checked(policy: Policy | None, faults: Sequence[str], *, as_json: bool) -> None:
    """The faults, or that there are none."""
    if as_json:
        found = [_fault(fault) for fault in faults]
        _print_json({"ok": not faults, "policy": policy and policy.hash, "faults": found})
        return
    console = _console()
    for fault in faults:
        console.print(escape(fault))
    if faults or policy is None:
        console.print(f"[red]{_count(len(faults), 'fault')}[/red]")
    else:
        console.print(f"[green]in order[/green]: {_size(policy)}, policy {policy.hash[:16]}")


def ran(result: RunResult, *, as_json: bool) -> None:
    """What does not hold, with its place, then the figures."""
    if as_json:
        _print_json(_ran(result))
        return
    console = _console()
    for fault in result.faults:
        console.print(f"[red]FAULT[/red] {escape(fault)}")
    for proved in result.proved:
        if not proved.holds:
            console.print(f"[red]FAIL[/red] {escape(str(proved.fault))}")
    for row in result.rows:
        if not row.holds:
            _failed_row(console, row)
    _figures(console, result)


def listed(policy: Policy, *, as_json: bool) -> None:
    """One line for each rule."""
    if as_json:
        rules = [_rule(rule) for rule in policy.rules]
        replies = [_reply_rule(rule) for rule in all_rules(policy)]
        _print_json({"policy": policy.hash, "rules": rules, "replies": replies})
        return
    table = Table(title=_size(policy), box=None)
    table.add_column("rule", no_wrap=True)
    for name in ("mode", "verdict", "in force", "citation"):
        table.add_column(name)
    for rule in policy.rules:
        table.add_row(rule.id, rule.mode, rule.verdict.label, _dates(rule), escape(rule.citation))
    Console().print(table)
    _replies(policy)


def _replies(policy: Policy) -> None:
    table = Table(title="how replies are read", box=None)
    table.add_column("rule", no_wrap=True)
    for name in ("means", "what it reads", "citation"):
        table.add_column(name)
    for rule in all_rules(policy):
        table.add_row(rule.id, _meaning(rule), escape(rule.title), escape(rule.citation))
    if table.row_count:
        Console().print(table)


def explained(subject: Rule | Detector | ReplyRule, policy: Policy, *, as_json: bool) -> None:
    """Everything that is known of one rule, detector or rule of replies."""
    match subject:
        case Rule():
            said = _rule(subject)
        case Detector():
            said = _detector(subject)
        case _:
            said = _reply_rule(subject)
    tests = [case for case in policy.cases if isinstance(subject, Rule) and case.rule == subject.id]
    if as_json:
        cases = [{"name": t.name, "fires": t.fires, "source": str(t.source)} for t in tests]
        _print_json({**said, "tests": cases})
        return
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in said.items():
        if value not in (None, {}, []):
            table.add_row(name.replace("_", " "), escape(_words(value)))
    for case in tests:
        mark = "fires" if case.fires else "silent"
        table.add_row("test", escape(f"{mark}: {case.name} ({case.source})"))
    Console().print(table)


def _failed_row(console: Console, row: RowResult) -> None:
    console.print(f"[red]FAIL[/red] {escape(f'{row.source}: {row.name}')}")
    for problem in row.problems:
        console.print(f"     {escape(problem)}")
    for finding in row.decision.findings:
        said = f"{finding.rule}: {finding.verdict.label} ({finding.mode}), {finding.reason}"
        console.print(f"     [dim]found {escape(said)}: {escape(finding.detail)}[/dim]")


def _figures(console: Console, result: RunResult) -> None:
    for what, holds in (
        ("examples", [each.holds for each in result.proved]),
        ("rows of tables", [row.holds for row in result.rows]),
    ):
        if holds:
            colour = "green" if all(holds) else "red"
            console.print(f"[{colour}]{sum(holds)} of {len(holds)}[/{colour}] {what} hold")
    if result.proved:
        least = min((min(c.firing, c.silent) for c in coverage(result.policy)), default=0)
        console.print(f"every rule and detector has at least {least} of either kind")
    console.print(f"policy {result.policy.hash[:16]}: {_size(result.policy)}")


def _ran(result: RunResult) -> dict[str, Any]:
    return {
        "ok": result.holds,
        "policy": result.policy.hash,
        "faults": [_fault(fault) for fault in result.faults],
        "examples": [
            {
                "subject": each.subject,
                "name": each.name,
                "source": str(each.source),
                "ok": each.holds,
                "problem": each.problem or None,
            }
            for each in result.proved
        ],
        "rows": [_row(row) for row in result.rows],
    }


def _row(row: RowResult) -> dict[str, Any]:
    later = row.decision.next_allowed_at
    return {
        "name": row.name,
        "source": str(row.source),
        "ok": row.holds,
        "problems": list(row.problems),
        "verdict": row.decision.verdict.label,
        "findings": list(rule_ids(row.decision.findings)),
        "reasons": sorted({str(finding.reason) for finding in row.decision.findings}),
        "next_allowed_at": later.isoformat() if later else None,
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": rule.title,
        "pack": rule.pack,
        "citation": rule.citation,
        "url": rule.url,
        "in_force": _dates(rule),
        "verified_on": rule.verified_on.isoformat() if rule.verified_on else None,
        "confidence": rule.confidence,
        "mode": str(rule.mode),
        "verdict": rule.verdict.label,
        "overridable": rule.overridable,
        "applies": _applies(rule.applies),
        "check": rule.check,
        "with": dict(rule.said),
        "note": rule.note,
        "source": str(rule.source),
    }


def _detector(detector: Detector) -> dict[str, Any]:
    return {
        "id": detector.id,
        "title": detector.title,
        "family": str(detector.family),
        "citation": detector.citation,
        "verified_on": detector.verified_on.isoformat() if detector.verified_on else None,
        "mode": str(detector.mode),
        "likelihood": detector.likelihood.label,
        "positives": list(detector.positives),
        "negatives": list(detector.negatives),
        "source": str(detector.source),
    }


def _reply_rule(rule: ReplyRule) -> dict[str, Any]:
    words = list(rule.words) if isinstance(rule, KeywordSet) else []
    return {
        "id": rule.id,
        "title": rule.title,
        "language": rule.language,
        "means": _meaning(rule),
        "words": words,
        "citation": rule.citation,
        "verified_on": rule.verified_on.isoformat(),
        "positives": list(rule.positives),
        "negatives": list(rule.negatives),
        "source": str(rule.source),
    }


def _meaning(rule: ReplyRule) -> str:
    return str(rule.kind) if rule.certain else f"perhaps {rule.kind}"


def _applies(applies: Applies) -> dict[str, Any]:
    said: dict[str, Any] = {
        "channels": sorted(applies.channels),
        "purposes": sorted(applies.purposes),
        "technologies": sorted(applies.technologies),
        "sender_kinds": sorted(applies.sender_kinds),
        "campaigns": sorted(applies.campaigns),
        "jurisdiction": applies.jurisdiction,
    }
    return {name: value for name, value in said.items() if value}


def _dates(rule: Rule) -> str:
    first = "always" if rule.effective_from.year == 1 else f"from {rule.effective_from}"
    return f"{first} to {rule.effective_to}" if rule.effective_to else first


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_words(below)}" for key, below in value.items())
    if isinstance(value, list):
        return ", ".join(_words(item) for item in value)
    return str(value)


def _size(policy: Policy) -> str:
    parts = [_count(len(policy.rules), "rule"), _count(len(policy.detectors), "detector")]
    if policy.replies:
        parts.append(_count(sum(1 for _ in all_rules(policy)), "rule") + " of replies")
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _fault(line: str) -> dict[str, Any]:
    """A line `file:line:column: message` as its parts; a line of another form is all message."""
    place, _, message = line.partition(": ")
    file, *numbers = place.rsplit(":", 2)
    if len(numbers) != 2 or not all(number.isdigit() for number in numbers):
        return {"file": None, "line": None, "column": None, "message": line}
    return {"file": file, "line": int(numbers[0]), "column": int(numbers[1]), "message": message}


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True)


def _print_json(value: Any) -> None:
    print(json.dumps(value, indent=2, default=str))
