"""Does a declared emergency stop solicitation where the called party may be?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gatekeeper.checks import edges_time
from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import EmergencyOrder, Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class Orders(Params):
    """No parameters: the orders in force are facts, not policy."""


def run(facts: Facts, rule: Rule) -> Finding | None:
    """Of the orders in force in any candidate place, the one that ends last is told."""
    if not facts.orders:
        return None
    jurisdiction = rule.applies.jurisdiction
    binding = [order for order in facts.orders if _binds(order, facts, jurisdiction)]
    if not binding:
        return None
    ends = [order.end for order in binding if order.end is not None]
    until = max(ends) if len(ends) == len(binding) else None
    region = binding[0].region
    return rule.finding(
        Reason.EMERGENCY_ORDER, f"An emergency order is in force in {region}.", until=until
    )


def _binds(order: EmergencyOrder, facts: Facts, jurisdiction: str | None) -> bool:
    """An order of a whole country binds all its parts; a state's law speaks of that state."""
    if facts.at < order.start or (order.end is not None and facts.at >= order.end):
        return False
    if order.region in facts.places.countries:
        return True
    return order.region in facts.places.regions and order.region == (jurisdiction or order.region)


def standing(orders: Sequence[EmergencyOrder], at: datetime) -> tuple[EmergencyOrder, ...]:
    """Of all orders those that are not over: in force now, or when it is asked again later."""
    return tuple([order for order in orders if order.end is None or at < order.end])


def compared(facts: Facts, rule: Rule) -> Compared:
    """The orders that bind here now, and when they end."""
    known = [order for order in facts.orders if _binds(order, facts, rule.applies.jurisdiction)]
    ends = [f"{o.region} until {o.end.isoformat() if o.end else 'further notice'}" for o in known]
    return Compared(", ".join(ends) or "no order in force here", "no order in force here")


CHECK = Check(
    "emergency_order",
    Orders,
    run,
    about="orders",
    edges=edges_time.emergency_order,
    stage=8,
    compared=compared,
    needs=("at", "orders", "places"),
)
