"""Is the called party, for all that is known, only where other packs speak?"""

from __future__ import annotations

from gatekeeper.domain.facts import Facts


def only_in(facts: Facts, countries: frozenset[str]) -> bool:
    """Whether places are known and every one lies in one of these (`US`, `EU` ...)."""
    return facts.places.only_in(countries)
