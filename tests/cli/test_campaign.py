"""Does a campaign say what it is for, and who may send it?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import Command
from tests.support.shops import shop

__all__ = ["shop"]


def test_a_campaign_holds_all_that_a_registry_asks_for(
    gatekeeper: Command, shop: str, tmp_path: Path
) -> None:
    own = ("--tenant", shop)
    gatekeeper("customer", "add", "shoes", *own)
    gatekeeper("brand", "add", "red", *own, "--customer", "shoes")
    text = tmp_path / "programme.txt"
    text.write_text("Red Alerts: up to 4 messages a month. STOP to end.")
    words = (
        "--purpose", "marketing", "--technology", "autodialed", "--seller", "Red Ltd",
        "--brand", "red", "--customer", "shoes", "--registration", "CRED1", "--text", text,
        "--sample", "Red: 20% off.", "--exemption", "package", "--carrier-class", "alcohol",
    )  # fmt: skip
    assert gatekeeper("campaign", "add", "alerts", *own, *words).status == 0
    assert gatekeeper("campaign", "add", "alerts", *own, "--seller", "Red Inc").status == 0
    known = gatekeeper("campaign", "show", "alerts", *own, "--json").document
    assert (known["purposes"], known["seller"]) == (["marketing"], "Red Inc")
    assert (known["brand"], known["end_customer"]) == ("red", "shoes")
    assert (known["registrations"], known["samples"]) == (["CRED1"], ["Red: 20% off."])
    assert (known["text"], known["exemption"]) == (text.read_text(), "package")
    assert known["carrier_class"] == "alcohol"


def test_the_brand_of_a_campaign_never_changes(gatekeeper: Command, shop: str) -> None:
    own = ("--tenant", shop)
    for brand in ("red", "blue"):
        gatekeeper("brand", "add", brand, *own)
    assert gatekeeper("campaign", "add", "news", *own, "--brand", "red").status == 0
    told = gatekeeper("campaign", "add", "news", *own, "--brand", "blue")
    assert (told.status, "never changes" in told.err) == (1, True)
    assert "Register another instead" in told.err


def test_which_senders_may_send_is_said_and_taken_back(gatekeeper: Command, shop: str) -> None:
    own, code = ("--tenant", shop), str(int(shop[1:], 16) % 90000 + 10000)
    gatekeeper("sender", "add", code, *own)
    told = gatekeeper("campaign", "senders", "news", *own, "--sender", code, "--json")
    assert told.document["senders"] == [code]
    told = gatekeeper("campaign", "senders", "news", *own, "--none", "--json")
    assert told.document["senders"] == []
    told = gatekeeper("campaign", "senders", "news", *own, "--all", "--json")
    assert told.document["senders"] is None
    told = gatekeeper("campaign", "senders", "news", *own, "--sender", "98765")
    assert (told.status, "register it first" in told.err) == (1, True)


def test_a_tenant_and_its_campaign_are_listed(gatekeeper: Command, shop: str) -> None:
    rows = gatekeeper("campaign", "list", "--json").document
    purposes = [row["purposes"] for row in rows if row["tenant"] == shop]
    assert purposes == [["transactional", "authentication"]]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("add", "x", "--tenant", "demo"), "--purpose"),
        (("add", "x", "--tenant", "demo", "--purpose", "fun"), "marketing"),
        (("add", "x", "--tenant", "demo", "--purpose", "debt", "--brand", "b"), "no brand b"),
        (("add", "x", "--tenant", "demo", "--text", "none"), "does not exist"),
        (("senders", "shop", "--tenant", "demo"), "give --sender"),
        (("senders", "shop", "--tenant", "demo", "--all", "--none"), "give --sender"),
        (("senders", "none", "--tenant", "demo", "--all"), "--purpose"),
    ],
)
def test_who_registers_it_wrongly_is_told_what_would_do(
    gatekeeper: Command, words: tuple[str, ...], hint: str
) -> None:
    told = gatekeeper("campaign", *words)
    assert told.status in (1, 2) and hint in told.err
