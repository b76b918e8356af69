from __future__ import annotations

from tests.support.commands import Command
from tests.support.shops import shop

__all__ = ["shop"]


def test_an_end_customers_terms_are_recorded_with_version_date_and_who(
    gatekeeper: Command, shop: str
) -> None:
    own = ("--tenant", shop)
    assert gatekeeper("customer", "add", "shoes", *own, "--name", "Shoes Ltd").status == 0
    assert gatekeeper("customer", "show", "shoes", *own, "--json").document["terms"] is None
    words = ("--version", "2026-01", "--by", "A. Roe, owner")
    assert gatekeeper("customer", "terms", "shoes", *own, *words).status == 0
    known = gatekeeper("customer", "show", "shoes", *own, "--json").document
    assert known["name"] == "Shoes Ltd"
    assert (known["terms"]["version"], known["terms"]["by"]) == ("2026-01", "A. Roe, owner")
    assert known["terms"]["at"]
    assert "A. Roe" in gatekeeper("customer", "show", "shoes", *own).out


def test_an_end_customer_belongs_to_a_tenant_that_is_there(gatekeeper: Command) -> None:
    told = gatekeeper("customer", "add", "shoes", "--tenant", "nobody")
    assert (told.status, "no tenant nobody" in told.err) == (1, True)
