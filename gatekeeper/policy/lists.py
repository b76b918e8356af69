"""Which lists may a rule ask? A misspelt list would never be checked."""

from __future__ import annotations

_STATES = (
    "al ak az ar ca co ct de dc fl ga hi id il in ia ks ky la me md ma mi mn ms mo "
    "mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy"
)
KNOWN_LISTS = frozenset(
    {"us-national", "us-reassigned", "ca-national", "gb-national", "au-national"}
    | {"internal", "litigators"}
    | {f"us-{state}" for state in _STATES.split()}
)
"""The public list ids: national, state, reassigned numbers, the tenant's own, litigators."""
