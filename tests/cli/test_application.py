"""Is a key shown once, the provider's secret never, and are both told apart from the rest?"""

from __future__ import annotations

import pytest

from tests.support.commands import Command
from tests.support.shops import shop

__all__ = ["shop"]

SECRET = "the-real-token-of-the-provider"
ACCOUNT = "AC" + "7c" * 16


def words(shop: str) -> tuple[str, ...]:
    return ("--tenant", shop, "--account", ACCOUNT)


def test_the_key_of_an_application_is_shown_once_and_the_secret_never(
    gatekeeper: Command, shop: str
) -> None:
    more = ("--campaign", "news")
    added = gatekeeper("app", "add", f"{shop}-app", *words(shop), *more, entered=SECRET + "\n")
    assert added.out.startswith("gk_")
    listed = gatekeeper("app", "list", "--json")
    assert f"{shop}-app" in listed.out
    assert SECRET not in listed.out and added.out.strip() not in listed.out
    assert not {"secret", "fingerprint", "hash"} & set(listed.document[0])


def test_a_new_key_replaces_the_old_one_or_stands_beside_it(gatekeeper: Command, shop: str) -> None:
    name = f"{shop}-app"
    first = gatekeeper("app", "add", name, *words(shop), "--json", entered=SECRET + "\n").document
    end = "2099-01-01T00:00:00Z"
    second = gatekeeper("app", "key", name, "--keep-old", "--expires", end, "--json").document
    assert second["key"].startswith("gk_") and second["key"] != first["key"]
    rows = gatekeeper("app", "keys", name, "--json").document
    assert [row["expires"] for row in rows] == [end, None]
    assert len({row["id"] for row in rows}) == 2
    assert first["key"] not in str(rows) and second["key"] not in str(rows)
    third = gatekeeper("app", "key", name).out
    assert third.startswith("gk_")
    assert len(gatekeeper("app", "keys", name, "--json").document) == 1
    assert rows[0]["id"] not in gatekeeper("app", "keys", name).out


def test_in_pass_through_the_app_keeps_its_own_credential(gatekeeper: Command, shop: str) -> None:
    more = ("--mode", "pass_through")
    told = gatekeeper("app", "add", f"{shop}-app", *words(shop), *more, entered=f"{shop}-s\n")
    assert "registered: the app goes on using its own credential" in told.out
    told = gatekeeper("app", "key", f"{shop}-app")
    assert (told.status, "in vault mode" in told.err) == (1, True)


def test_single_things_are_changed_and_its_secret_stays(gatekeeper: Command, shop: str) -> None:
    name = f"{shop}-app"
    gatekeeper("app", "add", name, *words(shop), entered=SECRET + "\n")
    key = gatekeeper("app", "keys", name, "--json").document
    assert gatekeeper("app", "change", name, "--campaign", "news").status == 0
    known = gatekeeper("app", "show", name, "--json").document
    assert (known["campaign"], known["account"], known["keys"]) == ("news", ACCOUNT, key)
    told = gatekeeper("app", "change", name, "--customer", "none")
    assert (told.status, "no end customer none" in told.err) == (1, True)


@pytest.mark.parametrize(
    ("more", "entered", "hint"),
    [
        ((), "\n", "standard input"),
        (("--expires", "2020-01-01T00:00:00Z"), "s\n", "in the future"),
        (("--expires", "soon"), "s\n", "2026-12-01T09:00:00Z"),
        (("--campaign", "none"), "s\n", "no campaign none"),
        (("--customer", "none"), "s\n", "no end customer none"),
    ],
)
def test_who_adds_it_wrongly_is_told_what_would_do(
    gatekeeper: Command, shop: str, more: tuple[str, ...], entered: str, hint: str
) -> None:
    told = gatekeeper("app", "add", f"{shop}-app", *words(shop), *more, entered=entered)
    assert (told.status, hint in told.err) == (1, True), told


def test_a_key_is_made_for_what_is_there(gatekeeper: Command) -> None:
    told = gatekeeper("app", "key", "nobody")
    assert "there is no application nobody in vault mode" in told.err


def test_an_application_of_a_provider_whose_sdk_names_no_account_needs_none(
    gatekeeper: Command, shop: str
) -> None:
    name, of = f"{shop}-telnyx", ("--tenant", shop, "--provider", "telnyx")
    added = gatekeeper("app", "add", name, *of, entered=SECRET + "\n")
    assert added.out.startswith("gk_")
    known = gatekeeper("app", "show", name, "--json").document
    assert (known["provider"], known["account"]) == ("telnyx", "")


@pytest.mark.parametrize(
    ("more", "hint"),
    [
        (("--provider", "telnix"), "did you mean telnyx?"),
        (("--provider", "twilio"), "give the Account SID"),
        ((), "give the Account SID"),
    ],
)
def test_an_unknown_provider_or_a_missing_account_is_told(
    gatekeeper: Command, shop: str, more: tuple[str, ...], hint: str
) -> None:
    told = gatekeeper("app", "add", f"{shop}-x", "--tenant", shop, *more, entered=SECRET + "\n")
    assert (told.status, hint in told.err) == (1, True), told
