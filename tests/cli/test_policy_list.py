"""Are all rules shown, and how replies are read?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.author import SMALL, answer, run
from tests.support.content_folder import content_folder


def test_list_shows_every_rule() -> None:
    assert "us.consent" in run("list", SMALL).stdout
    assert [rule["id"] for rule in answer("list", SMALL)["rules"]] == ["us.consent"]


def test_list_shows_how_replies_are_read() -> None:
    assert "how replies are read" in run("list", SMALL).stdout
    (told,) = answer("list", SMALL)["replies"]
    assert (told["id"], told["means"], told["words"][4]) == ("en.stop", "stop", "opt out")


def test_list_counts_detectors_by_family_and_shows_each_if_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    folder = content_folder(tmp_path)
    card = folder / "content/payment/card.yaml"
    card.write_text(card.read_text() + "category: plastic\nseverity: 3\nstatus: experimental\n")
    assert "detectors by family" in run("list", folder).stdout
    for words in (("--detectors",), ("--family", "payment")):
        shown = run("list", folder, *words).stdout
        for word in ("card", "plastic", "3", "any", "experimental", "Payment card number"):
            assert word in shown
    assert "card" not in run("list", folder, "--family", "health").stdout
    (told,) = answer("list", folder)["detectors"]
    asked = ("id", "family", "category", "severity", "languages", "status", "mode")
    assert [told[key] for key in asked] == [
        "card",
        "payment",
        "plastic",
        3,
        [],
        "experimental",
        "enforce",
    ]
