"""What does a message cost of what its sender may send, and from which token buckets?

Carriers count segments, and so do the limits: a text of three segments to two people costs six.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

from gatekeeper.checks.answer import CONFIRMATION, CONFIRMATION_TIME, ONCE
from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.segments import Segments, segments
from gatekeeper.domain.words import Channel, Role
from gatekeeper.pipeline.case import Case
from gatekeeper.policy.model import Limit, Policy
from gatekeeper.store.contract import Bucket


def segments_of(request: OutboundRequest) -> Segments | None:
    """The segments of an SMS for one recipient; None on channels that have none.

    Of a template only what the request holds of it is counted.
    """
    if request.channel is not Channel.SMS:
        return None
    return segments("".join([part.text for part in request.parts if part.role in _SENT]))


_SENT = frozenset({Role.BODY, Role.TEMPLATE_VAR})


def buckets(case: Case, subjects: Sequence[bytes], policy: Policy) -> tuple[Bucket, ...]:
    """The token buckets that this request draws from: a token per segment and recipient of what
    is shared, and one of each recipient's own."""
    tenant, application = case.caller.tenant.id, case.caller.application.id
    size = segments_of(case.request)
    cost = len(subjects) * (size.count if size else 1)
    common = _common(policy.limits, tenant, application, case.sender_id, cost)
    own = [
        Bucket(limit.name, f"{tenant}:{subject.hex()}", limit.rate, limit.burst)
        for limit in policy.limits
        if limit.key == "recipient"
        for subject in subjects
    ]
    if case.kind == CONFIRMATION:
        own += [_confirmation_of(tenant, subject) for subject in subjects]
    return (*common, *own)


def _confirmation_of(tenant: str, subject: bytes) -> Bucket:
    """The bucket that lets one confirmation through in five minutes (47 CFR 64.1200(a)(12))."""
    key = f"confirmation:{tenant}:{subject.hex()}"
    return Bucket(ONCE, key, 1 / CONFIRMATION_TIME.total_seconds(), 1)


@lru_cache(maxsize=4096)
def _common(
    limits: tuple[Limit, ...], tenant: str, application: str, sender: str, cost: int
) -> tuple[Bucket, ...]:
    """The buckets that all recipients of a request share."""
    keys = {
        "tenant": tenant,
        "application": f"{tenant}:{application}",
        "sender": f"{tenant}:{sha256(sender.encode()).hexdigest()[:24]}",
    }
    return tuple(
        Bucket(limit.name, keys[limit.key], limit.rate, limit.burst, cost)
        for limit in limits
        if limit.key in keys
    )
