"""Where may the owner of a number be, as far as the number and the customer's word can tell?

A ported or mobile number keeps its area code, so a code is a presumption, and one zone is never
proof: every place that the code serves is a candidate. A stated location adds candidates; it takes
some away only so far as the policy trusts its source (`numbering.trust`).
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

import phonenumbers
from phonenumbers import timezone

from gatekeeper.domain.number import Number, Places, Stated
from gatekeeper.numbering.nanp import AREA_CODES, zones_by_place
from gatekeeper.numbering.stated import location
from gatekeeper.numbering.trust import NO_TRUST, NOTHING, Narrows, Trust
from gatekeeper.numbering.zones import by_country, known

_NOWHERE = Places()
_NO_COUNTRY = "001"


def places_of(
    number: Number | None,
    stated: Stated | None = None,
    trust: Trust = NO_TRUST,
    at: datetime | None = None,
) -> Places:
    """Every place and zone where the called party may be.

    The area code's row, else the library's zones with the country, joined with the stated
    location, or narrowed to it so far as `trust` believes it at the instant `at`. What cannot be
    read as a place adds nothing. Confidence names what the answer rests on: `area_code`,
    `library`, `stated` (the customer's word alone), `narrowed` (the word of a trusted source has
    taken candidates away) or `none`.
    """
    if stated is None:
        return _of_number(number) if number is not None else _NOWHERE
    narrows = NOTHING if at is None else trust.narrows(stated.source, stated.as_of, at)
    return _with_stated(number, stated, narrows, trust.presuming)


@lru_cache(maxsize=16384)
def _with_stated(
    number: Number | None,
    stated: Stated,
    narrows: frozenset[Narrows],
    presuming: frozenset[str],
) -> Places:
    found = _of_number(number) if number is not None else _NOWHERE
    said = location(stated, found)
    if said is None:
        return found
    regions, zones = found.regions, frozenset(found.zones)
    if Narrows.STATES in narrows and said.states:
        regions = said.states | (regions & presuming)
    else:
        regions |= said.regions
    if Narrows.CLOCKS in narrows and said.clocks:
        zones = said.clocks | _clocks_of(found, presuming)
    else:
        zones |= said.zones
    return Places(regions, tuple(sorted(zones)), _confidence(found, regions, zones))


def _clocks_of(found: Places, presuming: frozenset[str]) -> frozenset[str]:
    """The zones in which the number's owner would be, in the states that presume it."""
    table = zones_by_place()
    kept = (zone for state in found.regions & presuming for zone in table.get(state, ()))
    return frozenset(kept) & frozenset(found.zones)


def _confidence(found: Places, regions: frozenset[str], zones: frozenset[str]) -> str:
    if found.confidence == "none":
        return "stated"
    whole = regions >= found.regions and zones.issuperset(found.zones)
    return found.confidence if whole else "narrowed"


@lru_cache(maxsize=16384)
def _of_number(number: Number) -> Places:
    row = AREA_CODES.get(number.npa) if number.npa is not None else None
    if row is not None:
        return Places(row.places, row.zones, "area_code") if row.places else _NOWHERE
    if number.region == _NO_COUNTRY or (number.npa is not None and not number.geographic):
        return _NOWHERE
    return _of_library(number)


def _of_library(number: Number) -> Places:
    """A country is the region; of one that is counted by states, all that keep such a clock.

    A freephone or other number of a country that is of no place has its law but no clock.
    """
    if not number.geographic:
        return Places(frozenset({number.region}), (), "library")
    parsed = phonenumbers.parse(number.e164)
    zones = tuple(sorted(filter(known, timezone.time_zones_for_number(parsed))))
    zones = zones or by_country().get(number.region, ())
    states = frozenset(
        place
        for place, theirs in zones_by_place().items()
        if place.startswith(f"{number.region}-") and not set(zones).isdisjoint(theirs)
    )
    return Places(states or frozenset({number.region}), zones, "library")
