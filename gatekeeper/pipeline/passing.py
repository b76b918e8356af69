"""What happens to a request that sends nothing (a read, a cancel)? It passes, unrecorded."""

from __future__ import annotations

from gatekeeper.errors import DependencyUnavailable
from gatekeeper.pipeline import refusals
from gatekeeper.pipeline.flight import Flight
from gatekeeper.pipeline.forward import deliver
from gatekeeper.pipeline.upstream import NotSent, Unknown
from gatekeeper.providers.contract import Reply


async def pass_through(flight: Flight) -> Reply:
    """The provider's answer as it is; a lost one is a 503, since asking again does no harm."""
    outcome = await deliver(flight)
    if isinstance(outcome, NotSent | Unknown):
        lost = DependencyUnavailable("upstream", outcome.why)
        return flight.refuse(refusals.of_error(lost, flight.id))
    return outcome
