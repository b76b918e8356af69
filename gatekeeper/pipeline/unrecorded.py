"""May a call leave without the recording that it asks for, if that is all that stops it?

Only if the tenant's policy file says so (`recording: strip`) and the provider's form permits it.
What leaves then is read anew, and judged as a call that nobody records.
"""

from __future__ import annotations

from msgspec.structs import replace

from gatekeeper.domain.decision import Decision
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.evaluate import evaluate
from gatekeeper.pipeline.flight import Flight
from gatekeeper.providers.contract import RawRequest

Judged = tuple[tuple[Facts, ...], tuple[Decision, ...]]


def unrecord(flight: Flight, facts: tuple[Facts, ...], decisions: tuple[Decision, ...]) -> Judged:
    """The facts and decisions of the call without its recording, left out of `flight.outgoing`.

    They are unchanged if the recording does not stop it, or cannot be left out.
    """
    if not any(map(_stopped_for_it, decisions)):
        return facts, decisions
    policy, tenant = flight.snapshot.policy, facts[0].tenant
    if tenant not in policy.unrecords or flight.place:
        return facts, decisions
    raw = flight.provider.unrecorded(flight.outgoing, flight.operation)
    if raw is None or not _silent(flight, raw):
        return facts, decisions
    flight.outgoing, flight.unrecorded = raw, True
    anew = tuple([replace(each, record=False) for each in facts])
    return anew, tuple([evaluate(each, policy) for each in anew])


def _stopped_for_it(decision: Decision) -> bool:
    return any(
        finding.reason is Reason.RECORDING_CONSENT and finding.effect is Verdict.BLOCK
        for finding in decision.findings
    )


def _silent(flight: Flight, raw: RawRequest) -> bool:
    """Whether the provider would read it as the same call, unrecorded."""
    case = flight.case
    try:
        request = flight.read_again(raw)
    except AmbiguousRequest:
        return False
    same = case is not None and request.recipients == case.request.recipients
    return same and not request.record and not request.also
