"""What do we know of a phone number and of where its owner may be?"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from msgspec import Struct

from gatekeeper.domain.reason import Reason


class Number(Struct, frozen=True, gc=False):
    """One dialable number in its only form, E.164 (ITU-T), e.g. `+12122000123`."""

    e164: str
    region: str
    """CLDR region of the number's plan (`US`, `CA`, `GB`, `PR`; `001` for non-geographic)."""
    npa: str | None = None
    """NANP area code, None outside +1."""
    toll_free: bool = False
    geographic: bool = True
    """False for toll-free, premium, personal and other numbers that say nothing of a place."""


class Reading(Struct, frozen=True, gc=False):
    """How an address was read: a number, or why it is not one we may send to."""

    number: Number | None
    problem: Reason | None = None
    detail: str = ""


class Stated(Struct, frozen=True, gc=False):
    """Where the customer says that the recipient is."""

    region: str | None = None
    """ISO 3166-2 (`US-TX`) or a country (`US`)."""
    postal: str | None = None
    timezone: str | None = None
    source: str | None = None
    """Where the customer has it from (`billing_address`); None if that is not said."""
    as_of: date | None = None
    """The day on which the source said so."""


class Places(Struct, frozen=True, gc=False):
    """Every place where the called party may be: rules hold in all of them at once."""

    regions: frozenset[str] = frozenset()
    """ISO 3166-2 codes (`US-FL`), or countries where no finer place is known (`GB`)."""
    zones: tuple[str, ...] = ()
    """IANA zone names, sorted."""
    confidence: str = "none"
    """What they rest on: `none`, `area_code`, `library`, `stated` (a word that the number cannot
    contradict) or `narrowed` (a trusted word against some places of the number)."""

    @property
    def countries(self) -> frozenset[str]:
        """The countries of all regions."""
        return frozenset(region.partition("-")[0] for region in self.regions)

    @property
    def jurisdictions(self) -> frozenset[str]:
        """Every jurisdiction that any of the places lies in: itself, its country, its union."""
        return frozenset().union(*map(_over, self.regions))

    def within(self, jurisdiction: str) -> bool:
        """Whether any of the places lies in the jurisdiction (`US`, `US-FL`, `CA`, `EU`)."""
        return any(_lies_in(region, jurisdiction) for region in self.regions)

    def only_in(self, jurisdictions: frozenset[str]) -> bool:
        """Whether places are known and each lies in one of the jurisdictions."""
        return bool(self.regions) and all(
            any(_lies_in(region, each) for each in jurisdictions) for region in self.regions
        )


_US_TERRITORIES = frozenset({"PR", "VI", "GU", "MP", "AS"})
"""Under US federal law, though their region code is not US (47 USC 153(58))."""


_EUROPEAN_UNION = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_UNIONS = {"EU": frozenset(_EUROPEAN_UNION.split())}
"""Jurisdictions of several countries, whose law their members carry out alike."""


def _lies_in(region: str, jurisdiction: str) -> bool:
    return jurisdiction in _over(region)


@lru_cache(maxsize=4096)
def _over(region: str) -> frozenset[str]:
    """The jurisdictions over one region."""
    country = region.partition("-")[0]
    if country in _US_TERRITORIES:
        region, country = f"US-{country}", "US"
    unions = (name for name, members in _UNIONS.items() if country in members)
    return frozenset((region, country, *unions))
