"""Which texts are masked before a message leaves, and what if that cannot be done?

A rule with the verdict `redact` is about the matches that its content check speaks of. The
provider masks them in the request; what it wrote is read, screened and judged anew. Unless that
finds nothing more to redact, the message is refused: an unaltered text never leaves under `redact`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from gatekeeper.checks.content import Content
from gatekeeper.domain.decision import Decision, strictest
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.match import Match, Span
from gatekeeper.domain.message import TextPart
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Role
from gatekeeper.evaluate import evaluate
from gatekeeper.pipeline import gather
from gatekeeper.pipeline.case import Case
from gatekeeper.pipeline.flight import Flight
from gatekeeper.pipeline.snapshot import Snapshot
from gatekeeper.policy.model import Policy
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.places import MASK, SILENCE, blotted

_MASKS = {Role.BODY: MASK, Role.TTS: SILENCE}
IMPOSSIBLE = "It cannot be redacted in this field."
"""Closes the detail of a finding that blocks because its text cannot be masked."""


def redact(
    flight: Flight, facts: Sequence[Facts], decisions: tuple[Decision, ...]
) -> tuple[Decision, ...]:
    """Mask what has to be masked in `flight.outgoing`; the decisions as they stand after that.

    They are unchanged, or blocks of the same findings where the text cannot be masked. Who was
    left out of the request has no part in it.
    """
    going = [at for at in range(len(decisions)) if at not in flight.dropped]
    theirs = tuple([decisions[at] for at in going])
    if strictest(theirs).verdict is not Verdict.REDACT:
        return decisions
    seen = [facts[at] for at in going]
    spans = spans_to_mask(seen, theirs, flight.snapshot.policy)
    raw = flight.provider.redact(flight.outgoing, spans) if spans else None
    if raw is None or not _settles_it(*_anew(flight, raw), seen, flight.snapshot):
        return tuple(_blocked(decision) for decision in decisions)
    flight.outgoing, flight.masked = raw, spans
    return decisions


def foresee(case: Case, facts: Facts, decision: Decision, snapshot: Snapshot) -> Decision:
    """The decision that a send would come to whose one text is written or spoken as told."""
    if decision.verdict is not Verdict.REDACT:
        return decision
    (part,) = case.request.parts
    spans = spans_to_mask((facts,), (decision,), snapshot.policy)
    mask = _MASKS.get(part.role)
    text = blotted(part.text, spans, mask) if spans and mask else None
    names = gather.names_of(case, snapshot.registry)
    masked = (replace(part, text=text),) if text is not None else ()
    if not masked or not _settles_it(masked, names, (facts,), snapshot):
        return _blocked(decision)
    return decision


def spans_to_mask(
    facts: Sequence[Facts], decisions: Sequence[Decision], policy: Policy
) -> tuple[Span, ...]:
    """Where the matches stand that the redacting findings are about, in order of place.

    None at all if a finding is not about matches, or a match does not stand there as written.
    """
    found: set[Match] = set()
    for each, decision in zip(facts, decisions, strict=True):
        for finding in _redacting(decision):
            rule = policy.rule(finding.rule)
            if rule is None or not isinstance(rule.params, Content):
                return ()
            found.update(rule.params.speaks_of(each.matches))
    if not all(match.exact for match in found):
        return ()
    return tuple(sorted({match.span for match in found}))


def _anew(flight: Flight, raw: RawRequest) -> tuple[tuple[TextPart, ...], tuple[str, ...]]:
    """Every text of the masked request, read as the provider would, and the sender's names."""
    if flight.case is None:
        raise ValueError("only a case that was opened can be judged anew")
    case = replace(flight.case, request=flight.read_again(raw))
    contents, _ = gather.split_opaque(case, flight.snapshot)
    names = gather.names_of(case, flight.snapshot.registry)
    return gather.parts_of(case, contents), names


def _settles_it(
    parts: tuple[TextPart, ...], names: tuple[str, ...], facts: Sequence[Facts], snapshot: Snapshot
) -> bool:
    """Whether the masked texts, screened anew, leave nothing to redact or block."""
    matches = snapshot.screener.screen(parts, names)
    anew = (evaluate(replace(each, matches=matches), snapshot.policy) for each in facts)
    return all(decision.verdict < Verdict.REDACT for decision in anew)


def _redacting(decision: Decision) -> Iterator[Finding]:
    return (finding for finding in decision.findings if finding.effect is Verdict.REDACT)


def _blocked(decision: Decision) -> Decision:
    """The decision with its redacting findings made blocks; others stay as they are."""
    if decision.verdict is not Verdict.REDACT:
        return decision
    findings = tuple(
        replace(finding, verdict=Verdict.BLOCK, detail=f"{finding.detail} {IMPOSSIBLE}")
        if finding.effect is Verdict.REDACT
        else finding
        for finding in decision.findings
    )
    return replace(decision, verdict=Verdict.BLOCK, findings=findings)
