"""Does a sender keep what is known of it, and its one owner?"""

from __future__ import annotations

import os
import pwd

import pytest

from tests.support.commands import Command
from tests.support.shops import shop

__all__ = ["shop"]

USER = f"user:{pwd.getpwuid(os.getuid()).pw_name}"


@pytest.fixture
def number(shop: str) -> str:
    """A number of this test alone."""
    return f"+1312{int(shop[1:], 16) % 7_000_000 + 2_100_000:07d}"


def test_a_sender_is_known_by_one_name_however_it_is_written(
    gatekeeper: Command, shop: str, number: str
) -> None:
    written = f"+1 ({number[2:5]}) {number[5:8]}-{number[8:]}"
    assert gatekeeper("sender", "add", written, "--tenant", shop).status == 0
    known = gatekeeper("sender", "show", written, "--tenant", shop, "--json").document
    assert (known["id"], known["kind"], known["state"]) == (number, "long_code", "active")


def test_one_change_leaves_all_else_as_it_is(gatekeeper: Command, shop: str, number: str) -> None:
    own = ("--tenant", shop)
    more = ("--campaign", "news", "--registration", "C1", "--free-to-end-user", "--age-gate")
    gatekeeper("sender", "add", number, *own, *more)
    assert gatekeeper("sender", "state", number, *own, "reclaimed").status == 0
    told = gatekeeper("sender", "proof", number, *own, "code_sent", "--reference", "ticket 7")
    assert told.status == 0
    assert gatekeeper("sender", "add", number, *own, "--registration", "C2").status == 0
    known = gatekeeper("sender", "show", number, *own, "--json").document
    assert (known["campaign"], known["registration"]) == ("news", "C2")
    assert (known["state"], known["free_to_end_user"]) == ("reclaimed", True)
    assert known["age_gate"]
    assert gatekeeper("sender", "add", number, *own, "--no-age-gate").status == 0
    assert not gatekeeper("sender", "show", number, *own, "--json").document["age_gate"]
    assert (known["proof"]["kind"], known["proof"]["by"]) == ("code_sent", USER)
    assert "ticket 7" in gatekeeper("sender", "show", number, *own).out


def test_proof_may_be_recorded_at_once(gatekeeper: Command, shop: str, number: str) -> None:
    words = ("--proof", "letter_of_authorization", "--reference", "LOA-7", "--json")
    known = gatekeeper("sender", "add", number, "--tenant", shop, *words).document
    assert (known["proof"]["reference"], known["proof"]["by"]) == ("LOA-7", USER)


def test_nobody_takes_over_anothers_sender(gatekeeper: Command, shop: str, number: str) -> None:
    gatekeeper("sender", "add", number, "--tenant", shop)
    told = gatekeeper("sender", "add", number, "--tenant", "demo")
    assert (told.status, "not to this tenant" in told.err) == (1, True)
    assert shop not in told.err


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("add", "!!", "--tenant", "demo"), "E.164"),
        (("add", "+13122000409", "--tenant", "nobody"), "there is no tenant nobody"),
        (("add", "+13122000409", "--tenant", "demo", "--campaign", "no"), "no campaign no"),
        (("add", "+13122000409", "--tenant", "demo", "--proof", "code_sent"), "--reference"),
        (("add", "+13122000409", "--tenant", "demo", "--reference", "x"), "--proof"),
        (("proof", "+13122000409", "--tenant", "demo", "belief", "--reference", "x"), "code_sent"),
        (("state", "+13122000100", "--tenant", "demo", "lost"), "reclaimed"),
    ],
)
def test_who_registers_it_wrongly_is_told_what_would_do(
    gatekeeper: Command, words: tuple[str, ...], hint: str
) -> None:
    told = gatekeeper("sender", *words)
    assert told.status in (1, 2) and hint in told.err
