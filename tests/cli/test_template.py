"""Is content registered with the text that a person has read?"""

from __future__ import annotations

from pathlib import Path

from tests.support.commands import Command
from tests.support.shops import shop

__all__ = ["shop"]


def test_content_behind_a_reference_is_registered_with_its_text(
    gatekeeper: Command, shop: str, tmp_path: Path
) -> None:
    file = tmp_path / "news.txt"
    file.write_text("Order {{1}} is on its way.")
    words = ("--tenant", shop, "--kind", "content_sid", "--text", file, "--category", "utility")
    told = gatekeeper("template", "add", "HX" + "0b" * 16, *words)
    assert (told.status, "registered" in told.out) == (0, True)
    again = gatekeeper("template", "add", "HX" + "0b" * 16, *words, "--json").document
    assert (again["texts"], len(again["digest"])) == ([file.read_text()], 64)
    rows = gatekeeper("template", "list", "--tenant", shop, "--json").document
    assert [row["texts"] for row in rows] == [[file.read_text()]]


def test_content_of_any_kind_may_be_registered(
    gatekeeper: Command, shop: str, tmp_path: Path
) -> None:
    file = tmp_path / "flow.txt"
    file.write_text("Your order is ready.")
    words = ("--tenant", shop, "--kind", "flow", "--text", file)
    assert gatekeeper("template", "add", "FW" + "0b" * 16, *words).status == 0


def test_who_registers_it_wrongly_is_told_what_would_do(
    gatekeeper: Command, shop: str, tmp_path: Path
) -> None:
    words = ("--tenant", shop, "--kind", "twiml_url", "--text", tmp_path / "none")
    told = gatekeeper("template", "add", "u", *words)
    assert (told.status, "does not exist" in told.err) == (2, True)
    file = tmp_path / "page.txt"
    file.write_text("Hello.")
    told = gatekeeper("template", "add", "u", "--tenant", shop, "--kind", "A Page!", "--text", file)
    assert (told.status, "kind" in told.err) == (1, True)


def test_a_text_that_is_not_utf_8_is_named(gatekeeper: Command, tmp_path: Path) -> None:
    file = tmp_path / "latin.txt"
    file.write_bytes(b"caf\xe9")
    words = ("--tenant", "demo", "--kind", "content_sid", "--text", file)
    told = gatekeeper("template", "add", "HX" + "0c" * 16, *words)
    assert told.status == 1
    assert "UTF-8" in told.err
