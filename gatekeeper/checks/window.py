"""Is the conversation's window still open for a free text?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from pydantic import PositiveInt

from gatekeeper.checks import edges_time
from gatekeeper.checks.contract import Check, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class Window(Params):
    """How long after the recipient's last message a free text may follow."""

    hours: PositiveInt
    templates: bool = False
    """Whether a registered template may be sent outside the window."""
    tags: Mapping[str, PositiveInt] = {}
    """Hours for messages that a person sends under a tag (Messenger's HUMAN_AGENT)."""


def run(facts: Facts, rule: Rule) -> Finding | None:
    """Closed at exactly `hours` after the recipient's last message, or if there is none."""
    params: Window = rule.params
    if params.templates and facts.template is not None:
        return None
    hours = params.hours
    if facts.tag is not None and not facts.automated:
        hours = params.tags.get(facts.tag, hours)
    inbound = facts.last_inbound_at
    if inbound is not None and facts.at < inbound + timedelta(hours=hours):
        return None
    return rule.finding(
        Reason.WINDOW_CLOSED, f"The recipient has not written within the last {hours} hours."
    )


CHECK = Check("window", Window, run, edges=edges_time.window)
