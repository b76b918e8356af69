"""Can everything registered be shown, listed, stopped and resumed, by people and by machines?"""

from __future__ import annotations

import os
import pwd
from datetime import UTC, datetime, timedelta

import pytest
import typer

from gatekeeper.cli.registry import group, instant, with_own_commands, with_show, with_stops
from gatekeeper.errors import InputRejected
from tests.support.commands import Command
from tests.support.shops import shop

__all__ = ["shop"]

ACCOUNT = "AC" + "7c" * 16
NUMBER = "+13122000491"
USER = f"user:{pwd.getpwuid(os.getuid()).pw_name}"
NOUNS = ("tenant", "customer", "app", "sender", "campaign")


@pytest.fixture
def words(gatekeeper: Command, shop: str) -> dict[str, tuple[str, ...]]:
    """How one of each kind is named."""
    own = ("--tenant", shop)
    gatekeeper("app", "add", f"{shop}-app", *own, "--account", ACCOUNT, entered="s\n")
    gatekeeper("customer", "add", "shoes", *own)
    gatekeeper("brand", "add", "red", *own)
    code = str(int(shop[1:], 16) % 90000 + 10000)
    assert gatekeeper("sender", "add", code, *own).status == 0
    return {
        "tenant": (shop,),
        "customer": ("shoes", *own),
        "brand": ("red", *own),
        "app": (f"{shop}-app",),
        "sender": (code, *own),
        "campaign": ("news", *own),
    }


@pytest.mark.parametrize("noun", NOUNS)
def test_who_is_suspended_is_shown_with_why_by_whom_and_until_when(
    gatekeeper: Command, words: dict[str, tuple[str, ...]], noun: str
) -> None:
    until = (datetime.now(UTC) + timedelta(days=3)).replace(microsecond=0)
    told = gatekeeper(
        noun, "suspend", *words[noun], "--reason", "spam reports", "--until", until.isoformat()
    )
    assert (told.status, "suspended until" in told.out) == (0, True), told
    made = gatekeeper(noun, "show", *words[noun], "--json").document["suspended"]
    assert (made["reason"], made["by"]) == ("spam reports", USER)
    assert datetime.fromisoformat(made["until"]) == until
    assert "spam reports" in gatekeeper(noun, "show", *words[noun]).out
    assert gatekeeper(noun, "resume", *words[noun]).status == 0
    assert gatekeeper(noun, "show", *words[noun], "--json").document["suspended"] is None


@pytest.mark.parametrize("noun", [*NOUNS, "brand"])
def test_each_is_shown_to_people_and_to_machines(
    gatekeeper: Command, words: dict[str, tuple[str, ...]], noun: str
) -> None:
    name = words[noun][0]
    assert gatekeeper(noun, "show", *words[noun], "--json").document["id"] == name
    assert name in gatekeeper(noun, "show", *words[noun]).out
    absent = ("none", *words[noun][1:]) if noun != "sender" else ("99999", *words[noun][1:])
    told = gatekeeper(noun, "show", *absent)
    assert (told.status, "there is no" in told.err) == (1, True)


@pytest.mark.parametrize("noun", ["customer", "brand", "app", "sender", "campaign"])
def test_a_list_may_be_of_one_tenant(
    gatekeeper: Command, words: dict[str, tuple[str, ...]], shop: str, noun: str
) -> None:
    rows = gatekeeper(noun, "list", "--tenant", shop, "--json").document
    assert [row["tenant"] for row in rows] == [shop]
    assert gatekeeper(noun, "list", "--tenant", "nobody", "--json").document == []
    assert words[noun][0] in gatekeeper(noun, "list", "--tenant", shop).out.replace("\n", "")


def test_every_command_that_changes_something_answers_in_json_as_well(
    gatekeeper: Command, shop: str
) -> None:
    own = ("--tenant", shop, "--json")
    assert gatekeeper("tenant", "add", shop, "--json").document["name"] == "A shop"
    assert gatekeeper("customer", "add", "c", *own).document["tenant"] == shop
    stopped = gatekeeper("tenant", "suspend", shop, "--reason", "x", "--json").document
    assert stopped["reason"] == "x"
    assert gatekeeper("tenant", "resume", shop, "--json").document == {}


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("tenant", "suspend", "nobody", "--reason", "x"), "there is no tenant nobody"),
        (("tenant", "suspend", "demo"), "--reason"),
        (("tenant", "suspend", "demo", "--reason", " "), "say why"),
        (("tenant", "suspend", "demo", "--reason", "x", "--until", "soon"), "2026-12-01T09:00:00Z"),
        (("tenant", "suspend", "demo", "--reason", "x", "--until", "2020-01-01T00:00:00Z"),
         "in the future"),
        (("campaign", "suspend", "x", "--reason", "x"), "--tenant"),
    ],
)  # fmt: skip
def test_who_stops_something_wrongly_is_told_what_would_do(
    gatekeeper: Command, words: tuple[str, ...], hint: str
) -> None:
    told = gatekeeper(*words)
    assert told.status in (1, 2)
    assert hint in told.err


def test_an_instant_has_its_offset() -> None:
    assert instant("2026-12-01T09:00:00Z") == datetime(2026, 12, 1, 9, tzinfo=UTC)
    for text in ("2026-12-01T09:00:00", "2026-12-01", "tomorrow", ""):
        with pytest.raises(InputRejected, match="offset"):
            instant(text)


def test_a_group_has_the_commands_that_were_added() -> None:
    commands = group("Things.", "campaign", ("id",))
    with_show(commands, "campaign")
    with_stops(commands, "campaign")
    assert [each.name for each in commands.registered_commands] == [
        "list", "show", "suspend", "resume",
    ]  # fmt: skip
    other = typer.Typer()
    with_own_commands(other, "tenant")
    assert [each.name for each in other.registered_commands] == ["show", "suspend", "resume"]
