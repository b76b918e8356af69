"""Which facts does a record keep, since which format, and which not, and why?

The one list that the journal, re-judging and the reader of a record go by; a fact that stands in
none of the tables fails a test. A name speaks for all that is below it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

KEPT: Mapping[str, int] = {
    "at": 1,
    "tenant": 1,
    "channel": 1,
    "purpose": 1,
    "technology": 1,
    "posture": 1,
    "campaign": 1,
    "campaign_purposes": 2,
    "brand": 1,
    "exemption": 1,
    "carrier_class": 2,
    "message_class": 2,
    "sender.kind": 1,
    "sender.state": 1,
    "sender.proof": 1,
    "sender.barred": 1,
    "sender.free_to_end_user": 2,
    "sender.age_gate": 2,
    "sender.reading.number.region": 2,
    "sender.reading.number.npa": 2,
    "sender.reading.number.toll_free": 2,
    "sender.reading.number.geographic": 2,
    "sender.reading.problem": 2,
    "sender.reading.detail": 2,
    "recipient.number.region": 1,
    "recipient.number.npa": 1,
    "recipient.number.toll_free": 2,
    "recipient.number.geographic": 2,
    "recipient.problem": 2,
    "recipient.detail": 2,
    "places": 1,
    "stated.region": 2,
    "stated.timezone": 2,
    "stated.source": 2,
    "stated.as_of": 2,
    "line_type": 1,
    "consent": 1,
    "listings": 1,
    "sent": 1,
    "limits": 1,
    "matches": 1,
    "matches.exact": 2,
    "matches.category": 3,
    "matches.severity": 3,
    "opaque.kind": 1,
    "claims.name": 1,
    "suspended": 1,
    "terms": 1,
    "component_disabled": 1,
    "template.name": 1,
    "template.category": 2,
    "template.status": 2,
    "last_inbound_at": 1,
    "tag": 2,
    "automated": 2,
    "record": 1,
    "recording_consent": 2,
    "kind": 1,
    "length": 1,
    "disclosures": 2,
    "language": 2,
    "reads_as": 3,
    "lot": 2,
    "observed": 2,
    "sandbox": 1,
}
"""The facts that are kept, and the first format that keeps them."""

BEGINNING = "how it begins: NPA-NXX within +1, else calling code and three digits"

PARTLY: Mapping[str, tuple[int, str]] = {
    "recipient.number.e164": (1, BEGINNING),
    "sender.reading.number.e164": (2, BEGINNING),
    "sender.registration": (1, "whether there is one"),
    "claims.value": (1, "words; anything else could be a number or a secret"),
    "orders": (1, "those of the recipient's places; who judges again takes the policy's own"),
}
"""Kept as far as rules ask: since which format, and how far."""

NOT_KEPT: Mapping[str, str] = {
    "stated.postal": "it names a street or a house; what it tells of the place stands in `places`",
    "opaque.ref": "an address or id of the caller's, which may hold a secret or a name",
    "opaque.path": "its place in the request, which no rule asks",
}
"""Never kept, and why."""


@lru_cache(maxsize=1024)
def lacks(needed: str, version: int) -> bool:
    """Whether a record of a format does not tell a fact (`sender.state`) as far as rules ask."""
    if needed in PARTLY:
        return PARTLY[needed][0] > version
    parts = needed.split(".")
    for end in range(len(parts), 0, -1):
        since = KEPT.get(".".join(parts[:end]))
        if since is not None:
            return since > version
    below = [since for name, since in KEPT.items() if name.startswith(f"{needed}.")]
    return not below or max(below) > version
