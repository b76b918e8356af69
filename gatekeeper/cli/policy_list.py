"""How does a policy author see all rules at a glance?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gatekeeper.cli.policy_explain import detector_said, reply_rule_said, rule_said
from gatekeeper.cli.policy_folder import AsJson, Folder, load
from gatekeeper.cli.policy_output import dates, meaning, print_json, size
from gatekeeper.domain.words import Family, Mode, Status
from gatekeeper.policy.model import Detector, Policy
from gatekeeper.policy.replies import all_rules

_USUAL = (Mode.ENFORCE, Status.STABLE)
OnlyDetectors = Annotated[
    bool, typer.Option("--detectors", help="List the detectors alone, one by one.")
]
OfFamily = Annotated[
    Family | None, typer.Option("--family", help="List the detectors of this family alone.")
]


def list_rules(
    folder: Folder = None,
    as_json: AsJson = False,
    only_detectors: OnlyDetectors = False,
    family: OfFamily = None,
) -> None:
    """List all rules with mode, verdict, dates and citation, detectors, and how replies read."""
    policy = load(folder).policy
    if as_json or not (only_detectors or family):
        listed(policy, as_json=as_json)
    else:
        found = [each for each in policy.detectors if family in (None, each.family)]
        Console().print(_detectors(found))


def listed(policy: Policy, *, as_json: bool) -> None:
    """One line for each rule."""
    if as_json:
        rules = [rule_said(rule) for rule in policy.rules]
        detectors = [detector_said(each) for each in policy.detectors]
        replies = [reply_rule_said(rule) for rule in all_rules(policy)]
        told = {"rules": rules, "detectors": detectors, "replies": replies}
        print_json({"policy": policy.hash, **told})
        return
    table = Table(title=size(policy), box=None)
    table.add_column("rule", no_wrap=True)
    for name in ("mode", "verdict", "in force", "citation"):
        table.add_column(name)
    for rule in policy.rules:
        table.add_row(rule.id, rule.mode, rule.verdict.label, dates(rule), escape(rule.citation))
    Console().print(table)
    if policy.detectors:
        Console().print(_families(policy))
    _replies(policy)


def _families(policy: Policy) -> Table:
    """One line for each family: there are too many detectors to show each of them here."""
    table = Table(title="detectors by family (--detectors shows each)", box=None)
    table.add_column("family", no_wrap=True)
    for name in ("detectors", "languages", "categories"):
        table.add_column(name)
    for family in Family:
        found = [each for each in policy.detectors if each.family is family]
        if found:
            table.add_row(family, str(len(found)), languages(found), categories(found))
    return table


def languages(detectors: Iterable[Detector]) -> str:
    """The languages that detectors are for, `any` among them."""
    named = {language for each in detectors for language in each.languages}
    anywhere = ["any"] if any(not each.languages for each in detectors) else []
    return ", ".join([*anywhere, *sorted(named)])


def categories(detectors: Iterable[Detector]) -> str:
    """The categories that detectors name."""
    return ", ".join(sorted({each.category for each in detectors if each.category}))


def _detectors(detectors: Iterable[Detector]) -> Table:
    table = Table(title="detectors", box=None)
    table.add_column("detector", no_wrap=True)
    for name in ("family", "category", "severity", "languages", "likelihood", "state", "finds"):
        table.add_column(name)
    for each in detectors:
        state = ", ".join(word for word in (each.mode, each.status) if word not in _USUAL) or "on"
        likelihood, severity = each.likelihood.label.replace("_", " "), str(each.severity)
        told = each.category or "", severity, languages([each]), likelihood, state, each.title
        table.add_row(each.id, each.family, *map(escape, told))
    return table


def _replies(policy: Policy) -> None:
    table = Table(title="how replies are read", box=None)
    table.add_column("rule", no_wrap=True)
    for name in ("means", "what it reads", "citation"):
        table.add_column(name)
    for rule in all_rules(policy):
        table.add_row(rule.id, meaning(rule), escape(rule.title), escape(rule.citation))
    if table.row_count:
        Console().print(table)
