"""In which words and forms do the policy commands show what they found?"""

from __future__ import annotations

import json
from typing import Any

from rich.console import Console

from gatekeeper.policy.model import Policy, Rule
from gatekeeper.policy.replies import all_rules
from gatekeeper.policy.reply_model import ReplyRule


def size(policy: Policy) -> str:
    """How much a policy holds, in words."""
    parts = [count(len(policy.rules), "rule"), count(len(policy.detectors), "detector")]
    if policy.replies:
        parts.append(count(sum(1 for _ in all_rules(policy)), "rule") + " of replies")
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def count(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def parts(line: str) -> dict[str, Any]:
    """A line `file:line:column: message` as its parts; a line of another form is all message."""
    place, _, message = line.partition(": ")
    file, *numbers = place.rsplit(":", 2)
    if len(numbers) != 2 or not all(number.isdigit() for number in numbers):
        return {"file": None, "line": None, "column": None, "message": line}
    return {"file": file, "line": int(numbers[0]), "column": int(numbers[1]), "message": message}


def dates(rule: Rule) -> str:
    """The days on which a rule is in force."""
    first = "always" if rule.effective_from.year == 1 else f"from {rule.effective_from}"
    return f"{first} to {rule.effective_to}" if rule.effective_to else first


def meaning(rule: ReplyRule) -> str:
    """What a rule of replies takes a reply for."""
    return str(rule.kind) if rule.certain else f"perhaps {rule.kind}"


def console() -> Console:
    """Where people read: a long line is not broken and nothing in it is coloured."""
    return Console(highlight=False, soft_wrap=True)


def print_json(value: Any) -> None:
    """The value as JSON for machines."""
    print(json.dumps(value, indent=2, default=str))
