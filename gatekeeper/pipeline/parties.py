"""May the parties to a message send it: tenant, end customers, application and campaign?"""

from __future__ import annotations

from datetime import datetime

from gatekeeper.domain.facts import PartyTerms
from gatekeeper.domain.standing import Suspension
from gatekeeper.pipeline.case import Case


def suspended(case: Case) -> str | None:
    """Which level is suspended at the case's instant, the widest first."""
    at, caller, campaign = case.at, case.caller, case.campaign
    if binds(caller.tenant.suspended, at):
        return "tenant"
    if any(binds(each.suspended, at) for each in case.end_customers):
        return "end_customer"
    if binds(caller.application.suspended, at):
        return "application"
    return "campaign" if campaign is not None and binds(campaign.suspended, at) else None


def binds(suspension: Suspension | None, at: datetime) -> bool:
    """Whether there is a suspension at the instant."""
    return suspension is not None and suspension.binds(at)


def terms(case: Case) -> tuple[PartyTerms, ...]:
    """What the tenant, and each end customer that the message is sent for, has accepted."""
    accepted = case.caller.tenant.terms
    own = PartyTerms("tenant", accepted.version if accepted else None)
    if not case.end_customers:
        return (own,)
    theirs = [each.terms for each in case.end_customers]
    return (own, *[PartyTerms("end_customer", each.version if each else None) for each in theirs])


def component_disabled(case: Case) -> bool:
    """Whether the channel is none of those that the tenant may use."""
    components = case.caller.tenant.components
    return components is not None and case.request.channel not in components
