"""Can an operator export, hold and erase a person, and does the exit status tell how it went?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gatekeeper.cli.person import PARTIAL
from tests.support.commands import Command, Ran
from tests.support.running import Running

DEMO = ("--tenant", "demo")
WHY = ("--reason", "letter of 2 May")


def agreed(gatekeeper: Command, number: str) -> None:
    fields = ("--basis", "express", "--field", "text_shown=I agree, says CANARY")
    assert gatekeeper("consent", "add", number, "opt_in", *DEMO, *fields).status == 0


def exported(gatekeeper: Command, number: str, folder: Path) -> Ran:
    return gatekeeper("person", "export", number, *DEMO, *WHY, "-o", folder / "person.json")


def test_an_export_is_a_private_file_with_the_evidence(gatekeeper: Command, tmp_path: Path) -> None:
    agreed(gatekeeper, "+12122000611")
    told = exported(gatekeeper, "+12122000611", tmp_path)
    assert told.status == 0, told.err
    file = tmp_path / "person.json"
    assert file.stat().st_mode & 0o777 == 0o600
    document = json.loads(file.read_text())
    (event,) = document["consents"]
    assert event["evidence"][0]["content"]["text_shown"] == "I agree, says CANARY"
    assert list(tmp_path.iterdir()) == [file]


def test_without_a_file_it_is_printed(gatekeeper: Command) -> None:
    told = gatekeeper("person", "export", "+12122000612", "--all-tenants", *WHY)
    assert told.document["tenants"].keys() >= {"demo"}


def test_an_erasure_is_told_and_listed_and_leaves_the_log_whole(
    gatekeeper: Command, tmp_path: Path, demo_gate: Running
) -> None:
    number = "+12122000613"
    agreed(gatekeeper, number)
    told = gatekeeper("person", "erase", number, *DEMO, *WHY, "--basis", "gdpr-17")
    assert told.status == 0, told.err
    assert "1 evidence, 1 grants ended" in told.out and "complete" in told.out
    exported(gatekeeper, number, tmp_path)
    document = json.loads((tmp_path / "person.json").read_text())
    assert document["consents"][0]["evidence"] == [{"state": "erased"}]
    listed = gatekeeper("person", "erased", "--number", number, "--json").document
    assert [(row["basis"], row["complete"]) for row in listed] == [("gdpr-17", True)]
    table = gatekeeper("person", "erased", *DEMO)
    assert "letter of 2 May" in table.out and number[1:] not in table.out
    assert gatekeeper("audit", "verify").status == 0
    found = gatekeeper("audit", "search", "--number", number, "--kind", "erased", "--json")
    assert found.out.count('"erased"') >= 1


def test_a_hold_makes_an_erasure_partial_until_it_is_released(gatekeeper: Command) -> None:
    number = "+12122000614"
    agreed(gatekeeper, number)
    held = gatekeeper("person", "hold", number, *DEMO, "--reason", "case 7").document
    partly = gatekeeper("person", "erase", number, *DEMO, *WHY)
    assert partly.status == PARTIAL
    assert "PARTIAL" in partly.out and f"legal hold {held['id']}" in partly.out
    assert held["id"] in gatekeeper("person", "holds", *DEMO).out
    released = gatekeeper("person", "release", number, *DEMO, "--reason", "case 7 is over")
    assert held["id"] in released.out and "--owed" in released.out
    owed = gatekeeper("person", "erased", "--number", number, "--owed", "--json").document
    assert [row["complete"] for row in owed] == [False]
    whole = gatekeeper("person", "erase", number, *DEMO, *WHY, "--json")
    assert whole.status == 0 and whole.document["erased"]["evidence"] == 1
    assert gatekeeper("person", "erased", "--number", number, "--owed", "--json").document == []


def test_a_hold_on_everybody_is_said_in_so_many_words(gatekeeper: Command) -> None:
    held = gatekeeper("person", "hold", "--everybody", *DEMO, "--reason", "an inquiry").document
    assert held["pseudonym"] is None
    assert gatekeeper("person", "release", "--everybody", *DEMO, "--reason", "over").status == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("hold", *DEMO, *WHY), "say whom"),
        (("hold", "+12122000615", "--everybody", *DEMO, *WHY), "say whom"),
        (("export", "+12122000615", *WHY), "say whose data"),
        (("export", "+12122000615", "--all-tenants", *DEMO, *WHY), "say whose data"),
        (("erase", "+12122000615", "--tenant", "nobody", *WHY), "no tenant 'nobody'"),
        (("erase", "+12122000615", *DEMO, "--reason", "of 212 200 0615"), "phone number"),
        (("erase", "12", *DEMO, *WHY), "number"),
        (("hold", "+12122000615", *DEMO, *WHY, "--until", "tomorrow"), "until"),
        (("release", "+12122000615", *DEMO, *WHY), "no hold"),
    ],
)
def test_what_cannot_be_done_is_told(
    gatekeeper: Command, words: tuple[str, ...], told: str
) -> None:
    ended = gatekeeper("person", *words)
    assert ended.status == 1 and told in ended.err
    assert "2122000615" not in ended.err
