"""What consent holds for a message, whatever its sender and campaign were registered for before?

Who leaves a campaign, a purpose or a brand says stop to what they were sent. If the sender is then
moved to another campaign, or the campaign is given another purpose, the message is about something
else, and a narrow opt-out would no longer reach it. So an opt-out of that time binds in full
whatever is sent from there later, until the person opts in anew to what it is about now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol, TypeVar

from gatekeeper.domain.consent import ENDINGS, Consent, ConsentAct, ConsentEvent, Topic
from gatekeeper.domain.fold import fold
from gatekeeper.domain.registry import Campaign, Registry
from gatekeeper.domain.standing import FormerCampaign
from gatekeeper.domain.words import Purpose
from gatekeeper.pipeline.case import Case, purpose_of

CLOCKS_DIFFER = timedelta(minutes=5)
"""An app, or another host, may date an opt-out this far ahead of our clock: it binds at once."""

_STOPS = ENDINGS | {ConsentAct.SCOPE_CHANGE}


class Former(NamedTuple):
    """What the message would have been about, until an instant."""

    until: datetime
    topic: Topic


def topic_of(case: Case) -> Topic:
    """What the message is about, as far as consent goes."""
    campaign = case.campaign
    named = (campaign.id, campaign.brand) if campaign else (None, None)
    return Topic(case.request.channel, case.purpose, *named)


def consent_of(
    case: Case, events: Sequence[ConsentEvent], former: Sequence[Former], registry: Registry
) -> Consent:
    """What holds now; an ending on record binds even if another clock is ahead of ours."""
    topic = topic_of(case)
    endings = [e.at for e in events if e.act in _STOPS and e.at <= case.at + CLOCKS_DIFFER]
    if not endings:
        return fold(events, topic, case.at)
    at = max(case.at, *endings)
    before = [*former, *_left_before(case, events, registry)]
    widened = dict(_widened(events, before, at)) if before else {}
    kept = [e for e in events if e.id not in widened] if widened else events
    return fold([*kept, *widened.values()], topic, at)


def former_topics(case: Case, registry: Registry) -> tuple[Former, ...]:
    """What the same request would have been about before each change of what it goes by."""
    own = case.sender.was if case.sender else ()
    theirs = case.caller.application.was
    if not own and not theirs and not (case.campaign and case.campaign.was):
        return ()
    moved = [each.until for each in (*own, *theirs)]
    named = [_campaign_at(case, until, registry) for until in moved]
    changed = [use.until for each in (*named, case.campaign) if each for use in each.was]
    instants = sorted({*moved, *changed})
    return tuple([Former(until, _topic_at(case, until, registry)) for until in instants])


def _widened(
    events: Sequence[ConsentEvent], before: Iterable[Former], at: datetime
) -> Iterable[tuple[str, ConsentEvent]]:
    """The endings that stood when a former topic ended and stand in it yet, in full width."""
    for until, topic in before:
        last = until + CLOCKS_DIFFER
        held = fold([e for e in events if e.act not in _STOPS or e.at <= last], topic, at)
        if held.ended_by is not None and held.ended_at is not None:
            for event in events:
                if event.act in _STOPS and event.at == held.ended_at:
                    yield event.id, ConsentEvent(event.id, held.ended_by, event.at)


def _left_before(
    case: Case, events: Sequence[ConsentEvent], registry: Registry
) -> Iterable[Former]:
    """Campaigns for the same purpose that somebody may have left before this one was registered.

    Else whoever left a campaign would be sent it again under another name.
    """
    campaign = case.campaign
    if campaign is None or campaign.since is None:
        return
    left = {e.scope.campaign for e in events if e.act in ENDINGS} - {None, campaign.id}
    for name in left:
        other = registry.campaigns.get((campaign.tenant, name or ""))
        if other is not None and _alike(campaign, other, case.purpose):
            brand = other.brand or campaign.brand
            yield Former(campaign.since, Topic(case.request.channel, case.purpose, other.id, brand))


def _alike(campaign: Campaign, other: Campaign, purpose: Purpose) -> bool:
    if None not in (campaign.brand, other.brand) and campaign.brand != other.brand:
        return False
    return purpose in other.purposes or any(purpose in use.purposes for use in other.was)


class _Dated(Protocol):
    @property
    def until(self) -> datetime: ...


_D = TypeVar("_D", bound=_Dated)


def _then(was: Sequence[_D], until: datetime) -> _D | None:
    """What was so just before an instant; None if it is what is so now."""
    return next((each for each in was if each.until >= until), None)


def _campaign_at(case: Case, until: datetime, registry: Registry) -> Campaign | None:
    """The campaign of the same request just before an instant."""
    sender, application = case.sender, case.caller.application
    own = _name_at(sender.was, sender.campaign, until) if sender else None
    default = _name_at(application.was, application.campaign, until)
    named = own or case.hints.campaign or default
    return registry.campaigns.get((case.caller.tenant.id, named)) if named else None


def _name_at(was: Sequence[FormerCampaign], now: str | None, until: datetime) -> str | None:
    then = _then(was, until)
    return now if then is None else then.campaign


def _topic_at(case: Case, until: datetime, registry: Registry) -> Topic:
    campaign = _campaign_at(case, until, registry)
    channel, tenant = case.request.channel, case.caller.tenant
    if campaign is None:
        return Topic(channel, purpose_of(tenant, (), case.claims))
    use = _then(campaign.was, until) or campaign
    return Topic(channel, purpose_of(tenant, use.purposes, case.claims), campaign.id, use.brand)
