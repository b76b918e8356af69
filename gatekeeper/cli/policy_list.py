"""How does a policy author see all rules at a glance?"""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gatekeeper.cli.policy_explain import reply_rule_said, rule_said
from gatekeeper.cli.policy_folder import AsJson, Folder, load
from gatekeeper.cli.policy_output import dates, meaning, print_json, size
from gatekeeper.policy.model import Policy
from gatekeeper.policy.replies import all_rules


def list_rules(folder: Folder = None, as_json: AsJson = False) -> None:
    """List all rules with mode, verdict, dates and citation, and how replies are read."""
    listed(load(folder).policy, as_json=as_json)


def listed(policy: Policy, *, as_json: bool) -> None:
    """One line for each rule."""
    if as_json:
        rules = [rule_said(rule) for rule in policy.rules]
        replies = [reply_rule_said(rule) for rule in all_rules(policy)]
        print_json({"policy": policy.hash, "rules": rules, "replies": replies})
        return
    table = Table(title=size(policy), box=None)
    table.add_column("rule", no_wrap=True)
    for name in ("mode", "verdict", "in force", "citation"):
        table.add_column(name)
    for rule in policy.rules:
        table.add_row(rule.id, rule.mode, rule.verdict.label, dates(rule), escape(rule.citation))
    Console().print(table)
    _replies(policy)


def _replies(policy: Policy) -> None:
    table = Table(title="how replies are read", box=None)
    table.add_column("rule", no_wrap=True)
    for name in ("means", "what it reads", "citation"):
        table.add_column(name)
    for rule in all_rules(policy):
        table.add_row(rule.id, meaning(rule), escape(rule.title), escape(rule.citation))
    if table.row_count:
        Console().print(table)
