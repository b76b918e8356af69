"""Which places and clocks does a stated location name, loosely and at its narrowest?"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from msgspec import Struct

from gatekeeper.domain.number import Places, Stated
from gatekeeper.numbering.nanp import zones_by_place
from gatekeeper.numbering.postal import places_of_postal
from gatekeeper.numbering.zones import by_country, known, local

_TERRITORIES = frozenset({"PR", "VI", "GU", "MP", "AS"})
"""US law though not the US plan's region; ISO 3166-2 also lists them as `US-PR` and so on."""

_POSTAL_COUNTRIES = _TERRITORIES | {"US", "CA"}
"""Where five digits are a ZIP; in Germany or France they are something else."""

_SEASONS = tuple(datetime(2026 + n // 12, n % 12 + 1, 15, tzinfo=UTC) for n in range(11, 24))
"""A day of each month, to tell whether two names are of one clock (Detroit's is New York's)."""


class Location(Struct, frozen=True):
    """What a statement names: all that it may mean, and what it means if it is believed."""

    regions: frozenset[str]
    zones: frozenset[str]
    states: frozenset[str]
    """The places, if the statement is trusted; empty if it names none, or contradicts itself."""
    clocks: frozenset[str]
    """The zones, in the same way."""


def location(stated: Stated, found: Places) -> Location | None:
    """What is stated, beside what the number tells; None if it cannot be read as a place.

    A stated country adds all its states only where the number tells nothing of it, and a zone
    alone adds all states that keep its clock where the number tells no place at all.
    """
    named = place_named(stated.region)
    regions, zones = _of_region(named, found)
    posted = _posted(stated.postal, named, found)
    name = stated.timezone if stated.timezone and known(stated.timezone) else None
    wide = regions | posted
    table = zones_by_place()
    every = {*zones, *(zone for place in posted for zone in table[place])}
    if name is not None:
        every.add(name)
        if not wide and not found.regions:
            wide = _keeping(name)
    if not wide and not every:
        return None
    if not _one_meaning(named, posted, name):
        return Location(wide, frozenset(every), frozenset(), frozenset())
    states = posted or regions
    clocks = {name} if name else {zone for place in states for zone in table.get(place, zones)}
    return Location(wide, frozenset(every), states, frozenset(clocks))


def told(stated: Stated) -> Stated:
    """The statement without its postal code, but with the one place that the code lies in."""
    if stated.postal is None:
        return stated
    posted = places_of_postal(stated.postal)
    region = stated.region or (next(iter(posted)) if len(posted) == 1 else None)
    return Stated(region, None, stated.timezone, stated.source, stated.as_of)


def place_named(region: str | None) -> str:
    """A stated region by the one name that it has here: territories without their `US-`."""
    place = (region or "").strip().upper()
    return bare if (bare := place.removeprefix("US-")) in _TERRITORIES else place


def place_is_known(region: str) -> bool:
    """Whether there is such a place, as far as we know: in other countries any part is taken."""
    place, table = place_named(region), zones_by_place()
    country = place.partition("-")[0]
    counted = any(each.startswith(f"{country}-") for each in table)
    return place in table or (country in by_country() and (place == country or not counted))


def _of_region(place: str, found: Places) -> tuple[frozenset[str], tuple[str, ...]]:
    """The places and zones that a stated region adds; it may be a state or a country."""
    table = zones_by_place()
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


def _posted(postal: str | None, place: str, found: Places) -> frozenset[str]:
    countries = {place.partition("-")[0]} if place else found.countries
    if postal is None or (countries and not countries & _POSTAL_COUNTRIES):
        return frozenset()
    return places_of_postal(postal)


def _keeping(name: str) -> frozenset[str]:
    """All places of the table, or else the countries, in which a zone's clock is kept."""
    table, clock = zones_by_place(), _clock(name)
    states = {place for place, zones in table.items() if clock in map(_clock, zones)}
    countries = {country for country, zones in by_country().items() if name in zones}
    counted = {place.partition("-")[0] for place in table}
    if countries and not countries & counted:
        return frozenset(countries)
    within = {place for place in states if place.partition("-")[0] in countries}
    return frozenset(within or states or countries)


def _one_meaning(place: str, posted: frozenset[str], name: str | None) -> bool:
    """Whether region, postal code and zone, as far as they are given, can be of one place."""
    table = zones_by_place()
    country = place.partition("-")[0]
    if place and posted and not any(place in (each, each.partition("-")[0]) for each in posted):
        return country == "US" and place == country and bool(posted & _TERRITORIES)
    if name is None:
        return True
    if posted or place in table:
        zones = {zone for each in posted or {place} for zone in table[each]}
    else:
        zones = set(by_country().get(country, (name,)))
    return _clock(name) in map(_clock, zones)


@cache
def _clock(name: str) -> tuple[object, ...]:
    return tuple(local(at, name).utcoffset() for at in _SEASONS)
