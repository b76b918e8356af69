"""What happened to a person's consent, in the order in which it happened, a sentence each?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent, Scope

_SAYS = {
    ConsentAct.OPT_IN: "The person gave {basis} consent",
    ConsentAct.CONFIRMATION: "The person confirmed (second step of a double opt-in)",
    ConsentAct.OPT_OUT: "The person opted out",
    ConsentAct.EXPIRY: "What was granted before expired",
    ConsentAct.REASSIGNED: "The number was reassigned to somebody else",
    ConsentAct.WRONG_NUMBER: "The number was reported to be the wrong person's",
    ConsentAct.PURCHASE: "The person bought something, which implies consent",
    ConsentAct.INQUIRY: "The person asked about something, which implies consent",
    ConsentAct.DECEASED: "The person was reported to have died",
    ConsentAct.RESTART: "The person took the opt-out back",
    ConsentAct.SCOPE_CHANGE: "The person kept only a part",
    ConsentAct.EVIDENCE: "Evidence was added to event {about}",
    ConsentAct.CORRECTION: "Event {about} was recorded wrongly and does not count",
}


def in_order(events: Sequence[ConsentEvent]) -> list[ConsentEvent]:
    """The oldest first; of one instant, in the order of their ids."""
    return sorted(events, key=lambda event: (event.at, event.id))


def sentence(event: ConsentEvent) -> str:
    """What the event says, in plain words."""
    basis = str(event.basis).replace("_", " ")
    said = _SAYS[event.act].format(basis=basis, about=event.about)
    scope = _scope(event.scope)
    if scope:
        said += f", for {scope}"
    notes = list(_notes(event))
    return f"{said} ({'; '.join(notes)})." if notes else f"{said}."


def _scope(scope: Scope) -> str:
    told = (
        (str(scope.channel) if scope.channel else None, "{}"),
        (str(scope.purpose) if scope.purpose else None, "{}"),
        (scope.campaign, "campaign {}"),
        (scope.brand, "brand {}"),
    )
    return ", ".join(form.format(value) for value, form in told if value)


def _notes(event: ConsentEvent) -> Iterator[str]:
    if event.basis is Basis.IMPLIED and event.act is ConsentAct.OPT_IN and event.source:
        yield f"from {event.source}"
    if event.seller:
        yield f"to {event.seller}"
    if event.missing:
        yield f"lacks {', '.join(event.missing)}"
    if event.pending:
        yield "waits for its confirmation"
    if event.unproven:
        yield "unproven: it undoes no opt-out"
    if event.expires:
        yield f"until {event.expires.isoformat()}"
    if event.evidence:
        yield "evidence is kept, sealed"
