"""Does the message bear a tag under which nothing like it may be sent?"""

from __future__ import annotations

from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class Tags(Params):
    """No parameters: the rule's own scope says which messages may bear none."""


def run(facts: Facts, rule: Rule) -> Finding | None:
    """Any tag counts, also one that nobody knows: a tag claims that the message is no offer."""
    if facts.tag is None:
        return None
    return rule.finding(
        Reason.CHANNEL_MARKETING_BLOCKED, "No message of this purpose is sent under a tag."
    )


def compared(facts: Facts, rule: Rule) -> Compared:
    """The tag."""
    return Compared(f"tag {facts.tag}" if facts.tag else "no tag", "no tag")


CHECK = Check("tag", Tags, run, about="tag", stage=7, compared=compared, needs=("tag",))
