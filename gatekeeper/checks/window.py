"""Is the conversation's window still open for a free text?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from pydantic import PositiveInt

from gatekeeper.checks import edges_time
from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule

NEAR = timedelta(hours=1)
"""So close to its end a window is told of."""


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


def compared(facts: Facts, rule: Rule) -> Compared:
    """How long ago the recipient wrote."""
    params: Window = rule.params
    hours = params.hours
    if facts.tag is not None and not facts.automated:
        hours = params.tags.get(facts.tag, hours)
    limit = f"less than {hours} h ago" + (", or a template" if params.templates else "")
    if params.templates and facts.template is not None:
        return Compared("a template", limit)
    if facts.last_inbound_at is None:
        return Compared("the recipient has never written", limit)
    age = facts.at - facts.last_inbound_at
    near = abs(timedelta(hours=hours) - age) <= NEAR
    return Compared(f"the recipient wrote {age.total_seconds() / 3600:.1f} h ago", limit, near)


CHECK = Check(
    "window",
    Window,
    run,
    edges=edges_time.window,
    stage=7,
    compared=compared,
    needs=("at", "automated", "last_inbound_at", "tag", "template.name"),
)
