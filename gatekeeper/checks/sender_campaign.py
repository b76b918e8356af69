"""May this sender send for this campaign, and on behalf of this end customer?"""

from __future__ import annotations

from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class SenderCampaign(Params):
    """No parameters: a campaign that names its senders means no others."""


_TOLD = {
    "campaign": "The sender is not among those that the campaign is registered with.",
    "end_customer": "The sender belongs to another end customer than the message.",
}


def run(facts: Facts, rule: Rule) -> Finding | None:
    """It is told before anything else: the wrong sender is a matter of identity."""
    barred = facts.sender.barred
    if barred is None:
        return None
    return rule.finding(Reason.SENDER_UNREGISTERED, _TOLD[barred], stage=0)


def compared(facts: Facts, rule: Rule) -> Compared:
    """Why the sender may not send for the campaign, if so."""
    barred = facts.sender.barred
    return Compared(
        f"barred by the {barred.replace('_', ' ')}" if barred else "may send",
        "a sender of this campaign and end customer",
    )


CHECK = Check(
    "sender_campaign",
    SenderCampaign,
    run,
    about="sender.barred",
    stage=0,
    compared=compared,
    needs=("sender.barred",),
)
