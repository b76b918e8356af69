"""Which lists may a rule ask, and of what kind is each? A misspelt list would never be checked."""

from __future__ import annotations

_STATES = (
    "al ak az ar ca co ct de dc fl ga hi id il in ia ks ky la me md ma mi mn ms mo "
    "mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy"
)
KNOWN_LISTS = frozenset(
    {"us-national", "us-reassigned", "ca-national", "gb-national", "au-national", "in-national"}
    | {"internal", "litigators", "deny", "allow"}
    | {f"us-{state}" for state in _STATES.split()}
)
"""The public list ids: national, state, reassigned numbers, the tenant's own, litigators."""
OWN = "own-"
"""A list that a tenant names begins so."""
_PLANS = {"us": "1", "ca": "1", "gb": "44", "au": "61", "in": "91"}
_BY_PERSON = frozenset({"internal", "deny", "allow"})
_COMMERCIAL = frozenset({"litigators", "deny", "allow"})


def known(list_id: str) -> bool:
    """Whether there is such a list, or a tenant may name one so."""
    return list_id in KNOWN_LISTS or (list_id.startswith(OWN) and len(list_id) > len(OWN))


def licensed(list_id: str) -> bool:
    """Whether a public body keeps the list: it comes as a file and is never changed by hand."""
    return list_id.partition("-")[0] in _PLANS


def commercial(list_id: str) -> bool:
    """Whether no law asks for the list: only then may another list excuse a hit on it."""
    return list_id in _COMMERCIAL or list_id.startswith(OWN)


def kept_by_person(list_id: str) -> bool:
    """Whether a tenant's list of this id is kept person by person, under keyed pseudonyms."""
    return list_id in _BY_PERSON or list_id.startswith(OWN)


def numbering_plan(list_id: str) -> str:
    """The country code that every number of a list has; empty for numbers of any country."""
    return _PLANS.get(list_id.partition("-")[0], "")


def tells_days(list_id: str) -> bool:
    """Whether a list says since when a number is on it."""
    return list_id == "us-reassigned"
