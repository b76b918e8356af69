"""Is the template that the message names approved, and does it name one where it must?"""

from __future__ import annotations

from gatekeeper.checks import edges_kinds
from gatekeeper.checks.answer import answers_recipient
from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class TemplateStatus(Params):
    """Which templates pass, and whether a message may do without one."""

    status: str = "approved"
    """The one status that lets a template pass."""
    needed: bool = False
    """Whether a message that names no registered template is a finding too."""
    categories: frozenset[str] = frozenset()
    """The categories that there are, in lower case; a template that tells none is let pass."""


def run(facts: Facts, rule: Rule) -> Finding | None:
    """A message without a template has nothing to approve, unless the rule asks for one."""
    params: TemplateStatus = rule.params
    template = facts.template
    if template is None:
        return _absent(facts, rule) if params.needed else None
    status, category = template.status.lower(), (template.category or "").lower()
    if status != params.status:
        return rule.finding(Reason.TEMPLATE_UNAPPROVED, f"The template's status is {status}.")
    if category and params.categories and category not in params.categories:
        detail = f"Templates of category {category} are not approved there."
        return rule.finding(Reason.TEMPLATE_UNAPPROVED, detail)
    return None


def _absent(facts: Facts, rule: Rule) -> Finding | None:
    if answers_recipient(facts):
        return None
    return rule.finding(Reason.TEMPLATE_UNAPPROVED, "The message names no registered template.")


def compared(facts: Facts, rule: Rule) -> Compared:
    """The template's status and category."""
    params: TemplateStatus = rule.params
    template = facts.template
    limit = params.status + (", and one is needed" if params.needed else "")
    if params.categories:
        limit += f"; category {', '.join(sorted(params.categories))}"
    if template is None:
        return Compared("no template", limit)
    return Compared(
        f"{template.status.lower()}, {(template.category or 'no category').lower()}", limit
    )


CHECK = Check(
    "template",
    TemplateStatus,
    run,
    edges=edges_kinds.template,
    stage=7,
    compared=compared,
    needs=("at", "consent", "kind", "limits", "template"),
)
