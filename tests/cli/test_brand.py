from __future__ import annotations

from tests.support.commands import Command
from tests.support.shops import shop

__all__ = ["shop"]


def test_a_brand_has_its_own_words_and_stays_with_its_end_customer(
    gatekeeper: Command, shop: str
) -> None:
    own = ("--tenant", shop)
    gatekeeper("customer", "add", "shoes", *own)
    words = ("--name", "Red", "--customer", "shoes", "--registration", "BRED1")
    assert gatekeeper("brand", "add", "red", *own, *words).status == 0
    assert gatekeeper("brand", "add", "red", *own, "--help-text", "Red: call us.").status == 0
    known = gatekeeper("brand", "show", "red", *own, "--json").document
    assert (known["name"], known["help_text"]) == ("Red", "Red: call us.")
    assert (known["end_customer"], known["registration"]) == ("shoes", "BRED1")
    gatekeeper("customer", "add", "hats", *own)
    told = gatekeeper("brand", "add", "red", *own, "--customer", "hats")
    assert (told.status, "never changes" in told.err) == (1, True)


def test_an_end_customer_must_be_there_first(gatekeeper: Command, shop: str) -> None:
    told = gatekeeper("brand", "add", "red", "--tenant", shop, "--customer", "none")
    assert (told.status, "register it first" in told.err) == (1, True)
