"""How is the tree of rules shown to a person: what fired, what nearly did, and what would help?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape

from gatekeeper.cli.policy_output import console
from gatekeeper.rollout.change import RemedyShape
from gatekeeper.rollout.explain_tree import ListTrace, RuleTrace, StageTrace, Tree

_COLOURS = {"fires": "red", "failed": "red", "near": "yellow", "silent": "green"}
_WORDS = {
    "fires": "fires",
    "failed": "failed",
    "silent": "silent",
    "does_not_bind": "not about this message",
    "not_in_force": "not in force",
    "off": "off",
}


def show_tree(tree: Tree, *, whole: bool, remark: str = "") -> None:
    """The verdict, the rules by stage and check, and the least that would let the message go."""
    shown = console()
    _head(shown, tree)
    if remark:
        shown.print(f"[dim]{escape(remark)}[/dim]")
    for stage in tree.stages:
        rules = {c.check: [r for r in c.rules if whole or _tells(r)] for c in stage.checks}
        if any(rules.values()):
            _stage(shown, stage, rules)
    if tree.change is not None:
        _change(shown, tree.change)
    _figures(shown, tree, whole=whole)


def _head(shown: Console, tree: Tree) -> None:
    why = f" ({tree.reason})" if tree.reason else ""
    later = f", next allowed at {tree.next_allowed_at.isoformat()}" if tree.next_allowed_at else ""
    shown.print(f"[bold]{tree.verdict}[/bold]{escape(why)}{later}")
    where = ", ".join(tree.places) or "not known"
    shown.print(f"place: {where} (by {tree.confidence.replace('_', ' ')})")
    shown.print(f"time:  {', '.join(tree.clocks) or tree.at.isoformat()}")


def _tells(rule: RuleTrace) -> bool:
    return rule.outcome in ("fires", "failed") or rule.near


def _stage(shown: Console, stage: StageTrace, rules: dict[str, list[RuleTrace]]) -> None:
    shown.print(f"\n[bold]{stage.stage} {stage.name}[/bold]")
    for check, of_check in rules.items():
        for rule in of_check:
            for line in rule_lines(rule, check):
                shown.print(f"  {line}")


def rule_lines(rule: RuleTrace, check: str) -> Iterator[str]:
    """A rule in as many lines as there is to say, in rich's markup."""
    near = rule.near and rule.outcome == "silent"
    colour = _COLOURS.get("near" if near else rule.outcome, "dim")
    word = "nearly" if near else _WORDS[rule.outcome]
    said = f" {rule.verdict}" + (f", {rule.reason}" if rule.reason else "")
    effect = said if rule.outcome == "fires" else ""
    limited = f", without effect: {rule.limited}" if rule.limited else ""
    yield f"[{colour}]{word}[/{colour}] {rule.rule}{escape(effect + limited)} [dim]({check})[/dim]"
    if rule.outcome != "silent":
        yield f"    {escape(rule.why)}"
    if rule.value is not None:
        yield f"    is: {escape(rule.value)}"
        yield f"    asked: {escape(rule.limit or '')}"
    yield from (f"    {escape(_list(each))}" for each in rule.lists)
    if rule.outcome == "fires" or near:
        doubt = "" if rule.confidence == "high" else f"; confidence {rule.confidence}"
        yield f"    [dim]{escape(rule.title)}: {escape(rule.citation)}{doubt}[/dim]"


def _list(each: ListTrace) -> str:
    version = f", version {each.version}" if each.version else ""
    age = f", {each.age_days:g} days old" if each.age_days is not None else ", of unknown age"
    return f"list {each.list}: {each.answer}{version}{age}"


def _change(shown: Console, change: RemedyShape) -> None:
    shown.print()
    for why in change.hopeless:
        shown.print(f"[red]nothing that the sender can do lets it go[/red]: {escape(why)}")
    for number, way in enumerate(change.ways):
        shown.print("[bold]to let it go[/bold]:" if number == 0 else "or:")
        for each in way.changes:
            depends = f" It goes if {each.depends}." if each.depends else ""
            shown.print(f"  - {escape(each.sentence + depends)}")
    if change.ways and not change.smallest:
        shown.print("  (not every smaller set was tried)")


def _figures(shown: Console, tree: Tree, *, whole: bool) -> None:
    rules = [rule for stage in tree.stages for check in stage.checks for rule in check.rules]
    counted = Counter(rule.outcome for rule in rules)
    told = ", ".join(f"{counted[outcome]} {word}" for outcome, word in _WORDS.items()
                     if counted[outcome])  # fmt: skip
    more = "" if whole else "; --all shows every one"
    shown.print(f"\n{len(rules)} rules considered: {told}{more}; policy {tree.policy[:16]}")
