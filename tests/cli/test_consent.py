"""Can an operator record, read and import consent, and is told what was wrong?"""

from __future__ import annotations

from pathlib import Path

from tests.support.commands import Command


def test_an_opt_in_with_its_evidence_is_recorded_and_shown(gatekeeper: Command) -> None:
    number = "+12122000311"
    fields = ("--field", "seller=Demo Shop", "--field", "text_shown=I agree to texts.")
    added = gatekeeper(
        "consent",
        "add",
        number,
        "opt_in",
        "--tenant",
        "demo",
        "--basis",
        "express_written",
        *fields,
    )
    assert added.status == 0 and added.document["id"]
    assert added.document["missing"] == ["signature", "technology", "not_condition"]
    assert "not complete" in added.err and "no signature" in added.err
    shown = gatekeeper("consent", "show", number, "--tenant", "demo")
    assert "sms: express_written" in shown.out
    assert "I agree" not in shown.out


def test_a_complete_written_consent_is_recorded_without_a_note(gatekeeper: Command) -> None:
    text = "I agree to automated texts from Demo Shop. Consent is not a condition of purchase."
    fields = {"seller": "Demo Shop", "signature": "checkbox", "text_shown": text}
    said = [word for pair in fields.items() for word in ("--field", "=".join(pair))]
    words = ("+12122000315", "opt_in", "--tenant", "demo", "--basis", "express_written", *said)
    added = gatekeeper("consent", "add", *words)
    assert (added.status, added.err) == (0, "")
    assert added.document["missing"] == [] and len(added.document["text_sha256"]) == 64


def test_an_opt_in_without_evidence_after_an_opt_out_says_that_it_changes_nothing(
    gatekeeper: Command,
) -> None:
    number = "+12122000316"
    gatekeeper("consent", "add", number, "opt_out", "--tenant", "demo")
    added = gatekeeper("consent", "add", number, "opt_in", "--tenant", "demo")
    assert added.document["unproven"] and "still holds" in added.err
    held = gatekeeper("consent", "show", number, "--tenant", "demo", "--json").document
    assert held["marketing"]["sms"] == "revoked"


def test_an_event_about_another_needs_its_id(gatekeeper: Command) -> None:
    words = ("+12122000317", "correction", "--tenant", "demo", "--field")
    told = gatekeeper("consent", "add", *words, "about=0123456789abcdef01234567")
    assert told.status == 1 and "consent show" in told.err


def test_the_tier_is_shown_rule_by_rule(gatekeeper: Command) -> None:
    number = "+12122000318"
    gatekeeper("consent", "add", number, "opt_in", "--tenant", "demo", "--basis", "express")
    words = ("consent", "tier", number, "--tenant", "demo", "--technology", "autodialed")
    shown = gatekeeper(*words)
    assert shown.status == 0
    assert "needed: express_written; held: express; not sufficient" in shown.out
    assert "us.consent_marketing" in shown.out
    assert number not in shown.out
    told = gatekeeper(*words, "--purpose", "transactional", "--json").document
    assert (told["needed"], told["sufficient"]) == ("express", True)


def test_a_tier_of_a_campaign_that_is_none_is_refused(gatekeeper: Command) -> None:
    words = ("+12122000318", "--tenant", "demo", "--campaign", "nobodys")
    told = gatekeeper("consent", "tier", *words)
    assert told.status == 1 and "no such campaign" in told.err


def test_the_timeline_is_told_in_order(gatekeeper: Command) -> None:
    number = "+12122000319"
    gatekeeper("consent", "add", number, "opt_in", "--tenant", "demo", "--basis", "express")
    gatekeeper("consent", "add", number, "opt_out", "--tenant", "demo")
    lines = gatekeeper("consent", "show", number, "--tenant", "demo").out.splitlines()
    assert "The person gave express consent" in lines[1] and "unproven" in lines[1]
    assert "The person opted out." in lines[2]


def test_an_import_tells_what_its_consents_will_not_do(gatekeeper: Command, tmp_path: Path) -> None:
    file = tmp_path / "written.csv"
    file.write_text(
        "number,event,basis,seller\n"
        "+12122000341,opt_in,express_written,Demo Shop\n"
        "+12122000342,opt_in,express,Demo Shop\n"
    )
    told = gatekeeper("consent", "import", file, "--tenant", "demo")
    assert told.status == 0
    assert "signature (1), technology (1), not_condition (1)" in told.err
    assert "2 opt-ins came without evidence" in told.err


def test_an_opt_out_binds_when_the_command_returns(gatekeeper: Command) -> None:
    number = "+12122000312"
    gatekeeper("consent", "add", number, "opt_in", "--tenant", "demo", "--basis", "express")
    gatekeeper("consent", "add", number, "opt_out", "--tenant", "demo")
    held = gatekeeper("consent", "show", number, "--tenant", "demo", "--json").document
    assert held["marketing"]["sms"] == "revoked"
    newest_first = [event["event"] for event in held["events"]]
    assert newest_first == ["opt_out", "opt_in"]


def test_a_number_that_is_none_is_refused_and_not_repeated(gatekeeper: Command) -> None:
    told = gatekeeper("consent", "add", "+12125550", "opt_in", "--tenant", "demo")
    assert told.status == 1
    assert "E.164" in told.err and "12125550" not in told.err


def test_an_unknown_tenant_is_named(gatekeeper: Command) -> None:
    for command in (("show", "+12122000313"), ("add", "+12122000313", "opt_out")):
        told = gatekeeper("consent", *command, "--tenant", "nobody")
        assert told.status == 1
        assert "there is no tenant 'nobody'" in told.err


def test_an_unknown_field_is_answered_with_those_there_are(gatekeeper: Command) -> None:
    told = gatekeeper(
        "consent", "add", "+12122000313", "opt_in", "--tenant", "demo", "--field", "colour=red"
    )
    assert told.status == 1
    assert "'colour' is not FIELD=VALUE" in told.err and "text_shown" in told.err


def test_a_time_that_is_none_is_refused_with_its_name(gatekeeper: Command) -> None:
    words = ("+12122000313", "opt_in", "--tenant", "demo", "--at", "yesterday")
    told = gatekeeper("consent", "add", *words)
    assert told.status == 1
    assert "at: " in told.err


def test_good_lines_of_a_file_are_applied_and_bad_ones_listed(
    gatekeeper: Command, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        "number,event,basis,seller\n"
        "+12122000321,opt_in,express,Demo Shop\n"
        "nonsense,opt_in,express,Demo Shop\n"
        "+12122000322,opt_out,,\n"
    )
    told = gatekeeper("consent", "import", file, "--tenant", "demo")
    assert told.status == 1
    assert "1 bad line was left out" in told.err
    assert (tmp_path / "people.bad.csv").read_text().splitlines()[1].startswith("3,")
    held = gatekeeper("consent", "show", "+12122000322", "--tenant", "demo", "--json").document
    assert held["marketing"]["sms"] == "revoked"


def test_a_file_that_is_not_there_is_named(gatekeeper: Command, tmp_path: Path) -> None:
    told = gatekeeper("consent", "import", tmp_path / "none.csv", "--tenant", "demo")
    assert told.status == 2
    assert "none.csv" in told.err and "does not exist" in told.err


def test_a_file_with_an_unknown_column_applies_nothing(gatekeeper: Command, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("number,event,mood\n+12122000331,opt_in,good\n")
    told = gatekeeper("consent", "import", file, "--tenant", "demo")
    assert told.status == 1
    assert "line 1: the header must hold number and event" in told.err
    held = gatekeeper("consent", "show", "+12122000331", "--tenant", "demo", "--json").document
    assert held["events"] == []
