"""Has this person agreed, to what, and do they still?

The recipient's own later word wins; at the same instant an ending beats an opt-in
(47 CFR 64.1200(a)(10)). What holds is a function of the set of events, whatever their order.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from gatekeeper.domain.consent import (
    ENDINGS,
    Basis,
    Consent,
    ConsentAct,
    ConsentEvent,
    Relation,
    Topic,
)

Events = list[ConsentEvent]


def fold(events: Iterable[ConsentEvent], topic: Topic, at: datetime) -> Consent:
    """Consent as of `at` for one kind of message.

    Events after `at` and those that do not speak of the message do not count. The newest ending
    holds unless a strictly later opt-in of the recipient's own exists; an opt-out is also lifted
    by a strictly later restart, and then what was granted before counts again. Of the grants that
    still stand the strongest unexpired one is the basis, and if all have expired the newest
    expiry is told.
    """
    known = [e for e in events if e.at <= at]
    if not known:
        return _NOTHING
    if len(known) == 1 and _speaks(known[0], topic):
        return _alone(known[0], at)
    relevant = [e for e in known if _speaks(e, topic)]
    held = _held_by(relevant, at)
    if len(known) == len(relevant):
        return held
    elsewhere = _stopped_elsewhere(known, relevant, topic)
    return replace(held, stopped_elsewhere_at=elsewhere) if elsewhere else held


def _held_by(relevant: Events, at: datetime) -> Consent:
    """What the events that speak of the message come to."""
    if len(relevant) < 2:
        return _alone(relevant[0], at) if relevant else _NOTHING
    relevant.sort(key=lambda e: (e.at, _AT_ONE_INSTANT.get(e.act, 0), e.id))
    used = tuple([e.id for e in relevant])
    standing = _proved(_uncorrected(relevant))
    ending, anew = _walk(standing)
    if ending is not None:
        return Consent(ended_by=_told(ending), ended_at=ending.at, events=used)
    grants = [e for e in standing if _grants(e, standing) and (anew is None or e.at >= anew)]
    return _held_of(grants, standing, at, used)


_NOTHING = Consent()
_AT_ONE_INSTANT = {
    ConsentAct.RESTART: 1,
    ConsentAct.REASSIGNED: 2,
    ConsentAct.WRONG_NUMBER: 3,
    ConsentAct.DECEASED: 4,
    ConsentAct.SCOPE_CHANGE: 5,
    ConsentAct.OPT_OUT: 6,
}
"""In which order it is taken: endings last, and of those the recipient's own word is told."""
_LIFTED_BY_RESTART = frozenset({ConsentAct.OPT_OUT, ConsentAct.SCOPE_CHANGE})


def _speaks(event: ConsentEvent, topic: Topic) -> bool:
    """Whether an event bears on the message; a narrowing bears on what it leaves out."""
    if event.act in ENDINGS:
        return event.scope.reaches(topic)
    if event.act is ConsentAct.SCOPE_CHANGE:
        return not event.scope.covers(topic)
    return event.act is ConsentAct.CORRECTION or event.scope.covers(topic)


def _stopped_elsewhere(known: Events, relevant: Events, topic: Topic) -> datetime | None:
    """The newest opt-out of another scope that no opt-in or restart of this one has followed."""
    stops = [e.at for e in known if e.act is ConsentAct.OPT_OUT and not e.scope.reaches(topic)]
    newest = max(stops, default=None)
    if newest is None:
        return None
    standing = _proved(_uncorrected(relevant))
    lifted = any(
        e.at > newest and (e.act is ConsentAct.RESTART or _starts(e, standing)) for e in standing
    )
    return None if lifted else newest


def _ends(event: ConsentEvent) -> bool:
    return event.act in ENDINGS or event.act is ConsentAct.SCOPE_CHANGE


def _told(ending: ConsentEvent) -> ConsentAct:
    """What is reported: leaving a message out of the scope is an opt-out from it."""
    return ConsentAct.OPT_OUT if ending.act is ConsentAct.SCOPE_CHANGE else ending.act


def _alone(event: ConsentEvent, at: datetime) -> Consent:
    """What a history of one event folds to: by far the commonest, so it has a short way."""
    used = (event.id,)
    if _ends(event):
        return Consent(ended_by=_told(event), ended_at=event.at, events=used)
    if event.basis is Basis.NONE or event.pending:
        return Consent(events=used)
    if event.expires is not None and event.expires <= at:
        return Consent(expired_at=event.expires, events=used)
    implied = event.basis is Basis.IMPLIED
    return _held(event, used, event.expires, _relations([event]) if implied else ())


def _uncorrected(events: Events) -> Events:
    """All but what a correction says was recorded wrongly; an ending is never taken back."""
    wrong = {e.about for e in events if e.act is ConsentAct.CORRECTION}
    return [e for e in events if e.id not in wrong or _ends(e)] if wrong else events


def _proved(events: Events) -> Events:
    """The events as their later evidence makes them: it fills in what a grant lacked."""
    added = [e for e in events if e.act is ConsentAct.EVIDENCE]
    return [_with_proof(e, added) for e in events] if added else events


def _with_proof(event: ConsentEvent, added: Events) -> ConsentEvent:
    about = [each for each in added if each.about == event.id]
    if not about:
        return event
    missing = tuple(m for m in event.missing if all(m in each.missing for each in about))
    return replace(event, missing=missing, unproven=False)


def _walk(events: Events) -> tuple[ConsentEvent | None, datetime | None]:
    """The newest ending that stands, and since when grants count, None for ever.

    A restart lifts opt-outs, and what they suspended counts again. An opt-in does away with every
    ending before it and starts anew: what was granted before is past, and no restart brings it
    back.
    """
    standing: Events = []
    anew = None
    for event in events:
        if _ends(event):
            standing.append(event)
        elif not standing:
            continue
        elif event.act is ConsentAct.RESTART:
            standing = [e for e in standing if e.act not in _LIFTED_BY_RESTART]
        elif standing[-1].at < event.at and _starts(event, events):
            standing, anew = [], event.at
    return (standing[-1] if standing else None), anew


def _starts(event: ConsentEvent, events: Events) -> bool:
    """Whether the event is an opt-in of the recipient's own that counts."""
    return event.act is ConsentAct.OPT_IN and not event.unproven and _grants(event, events)


def _grants(event: ConsentEvent, events: Events) -> bool:
    """Whether the event is a grant that counts; a pending one needs its confirmation."""
    if event.basis is Basis.NONE:
        return False
    if not event.pending:
        return True
    return any(e.act is ConsentAct.CONFIRMATION and e.at >= event.at for e in events)


def _held_of(grants: Events, events: Events, at: datetime, used: tuple[str, ...]) -> Consent:
    cut = max((e.at for e in events if e.act is ConsentAct.EXPIRY), default=None)
    ends = [(grant, _end(grant, cut)) for grant in grants]
    live = [(grant, end) for grant, end in ends if end is None or end > at]
    if not live:
        expired = [end for _, end in ends if end is not None]
        return Consent(expired_at=max(expired, default=None), events=used)
    best, end = max(live, key=lambda pair: _strength(pair[0]))
    return _held(best, used, end, _relations([grant for grant, _ in live]))


def _strength(grant: ConsentEvent) -> tuple[int, datetime, int, str, str, str]:
    """Of equal grants the more complete one counts; the rest only makes the order a total one."""
    told = (grant.seller or "", grant.source or "", grant.id)
    return grant.basis.rank, grant.at, -len(grant.missing), *told


def _relations(grants: Events) -> tuple[Relation, ...]:
    implied = [grant for grant in grants if grant.basis is Basis.IMPLIED]
    if len(implied) < 2:
        return (Relation(implied[0].source, implied[0].at),) if implied else ()
    newest: dict[str | None, datetime] = {}
    for grant in implied:
        newest[grant.source] = max(grant.at, newest.get(grant.source, grant.at))
    told = sorted(newest.items(), key=lambda item: item[0] or "")
    return tuple([Relation(source, at) for source, at in told])


def _held(
    grant: ConsentEvent,
    used: tuple[str, ...],
    end: datetime | None,
    relations: tuple[Relation, ...],
) -> Consent:
    return Consent(
        basis=grant.basis,
        given_at=grant.at,
        seller=grant.seller,
        source=grant.source,
        missing=grant.missing,
        events=used,
        expires=end,
        relations=relations,
    )


def _end(grant: ConsentEvent, cut: datetime | None) -> datetime | None:
    """A grant ends by its own expiry or by an expiry event that followed it, the earlier."""
    ended = cut if cut is not None and cut >= grant.at else None
    return min((t for t in (grant.expires, ended) if t is not None), default=None)
