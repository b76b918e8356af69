"""Are all rules shown, and how replies are read?"""

from __future__ import annotations

from tests.support.author import SMALL, answer, run


def test_list_shows_every_rule() -> None:
    assert "us.consent" in run("list", SMALL).stdout
    assert [rule["id"] for rule in answer("list", SMALL)["rules"]] == ["us.consent"]


def test_list_shows_how_replies_are_read() -> None:
    assert "how replies are read" in run("list", SMALL).stdout
    (told,) = answer("list", SMALL)["replies"]
    assert (told["id"], told["means"], told["words"][4]) == ("en.stop", "stop", "opt out")
