from __future__ import annotations

import pytest

from tests.support.commands import Command
from tests.support.shops import shop

__all__ = ["shop"]


def test_an_admin_key_is_shown_once_listed_and_revoked(gatekeeper: Command, shop: str) -> None:
    end = "2099-01-01T00:00:00Z"
    made = gatekeeper("admin-key", "add", shop, "--tenant", shop, "--expires", end)
    assert made.out.startswith("gka_")
    listed = gatekeeper("admin-key", "list", "--tenant", shop, "--json")
    (row,) = listed.document
    assert (row["id"], row["expires"], row["revoked_at"]) == (shop, end, None)
    assert made.out.strip() not in listed.out and "hash" not in row
    told = gatekeeper("admin-key", "revoke", shop)
    assert (told.status, told.out) == (0, f"admin key {shop}: revoked\n")
    (row,) = gatekeeper("admin-key", "list", "--tenant", shop, "--json").document
    assert row["revoked_at"] and row["revoked_by"].startswith("user:")
    assert gatekeeper("admin-key", "revoke", shop, "--json").document == {}


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("add", "x", "--tenant", "nobody"), "no tenant nobody"),
        (("add", "x", "--expires", "2020-01-01T00:00:00Z"), "in the future"),
        (("revoke", "nobody"), "no admin key nobody"),
    ],
)
def test_who_makes_it_wrongly_is_told_what_would_do(
    gatekeeper: Command, words: tuple[str, ...], hint: str
) -> None:
    told = gatekeeper("admin-key", *words)
    assert (told.status, hint in told.err) == (1, True)


def test_an_id_is_not_used_twice(gatekeeper: Command, shop: str) -> None:
    gatekeeper("admin-key", "add", shop)
    told = gatekeeper("admin-key", "add", shop)
    assert (told.status, "already" in told.err) == (1, True)
