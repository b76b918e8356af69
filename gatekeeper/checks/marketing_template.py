"""Does the channel refuse marketing templates to this destination?"""

from __future__ import annotations

from gatekeeper.checks.contract import Check, Compared, Params
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


def compared(facts: Facts, rule: Rule) -> Compared:
    """The template's category, and where it goes."""
    params: MarketingTemplate = rule.params
    number, template = facts.recipient.number, facts.template
    category = (template.category or "no category").lower() if template else "no template"
    there = number is not None and number.e164.startswith(params.calling_code)
    value = f"{category}, {'to' if there else 'not to'} {params.calling_code}"
    return Compared(value, f"no marketing template to {params.calling_code}")


CHECK = Check(
    "marketing_template",
    MarketingTemplate,
    run,
    about="template",
    stage=7,
    compared=compared,
    needs=("purpose", "recipient.number.e164", "template.name", "template.category"),
)
