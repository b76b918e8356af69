"""Is the template that the message names approved?"""

from __future__ import annotations

from gatekeeper.checks.contract import Check, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class TemplateStatus(Params):
    """The one status that lets a template pass."""

    status: str = "approved"


def run(facts: Facts, rule: Rule) -> Finding | None:
    """A message without a template has nothing to approve."""
    params: TemplateStatus = rule.params
    template = facts.template
    if template is None or template.status.lower() == params.status:
        return None
    return rule.finding(
        Reason.TEMPLATE_UNAPPROVED, f"The template's status is {template.status.lower()}."
    )


CHECK = Check("template", TemplateStatus, run, about="template")
