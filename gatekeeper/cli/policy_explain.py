"""How does a policy author see what a rule says, and on what it stands?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from inspect import signature
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gatekeeper.cli.explain_decision import recorded_facts
from gatekeeper.cli.explain_output import show_tree
from gatekeeper.cli.policy_folder import AsJson, Folder, fail, load, read_tables
from gatekeeper.cli.policy_output import dates, meaning, print_json
from gatekeeper.cli.question import options, read_question, refuse
from gatekeeper.domain.facts import Facts
from gatekeeper.errors import InputRejected
from gatekeeper.policy.faults import suggest
from gatekeeper.policy.model import Applies, Detector, Policy, Rollout, Rule
from gatekeeper.policy.replies import all_rules
from gatekeeper.policy.reply_model import KeywordSet, ReplyRule
from gatekeeper.rollout.explain_tree import explain as tree_of
from gatekeeper.rollout.given import facts_of
from gatekeeper.rollout.ready import Judge
from gatekeeper.rollout.whatif import offline_facts
from gatekeeper.settings import Settings

Subject = Annotated[
    str | None,
    typer.Argument(
        help="Id of a rule, detector or rule of replies, as the records name it; "
        "the policy folder, where a message is explained."
    ),
]
Row = Annotated[
    str | None,
    typer.Option("--row", help="Explain a row of a decision table: FILE.yaml, or FILE.yaml:NAME."),
]
Decision = Annotated[
    str | None,
    typer.Option("--decision", help="Explain a decision of the journal, by its id."),
]
Message = Annotated[
    bool, typer.Option("--message", help="Explain the message that the options below type.")
]
All = Annotated[
    bool, typer.Option("--all", help="Show every rule, not only those that fire or nearly do.")
]


def explain(  # noqa: PLR0913 - each is a command-line option
    subject: Subject = None,
    folder: Folder = None,
    as_json: AsJson = False,
    row: Row = None,
    decision: Decision = None,
    whole: All = False,
    message: Message = False,
    **said: str | None,
) -> None:
    """Show a rule with its source and tests; or, of a message, every rule that was considered.

    The message is typed (--message --channel ... --to ...), a row of a decision table (--row), or
    one that was decided (--decision): its recorded facts are judged by the folder as it is now.
    """
    typed = {name: value for name, value in said.items() if value is not None}
    if not (row or decision or message or typed):
        _explain_rule(subject, folder, as_json=as_json)
        return
    if folder is not None:
        fail(f"{subject} is a rule or a message is explained, not both")
    judge = load(Path(subject) if subject else None)
    remark = ""
    if decision:
        journal = Settings().journal_folder
        facts, remark = recorded_facts(journal, decision, judge.policy)
    else:
        facts = _row_facts(row, judge) if row else _typed_facts(typed, judge)
    tree = tree_of(facts, judge.policy, whole=True)
    if as_json:
        typer.echo(tree.model_dump_json(indent=2))
    else:
        show_tree(tree, whole=whole, remark=remark)


def _explain_rule(rule_id: str | None, folder: Path | None, *, as_json: bool) -> None:
    if rule_id is None:
        fail("name a rule; or a message, by --message, --row or --decision")
    policy = load(folder).policy
    known: dict[str, Rule | Detector | ReplyRule] = {each.id: each for each in policy.detectors}
    known.update((each.id, each) for each in all_rules(policy))
    known.update((each.id, each) for each in policy.rules)
    if rule_id not in known:
        fail(f"there is no rule or detector {rule_id}{suggest(rule_id, known)}")
    explained(known[rule_id], policy, as_json=as_json)


def _typed_facts(typed: Mapping[str, str], judge: Judge) -> Facts:
    question = read_question(typed)
    try:
        policy = judge.policy
        now = datetime.now(UTC)
        return offline_facts(question, now, judge.screener, policy.orders, policy.trust)
    except InputRejected as error:
        refuse(str(error))


def _row_facts(named: str, judge: Judge) -> Facts:
    """The facts of a row: the one of that name, or the only one."""
    file, name = _file_and_name(named)
    rows, faults = read_tables([file])
    if faults:
        fail("\n".join(faults))
    wanted = [row for row in rows if name in (None, row.name)]
    if not wanted:
        fail(f"{file} has no row {name}{suggest(name or '', [row.name for row in rows])}")
    if len(wanted) > 1:
        names = "\n".join(f"  {row.name}" for row in wanted)
        fail(f"{file} has several rows; name one, as {file}:NAME\n{names}")
    return facts_of(wanted[0].whole, judge.screener, judge.policy.trust)


def _file_and_name(named: str) -> tuple[Path, str | None]:
    if Path(named).is_file():
        return Path(named), None
    file, colon, name = named.partition(".yaml:")
    return (Path(f"{file}.yaml"), name) if colon else (Path(named), None)


_own = signature(explain, eval_str=True)
_shown = [each for each in _own.parameters.values() if each.name != "said"]
explain.__signature__ = _own.replace(  # type: ignore[attr-defined]
    parameters=[*_shown, *options(required=False, without=frozenset({"explain", "consent"}))]
)


def explained(subject: Rule | Detector | ReplyRule, policy: Policy, *, as_json: bool) -> None:
    """Everything that is known of one rule, detector or rule of replies."""
    match subject:
        case Rule():
            said = rule_said(subject)
        case Detector():
            said = detector_said(subject)
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
        "rollout": _rollout(rule.rollout),
        "tightens": rule.tightens,
        "applies": _applies(rule.applies),
        "check": rule.check,
        "with": dict(rule.said),
        "note": rule.note,
        "source": str(rule.source),
    }


def detector_said(detector: Detector) -> dict[str, Any]:
    """All that one detector says, but for the parts that find."""
    return {
        "id": detector.id,
        "title": detector.title,
        "family": str(detector.family),
        "category": detector.category,
        "severity": detector.severity,
        "languages": list(detector.languages),
        "status": str(detector.status),
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
        "tenants": sorted(applies.tenants),
    }
    return {name: value for name, value in said.items() if value}


def _rollout(rollout: Rollout) -> dict[str, Any] | None:
    """Where the rule is enforced, None for everywhere."""
    if rollout == Rollout():
        return None
    tenants = {"tenants": sorted(rollout.tenants)} if rollout.tenants else {}
    return {"percent": rollout.percent, **tenants}


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_words(below)}" for key, below in value.items())
    if isinstance(value, list):
        return ", ".join(_words(item) for item in value)
    return str(value)
