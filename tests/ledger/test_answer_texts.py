"""Can a brand register a confirmation of an opt-out that sells something?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.registry import Brand, Registry, Tenant
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.answer_texts import LONGEST, check_texts
from gatekeeper.ledger.references import check
from gatekeeper.pipeline.inbound_texts import help_text, stop_text

NAME = "Big Deal Shop"


def brand(stop: str | None = None, help_: str | None = None) -> Brand:
    return Brand("b", "acme", NAME, help_text=help_, stop_text=stop)


@pytest.mark.parametrize(
    "text",
    [
        "You are unsubscribed from Big Deal Shop and will get no more messages.",
        "Big Deal Shop: Su baja esta confirmada.",
        "Désabonnement confirmé. Reply START to get messages again.",
        "x" * LONGEST,
    ],
)
def test_a_plain_confirmation_is_taken(text: str) -> None:
    check_texts(brand(text))


@pytest.mark.parametrize(
    "text",
    [
        "Goodbye! Here is 20% off.",
        "Bye. A free gift waits for you.",
        "Unsubscribed. Visit https://shop.example",
        "Unsubscribed. See shop.example/x",
        "Only $5 today. Bye.",
        "Baja confirmada. Oferta solo hoy.",
        "Désabonné. Offre du jour.",
        "",
        " ",
        "x" * (LONGEST + 1),
        "two\nlines",
    ],
)
def test_a_confirmation_that_says_more_is_refused_when_it_is_registered(text: str) -> None:
    with pytest.raises(InputRejected, match="stop_text"):
        check(brand(text), Registry(tenants={"acme": Tenant("acme", "Acme")}))


def test_help_may_hold_a_link_but_not_more_than_one_message() -> None:
    check_texts(brand(help_="Big Deal Shop: see https://a.example or call. Reply STOP to stop."))
    with pytest.raises(InputRejected, match="help_text"):
        check_texts(brand(help_="x" * (LONGEST + 1)))


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_our_own_texts_would_be_taken(language: str) -> None:
    check_texts(brand(stop_text(NAME, None, language), help_text(NAME, None, language)))
