"""Does the channel refuse marketing templates to this destination?"""

from __future__ import annotations

from gatekeeper.checks.contract import Check, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import Purpose
from gatekeeper.policy.model import Rule


class MarketingTemplate(Params):
    """Country calling code (`+1`) to which no marketing template is delivered."""

    calling_code: str


def run(facts: Facts, rule: Rule) -> Finding | None:
    """A template is marketing if its category says so or the message's purpose is marketing."""
    params: MarketingTemplate = rule.params
    number, template = facts.recipient.number, facts.template
    if number is None or template is None or not number.e164.startswith(params.calling_code):
        return None
    category = (template.category or "").lower()
    if category != "marketing" and facts.purpose is not Purpose.MARKETING:
        return None
    return rule.finding(
        Reason.CHANNEL_MARKETING_BLOCKED,
        f"Marketing templates are not delivered to {params.calling_code} numbers.",
    )


CHECK = Check("marketing_template", MarketingTemplate, run, about="template")
