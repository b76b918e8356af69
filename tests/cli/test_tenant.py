"""Can single things be changed of a tenant without stating all of it again?"""

from __future__ import annotations

import os
import pwd
from datetime import UTC, datetime

import pytest

from gatekeeper.cli.tenant import accepted, moment
from gatekeeper.errors import InputRejected
from tests.support.commands import Command
from tests.support.shops import shop

__all__ = ["shop"]


def test_one_change_leaves_all_else_as_it_is(gatekeeper: Command, shop: str) -> None:
    assert gatekeeper("tenant", "terms", shop, "--version", "2026-01", "--by", "J. Doe").status == 0
    for words in (
        ("posture", shop, "statute"),
        ("revocation", shop, "brand"),
        ("components", shop, "--channel", "sms", "--channel", "voice"),
        ("add", shop, "--emergency"),
    ):
        told = gatekeeper("tenant", *words)
        assert (told.status, told.out) == (0, f"tenant {shop}: registered\n")
    whole = gatekeeper("tenant", "show", shop, "--json").document
    assert whole["terms"]["version"] == "2026-01" and whole["terms"]["by"] == "J. Doe"
    assert (whole["name"], whole["posture"], whole["revocation"]) == ("A shop", "statute", "brand")
    assert (whole["components"], whole["emergency_granted"]) == (["sms", "voice"], True)
    gatekeeper("tenant", "components", shop, "--all")
    gatekeeper("tenant", "add", shop, "--no-emergency")
    whole = gatekeeper("tenant", "show", shop, "--json").document
    assert (whole["components"], whole["emergency_granted"]) == (None, False)
    gatekeeper("tenant", "components", shop, "--none")
    assert gatekeeper("tenant", "show", shop, "--json").document["components"] == []


def test_the_log_tells_every_change_and_who_made_it(gatekeeper: Command, shop: str) -> None:
    gatekeeper("tenant", "suspend", shop, "--reason", "spam reports")
    told = gatekeeper("audit", "show", f"tenant:{shop}", "--json").document
    changes = [each["body"] for each in told]
    assert {each["by"] for each in changes} == {f"user:{pwd.getpwuid(os.getuid()).pw_name}"}
    stopped = [each["document"]["suspended"] for each in changes]
    assert [bool(each) for each in stopped] == [False, True]
    assert stopped[-1]["reason"] == "spam reports"


def test_a_tenant_is_listed(gatekeeper: Command, shop: str) -> None:
    assert shop in gatekeeper("tenant", "list").out


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("components", "demo"), "give --channel"),
        (("components", "demo", "--all", "--none"), "give --channel"),
        (("components", "demo", "--channel", "pigeon"), "sms"),
        (("posture", "demo", "mine"), "statute"),
        (("terms", "demo"), "--version"),
        (("add", "a/b"), "an id holds"),
    ],
)
def test_who_changes_it_wrongly_is_told_what_would_do(
    gatekeeper: Command, words: tuple[str, ...], hint: str
) -> None:
    told = gatekeeper("tenant", *words)
    assert told.status in (1, 2) and hint in told.err


def test_who_accepted_is_stated_only_if_it_was_said() -> None:
    assert accepted("2", None) == {"version": "2"}
    assert accepted("2", "J. Doe") == {"version": "2", "by": "J. Doe"}


def test_a_day_stands_for_its_first_instant_in_utc() -> None:
    assert moment("2026-12-31") == datetime(2026, 12, 31, tzinfo=UTC)
    assert moment("2026-12-31T09:00:00-05:00") == datetime(2026, 12, 31, 14, tzinfo=UTC)
    for wrong in ("2026-13-31", "tomorrow", "2026-12-31T09:00:00"):
        with pytest.raises(InputRejected, match="no instant"):
            moment(wrong)
