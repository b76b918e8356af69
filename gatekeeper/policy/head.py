"""What says a pack beside its rules? Where federal law is all, which orders are declared, and how
far a stated place is believed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from gatekeeper.domain.facts import EmergencyOrder
from gatekeeper.domain.fault_codes import Code
from gatekeeper.domain.words import Mode
from gatekeeper.numbering.nanp import zones_by_place
from gatekeeper.numbering.trust import Trust, TrustedSource
from gatekeeper.numbering.zones import by_country
from gatekeeper.policy.faults import Fault, suggest
from gatekeeper.policy.yamlfile import Located

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gatekeeper.policy.model import Rule
    from gatekeeper.policy.shape import OrderShape, PackHead, TrustShape

ORDERS_CHECK = "emergency_order"


class AsFederal(Struct, frozen=True):
    """What was looked at to say that a place's law asks no more here than its country's."""

    pack: str
    jurisdiction: str
    citation: str
    verified_on: date
    confidence: str
    note: str | None = None


@dataclass(slots=True)
class HeadsDraft:
    """What the heads of all packs say, and every fault in it."""

    faults: list[Fault]
    as_federal: list[AsFederal] = field(default_factory=list)
    orders: list[tuple[EmergencyOrder, Located]] = field(default_factory=list)
    sources: list[TrustedSource] = field(default_factory=list)
    presuming: set[str] = field(default_factory=set)

    @property
    def trust(self) -> Trust:
        """How far all packs together believe a stated place."""
        return Trust(tuple(self.sources), frozenset(self.presuming))

    def add(self, head: PackHead, located: Located) -> None:
        """Add what one pack says."""
        self.faults.extend(_empty(head, located))
        said = head.as_federal
        if said is not None and head.jurisdiction is not None:
            self.as_federal.append(
                AsFederal(
                    head.pack,
                    head.jurisdiction,
                    said.citation,
                    said.verified_on,
                    said.confidence,
                    said.note,
                )
            )
        self._add_trust(head, located)
        for index, order in enumerate(head.orders):
            place = located.at("orders", index)
            self.faults.extend(_senseless(order, place))
            self.orders.append((EmergencyOrder(order.region, order.from_, order.to), place))

    def _add_trust(self, head: PackHead, located: Located) -> None:
        state = head.jurisdiction
        if head.presumes_area_code and state is not None and state in zones_by_place():
            self.presuming.add(state)
        elif head.presumes_area_code:
            told = "only a state or province presumes by area code: say which as jurisdiction"
            self.faults.append(located.fault(told, "presumes_area_code", code=Code.SENSELESS))
        for index, shape in enumerate(head.trust):
            place, row = located.at("trust", index), _trusted(shape)
            if row.effective_to is not None and row.effective_to < row.effective_from:
                told = f"ends on {row.effective_to}, before it begins on {row.effective_from}"
                self.faults.append(place.fault(told, "effective", "to", code=Code.BACKWARDS))
            if any(_at_once(row, other) for other in self.sources):
                told = f"{row.source} is trusted twice on one day"
                self.faults.append(place.fault(told, "source", code=Code.SAME_ID))
            self.sources.append(row)

    def unheeded(self, rules: Sequence[Rule]) -> None:
        """An order that no rule heeds is a fault, since its author thinks that it is kept."""
        heeding = [r for r in rules if r.check == ORDERS_CHECK and r.mode is not Mode.OFF]
        for order, place in self.orders:
            if _known(order.region) and not any(_heeds(rule, order.region) for rule in heeding):
                message = f"no rule of check {ORDERS_CHECK} speaks of {order.region}"
                self.faults.append(place.fault(message, "region"))


def _trusted(shape: TrustShape) -> TrustedSource:
    return TrustedSource(
        shape.source,
        frozenset(shape.narrows),
        shape.max_age_days,
        shape.citation,
        shape.verified_on,
        shape.confidence,
        shape.effective.from_ or date.min,
        shape.effective.to,
    )


def _at_once(one: TrustedSource, other: TrustedSource) -> bool:
    """Whether two rows speak of one source on one day."""
    begins = max(one.effective_from, other.effective_from)
    ends = min(one.effective_to or date.max, other.effective_to or date.max)
    return one.source == other.source and begins <= ends


def _empty(head: PackHead, located: Located) -> Iterator[Fault]:
    """A file that says nothing is a mistake; a place without rules says what that rests on."""
    says = head.model_fields_set & {
        "rules",
        "limits",
        "revocation",
        "orders",
        "as_federal",
        "trust",
    }
    if not says or not (head.rules or says - {"rules"}):
        yield located.fault(
            "a pack has rules; one of a place where federal law is all says so under as_federal"
        )
    if head.as_federal is not None and head.jurisdiction is None:
        yield located.fault("as_federal needs the pack's jurisdiction", "as_federal", key=True)


def _senseless(order: OrderShape, located: Located) -> Iterator[Fault]:
    if order.to is not None and order.to <= order.from_:
        told = f"ends at {order.to}, before it begins at {order.from_}"
        yield located.fault(told, "to", code=Code.BACKWARDS)
    if not _known(order.region):
        near = suggest(order.region, zones_by_place())
        yield located.fault(
            f"there is no place {order.region}{near}", "region", code=Code.UNKNOWN_PLACE
        )


def _known(region: str) -> bool:
    return region in zones_by_place() or region in by_country()


def _heeds(rule: Rule, region: str) -> bool:
    """An order of a whole country binds all its parts."""
    jurisdiction = rule.applies.jurisdiction
    return jurisdiction is None or jurisdiction == region or jurisdiction.startswith(f"{region}-")
