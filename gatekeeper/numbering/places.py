"""Where may the owner of a number be, as far as the number and the customer's word can tell?

A ported or mobile number keeps its area code, so a code is a presumption, and one zone is
never proof: every place that the code serves is a candidate, and a stated location only adds.
"""

from __future__ import annotations

from functools import lru_cache

import phonenumbers
from phonenumbers import timezone

from gatekeeper.domain.number import Number, Places, Stated
from gatekeeper.numbering.nanp import AREA_CODES, zones_by_place
from gatekeeper.numbering.postal import places_of_postal
from gatekeeper.numbering.zones import by_country, known

_NOWHERE = Places()
_NO_COUNTRY = "001"


@lru_cache(maxsize=16384)
def places_of(number: Number, stated: Stated | None = None) -> Places:
    """Every place and zone where the called party may be.

    The area code's row, else the library's zones with the country, joined with the stated
    location. A stated country adds all its states only where the number tells nothing of it;
    what cannot be read as a place adds nothing. Confidence names what the answer rests on:
    `area_code`, `library`, `stated` (the customer's word alone) or `none`.
    """
    found = _of_number(number)
    if stated is None:
        return found
    regions, zones = _of_stated(stated, found)
    if not regions and not zones:
        return found
    return Places(
        regions=found.regions | regions,
        zones=tuple(sorted({*found.zones, *zones})),
        confidence="stated" if found.confidence == "none" else found.confidence,
    )


def _of_number(number: Number) -> Places:
    if number.npa is not None:
        row = AREA_CODES.get(number.npa)
        if row is None or not row.places:
            return _NOWHERE
        return Places(row.places, row.zones, "area_code")
    if number.region == _NO_COUNTRY:
        return _NOWHERE
    return _of_library(number)


def _of_library(number: Number) -> Places:
    parsed = phonenumbers.parse(number.e164)
    zones = tuple(sorted(filter(known, timezone.time_zones_for_number(parsed))))
    zones = zones or by_country().get(number.region, ())
    return Places(frozenset({number.region}), zones, "library")


def _of_stated(stated: Stated, found: Places) -> tuple[frozenset[str], tuple[str, ...]]:
    region = (stated.region or "").strip().upper()
    regions, zones = _of_region(region, found)
    countries = {region.partition("-")[0]} if region else found.countries
    if stated.postal and (not countries or countries & _POSTAL_COUNTRIES):
        posted = places_of_postal(stated.postal)
        regions |= posted
        zones += tuple(zone for place in posted for zone in zones_by_place()[place])
    name = stated.timezone
    return regions, (*zones, name) if name and known(name) else zones


def _of_region(region: str, found: Places) -> tuple[frozenset[str], tuple[str, ...]]:
    """The places and zones that a stated region adds; it may be a state or a country."""
    table = zones_by_place()
    place = region.removeprefix("US-") if region.removeprefix("US-") in _TERRITORIES else region
    if place in table:
        return frozenset({place}), table[place]
    country = place.partition("-")[0]
    if country not in by_country():
        return frozenset(), ()
    states = frozenset(state for state in table if state.startswith(f"{country}-"))
    if place != country and not states:
        return frozenset({place}), by_country()[country]
    if country in found.countries or (country == "US" and found.countries & _TERRITORIES):
        return frozenset(), ()
    zones = {zone for state in states for zone in table[state]}
    return states or frozenset({country}), tuple(zones or by_country()[country])


_TERRITORIES = frozenset({"PR", "VI", "GU", "MP", "AS"})
"""US law though not the US plan's region; ISO 3166-2 also lists them as `US-PR` and so on."""

_POSTAL_COUNTRIES = _TERRITORIES | {"US", "CA"}
"""Where five digits are a ZIP; in Germany or France they are something else."""
