"""What does the journal keep of a decision? The facts that it rested on, and no personal data.

Numbers stand as tenant-keyed pseudonyms beside country and NPA-NXX; texts stand not at all, only
as a keyed commitment. What is kept suffices to judge again under another policy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple, Protocol

from gatekeeper.domain.decision import Decision, strictest
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.match import Span
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.registry import Caller
from gatekeeper.numbering import zones
from gatekeeper.pipeline.capacity import segments_of
from gatekeeper.pipeline.case import Case
from gatekeeper.pipeline.gather import Target
from gatekeeper.providers.contract import Operation
from gatekeeper.rollout.recorded import FORMAT
from gatekeeper.rollout.recording import recorded_claims, recorded_recipient, recorded_sender

Body = dict[str, Any]


class Changed(NamedTuple):
    """How the forwarded request differs from the one that came."""

    masked: Sequence[Span] = ()
    """What its texts do not show."""
    dropped: Sequence[int] = ()
    """The recipients that it leaves out, by their place."""
    unrecorded: bool = False
    """Whether the call is placed without the recording that was asked for."""


UNCHANGED = Changed()


class Pseudonyms(Protocol):
    """What a record needs of the keyring."""

    def pseudonym(self, tenant: str, value: str) -> str:
        """The journal's name for an address."""


def decision_body(
    case: Case,
    judged: Sequence[tuple[Target, Facts, Decision]],
    keys: Pseudonyms,
    commitment: str,
    asked: Mapping[str, str],
    changed: Changed | None = None,
) -> Body:
    """The body of a `decision` record.

    `asked` is what the policy had the gate look for (`rollout.asked`). The verdict is that of all
    who are not left out.
    """
    masked, dropped, unrecorded = changed or UNCHANGED
    going = [decision for at, (_, _, decision) in enumerate(judged) if at not in dropped]
    whole = strictest(tuple(going))
    tenant, request = case.caller.tenant.id, case.request
    return {
        "format": FORMAT,
        "request": case.id,
        "application": case.caller.application.id,
        "provider": request.provider,
        "operation": request.operation,
        "channel": request.channel,
        "purpose": case.purpose,
        "technology": case.technology,
        "posture": case.caller.tenant.posture,
        "campaign": case.campaign.id if case.campaign else None,
        "verdict": whole.verdict.label,
        "reason": whole.reason,
        "policy": whole.policy,
        "tzdata": zones.version(),
        "claims": recorded_claims(case.claims) if case.claims else (),
        "sender": recorded_sender(judged[0][1].sender, keys.pseudonym(tenant, case.sender_id)),
        "recipients": [
            recorded_recipient(facts, decision, keys.pseudonym(tenant, target.key))
            for target, facts, decision in judged
        ],
        "asked": asked,
        "masked": [{"path": span.path, "span": [span.start, span.end]} for span in masked],
        "dropped": list(dropped),
        "unrecorded": unrecorded,
        "segments": _segments(case),
        "digest": commitment,
    }


def _segments(case: Case) -> Body | None:
    """What an SMS costs each recipient, None on other channels."""
    size = segments_of(case.request)
    return {"encoding": size.encoding, "count": size.count} if size else None


def refusal_body(
    caller: Caller, provider: str, operation: Operation, reason: Reason, detail: str
) -> Body:
    """The body of a decision about a request that could not be read or judged."""
    return {
        "application": caller.application.id,
        "provider": provider,
        "operation": operation.name,
        "channel": operation.channel,
        "verdict": "block",
        "reason": reason,
        "detail": detail,
        "recipients": [],
    }


def commit(keys: Pseudonyms, tenant: str, body: bytes) -> str:
    """A commitment to the request's exact bytes that only the holder of the keyring can check.

    Keyed, since a short text and a number beside a known salt could be found by trying them all.
    """
    return keys.pseudonym(tenant, "body:" + sha256(body).hexdigest())
