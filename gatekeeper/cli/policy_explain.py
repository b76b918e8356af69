"""How does a policy author see what a rule says, and on what it stands?"""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gatekeeper.cli.policy_folder import AsJson, Folder, fail, load
from gatekeeper.cli.policy_output import dates, meaning, print_json
from gatekeeper.policy.faults import suggest
from gatekeeper.policy.model import Applies, Detector, Policy, Rule
from gatekeeper.policy.replies import all_rules
from gatekeeper.policy.reply_model import KeywordSet, ReplyRule

RuleId = Annotated[
    str, typer.Argument(help="Id of a rule, detector or rule of replies, as the records name it.")
]


def explain(rule_id: RuleId, folder: Folder = None, as_json: AsJson = False) -> None:
    """Show a rule, detector or rule of replies: its source in law, its dates, its tests."""
    policy = load(folder).policy
    known: dict[str, Rule | Detector | ReplyRule] = {each.id: each for each in policy.detectors}
    known.update((each.id, each) for each in all_rules(policy))
    known.update((each.id, each) for each in policy.rules)
    if rule_id not in known:
        fail(f"there is no rule or detector {rule_id}{suggest(rule_id, known)}")
    explained(known[rule_id], policy, as_json=as_json)


def explained(subject: Rule | Detector | ReplyRule, policy: Policy, *, as_json: bool) -> None:
    """Everything that is known of one rule, detector or rule of replies."""
    match subject:
        case Rule():
            said = rule_said(subject)
        case Detector():
            said = _detector(subject)
        case _:
            said = reply_rule_said(subject)
    tests = [case for case in policy.cases if isinstance(subject, Rule) and case.rule == subject.id]
    if as_json:
        cases = [{"name": t.name, "fires": t.fires, "source": str(t.source)} for t in tests]
        print_json({**said, "tests": cases})
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


def rule_said(rule: Rule) -> dict[str, Any]:
    """All that one rule says."""
    return {
        "id": rule.id,
        "title": rule.title,
        "pack": rule.pack,
        "citation": rule.citation,
        "url": rule.url,
        "in_force": dates(rule),
        "verified_on": rule.verified_on.isoformat() if rule.verified_on else None,
        "confidence": rule.confidence,
        "mode": str(rule.mode),
        "verdict": rule.verdict.label,
        "override": rule.override,
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


def reply_rule_said(rule: ReplyRule) -> dict[str, Any]:
    """All that one rule of replies says."""
    words = list(rule.words) if isinstance(rule, KeywordSet) else []
    return {
        "id": rule.id,
        "title": rule.title,
        "language": rule.language,
        "means": meaning(rule),
        "words": words,
        "citation": rule.citation,
        "verified_on": rule.verified_on.isoformat(),
        "positives": list(rule.positives),
        "negatives": list(rule.negatives),
        "source": str(rule.source),
    }


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


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_words(below)}" for key, below in value.items())
    if isinstance(value, list):
        return ", ".join(_words(item) for item in value)
    return str(value)
