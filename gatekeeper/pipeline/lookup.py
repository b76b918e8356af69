"""Whom does a request concern that names them by an id alone: a call under way, a conversation?

The provider knows, and is asked by a read before anything is judged. Nothing has left by then, so
a provider that does not answer is a lost dependency: the app may try again.
"""

from __future__ import annotations

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.errors import AmbiguousRequest, DependencyUnavailable
from gatekeeper.pipeline.flight import Flight
from gatekeeper.pipeline.forward import ask
from gatekeeper.pipeline.upstream import NotSent, Unknown
from gatekeeper.providers.contract import RawRequest, Reply

LONGEST_S = 3.0
"""Seconds that the provider has for a read; a quarter of its deadline where that is less."""


async def read_request(flight: Flight) -> OutboundRequest:
    """What the app asked to send, and to whom; AmbiguousRequest if that has no one meaning."""
    request = flight.read(flight.raw)
    lookup = flight.provider.lookup
    question = lookup.question(flight.raw, flight.operation) if lookup else None
    if lookup is None or question is None:
        return request
    flight.told = await _told(flight, question)
    return lookup.answered(request, flight.told)


async def _told(flight: Flight, question: RawRequest) -> Reply:
    outcome = await ask(flight, question, min(LONGEST_S, flight.deadline_s / 4))
    if isinstance(outcome, NotSent | Unknown):
        raise DependencyUnavailable("upstream", outcome.why)
    if outcome.status == 200:
        return outcome
    if outcome.status == 429 or outcome.status >= 500:
        raise DependencyUnavailable("upstream", f"the provider answered {outcome.status}")
    status = 404 if outcome.status == 404 else 400
    raise AmbiguousRequest("The provider knows nobody by the id in this request.", status=status)
