"""Does a declared emergency stop solicitation where the called party may be?"""

from __future__ import annotations

from gatekeeper.checks.contract import Check, Params
from gatekeeper.domain.facts import EmergencyOrder, Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class Orders(Params):
    """No parameters: the orders in force are facts, not policy."""


def run(facts: Facts, rule: Rule) -> Finding | None:
    """Of the orders in force in any candidate place, the one that ends last is told."""
    jurisdiction = rule.applies.jurisdiction
    inside = [order for order in facts.orders if _concerns(order, facts, jurisdiction)]
    if not inside:
        return None
    ends = [order.end for order in inside if order.end is not None]
    until = max(ends) if len(ends) == len(inside) else None
    region = inside[0].region
    return rule.finding(
        Reason.EMERGENCY_ORDER, f"An emergency order is in force in {region}.", until=until
    )


def _concerns(order: EmergencyOrder, facts: Facts, jurisdiction: str | None) -> bool:
    in_force = order.start <= facts.at and (order.end is None or facts.at < order.end)
    of_rule = jurisdiction is None or order.region in (jurisdiction, jurisdiction.partition("-")[0])
    return in_force and of_rule


CHECK = Check("emergency_order", Orders, run)
