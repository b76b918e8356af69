"""What is drawn like a brand's name, or puts it beside a lure, passes itself off as the brand's."""

from __future__ import annotations

import pytest

from gatekeeper.screening.lookalikes import (
    Brand,
    Brands,
    Host,
    brands_of,
    drawn,
    known_brands,
    near,
)
from gatekeeper.screening.validators import Evidence

PAYPAL = Brand("paypal", frozenset({"paypal.com"}))
LURES = frozenset({"secure", "login", "verify", "top"})


def lookalike(name: str, *brands: Brand) -> Evidence | None:
    host = Host.of(name)
    return Brands(brands, LURES).lookalike(host) if host else None


@pytest.mark.parametrize(
    ("host", "steps"),
    [
        ("paypa1.com", 0),
        ("paypal-login.example", 0),
        ("paypal.secure.example", 0),
        ("paypal.com.other.example", 0),
        ("paypal.top", 0),
        ("paypall.com", -1),
        ("paypla.com", -1),
        ("paypal.com", None),
        ("www.paypal.com", None),
        ("paypal.co.uk", None),
        ("paypal.dealer.example", None),
        ("mypaypalstory.example", None),
        ("acme.example", None),
        ("203.0.113.7", None),
    ],
)
def test_a_host_and_how_surely_it_deceives(host: str, steps: int | None) -> None:
    found = lookalike(host, PAYPAL)
    assert (found.steps if found else None) == steps


def test_of_several_brands_the_surest_counts() -> None:
    found = lookalike("paypa1.com", Brand("paypay"), PAYPAL)
    assert found is not None
    assert found.trace == ("drawn like a brand's name",)


def test_a_senders_name_is_read_without_its_legal_form() -> None:
    assert [b.name for b in brands_of(("Acme Bank, Inc.",))] == ["acmebank"]
    traders = brands_of(("Northwind Traders",))
    assert [brand.name for brand in traders] == ["northwindtraders", "northwind"]
    assert brands_of(("The Co.", "É")) == ()


def test_a_senders_name_beside_a_lure_is_less_sure_than_a_known_brands() -> None:
    (mine,) = brands_of(("Northwind",))
    found = lookalike("northwind-login.example", mine)
    assert found is not None
    assert found.steps == -1


def test_word_sets_are_brands_but_for_the_lures() -> None:
    assert known_brands({"paypal": ["paypal.com"], "lures": ["login"]}, "lures") == [PAYPAL]


def test_letters_and_figures_that_are_drawn_alike_count_as_one() -> None:
    assert drawn("arnaz0n") == drawn("amazon")
    assert drawn("vvi2") == drawn("wiz")


@pytest.mark.parametrize("other", ["paypall", "paypa", "paypsl", "papyal"])
def test_one_letter_apart_is_near(other: str) -> None:
    assert near(other, "paypal")


@pytest.mark.parametrize("other", ["paypal", "paypals", "payperl", "pypl"])
def test_the_same_a_plural_and_what_differs_more_is_not_near(other: str) -> None:
    assert not near(other, "paypal")
