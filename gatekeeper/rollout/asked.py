"""What did a policy have the gate look for? Named by digests, so that a record can say it.

Texts are gone when a decision is judged again, and counters have moved on: what was not looked for
then cannot be found out. Two policies that ask alike have the same digest.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

import msgspec

from gatekeeper.domain.words import Mode
from gatekeeper.numbering.trust import NO_TRUST
from gatekeeper.policy.model import Detector, Policy

LIMITS = "limits"
"""Name of the digest of the limiters."""
TRUST = "trust"
"""Name of the digest of what is believed of statements; the others are families of detectors."""
_LENGTH = 12


def asked(policy: Policy) -> Mapping[str, str]:
    """The digests of the detectors of each family, of the limiters and of the trust in statements,
    as far as there are any."""
    families: dict[str, list[Detector]] = {}
    for detector in policy.detectors:
        if detector.mode is not Mode.OFF:
            families.setdefault(detector.family, []).append(detector)
    found = {name: _digest([_said(each) for each in members]) for name, members in families.items()}
    if policy.limits:
        found[LIMITS] = _digest(policy.limits)
    if policy.trust != NO_TRUST:
        found[TRUST] = _digest(policy.trust)
    return found


def _said(detector: Detector) -> tuple[object, ...]:
    """All of a detector that decides what it finds."""
    return (
        detector.id,
        detector.gate,
        detector.find,
        detector.likelihood,
        detector.context,
        detector.category,
        detector.severity,
        detector.status,
    )


def _digest(value: object) -> str:
    return sha256(msgspec.json.encode(value, order="sorted")).hexdigest()[:_LENGTH]
