"""May the tenant use this channel at all?"""

from __future__ import annotations

from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class Component(Params):
    """No parameters: what is enabled stands in the registry."""


def run(facts: Facts, rule: Rule) -> Finding | None:
    """A finding when the channel is none of those that were enabled."""
    if not facts.component_disabled:
        return None
    detail = f"The channel {facts.channel} is not enabled for this tenant."
    return rule.finding(Reason.COMPONENT_DISABLED, detail)


def compared(facts: Facts, rule: Rule) -> Compared:
    """Whether the channel is enabled."""
    state = "not enabled" if facts.component_disabled else "enabled"
    return Compared(f"channel {facts.channel} is {state}", "the channel is enabled")


CHECK = Check(
    "component",
    Component,
    run,
    about="component_disabled",
    stage=0,
    compared=compared,
    needs=("channel", "component_disabled"),
)
