"""Does the command ask the question of `/v1/check`, and end with a status that scripts can use?"""

from __future__ import annotations

import json

import typer
from typer.testing import CliRunner, Result

from gatekeeper.cli.check import check
from gatekeeper.rollout.whatif import CheckRequest, CheckResponse

app = typer.Typer()
app.command()(check)

KNOWN = json.dumps(
    {
        "sender": "owned",
        "consent": "express_written",
        "listings": {"us-national": "clear"},
        "message": {"technology": "autodialed"},
    }
)
MESSAGE = ("--channel", "sms", "--from", "+13122000100", "--to", "+12122000123")
NOON, NIGHT = ("--at", "2026-11-20T12:00:00-05:00"), ("--at", "2026-11-20T21:00:00-05:00")
TEXT = ("--text", "Acme: 20% off today. Reply STOP to opt out.")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, [*MESSAGE, *words], env={"COLUMNS": "200"})


def test_a_message_that_would_go_out_ends_with_0() -> None:
    result = run(*TEXT, *NOON, "--assume", KNOWN)
    assert result.exit_code == 0
    assert result.stdout.startswith("allow\n")
    assert "hypothetical" in result.stdout


def test_one_that_would_not_ends_with_1_and_says_why_and_when() -> None:
    result = run(*TEXT, *NIGHT, "--assume", KNOWN)
    assert result.exit_code == 1
    for told in ("defer (quiet_hours)", "2026-11-21T13:00:00+00:00", "us.quiet_hours", "47 CFR"):
        assert told in result.stdout


def test_a_machine_gets_the_answer_of_the_http_endpoint() -> None:
    result = run(*TEXT, *NIGHT, "--assume", KNOWN, "--json")
    response = CheckResponse.model_validate_json(result.stdout)
    assert (response.verdict, response.reason, response.hypothetical) == (
        "defer",
        "quiet_hours",
        True,
    )


def test_nothing_is_known_unless_it_is_told() -> None:
    result = run(*TEXT, *NOON, "--json")
    assert result.exit_code == 1
    response = CheckResponse.model_validate_json(result.stdout)
    assert "sender.not_owned" in {found.reason for found in response.findings}


def test_the_matched_text_is_not_repeated() -> None:
    result = run("--text", "Your card 4111 1111 1111 1111", *NOON, "--assume", KNOWN)
    assert "payment: card, very_likely, characters 10 to 29" in result.stdout
    assert "4111" not in result.stdout


def test_a_question_that_cannot_be_read_ends_with_2_and_says_what_is_wrong() -> None:
    for words, told in (
        (("--purpose", "pleasure"), "purpose: "),
        (("--at", "noon"), "at: "),
        (("--assume", "{"), "--assume is not JSON"),
        (("--assume", '{"consnt": 1}'), "assume.consnt: "),
        (("--recipient", '{"timezone": "Mars"}'), "recipient.timezone: "),
    ):
        result = run(*TEXT, *words)
        assert result.exit_code == 2
        assert told in result.stderr


def test_every_field_of_the_question_is_an_option() -> None:
    shown = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"}).stdout
    for name, field in CheckRequest.model_fields.items():
        assert f"--{field.alias or name} " in shown


def test_the_answer_is_explained_if_it_is_asked_for() -> None:
    result = run(*TEXT, *NIGHT, "--assume", KNOWN, "--explain")
    assert result.exit_code == 1
    assert "is: Fri 21:00 in America/New_York" in result.stdout
    assert "to let it go:" in result.stdout
    told = CheckResponse.model_validate_json(
        run(*TEXT, *NIGHT, "--assume", KNOWN, "--explain", "--json").stdout
    )
    assert told.explanation is not None
    assert told.explanation.verdict == told.verdict == "defer"


def test_it_tells_where_the_recipient_may_be_and_what_that_rests_on() -> None:
    texas = {"region": "US-TX", "timezone": "America/Chicago"}
    dated = texas | {"source": "billing_address", "as_of": "2026-11-01"}
    asked = [
        ({}, "in US-NY; clocks of America/New_York (by the area code)"),
        (dated, "in US-TX; clocks of America/Chicago (as a trusted source states)"),
        ({"region": "US"}, "(by the area code)"),
    ]
    for said, told in asked:
        result = run(*TEXT, *NOON, "--recipient", json.dumps(said))
        assert told in result.stdout, result.stdout


def test_of_many_places_some_are_named_and_of_none_it_is_told() -> None:
    free = ("--channel", "sms", "--from", "+13122000100", "--to", "+18002200123")
    nowhere = CliRunner().invoke(app, [*free, *TEXT, *NOON], env={"COLUMNS": "200"})
    assert "in no place that is known" in nowhere.stdout
    country = [*free, *TEXT, *NOON, "--recipient", '{"region": "US"}']
    told = CliRunner().invoke(app, country, env={"COLUMNS": "200"}).stdout
    assert "and 46 more; clocks of" in told and " ... (as stated)" in told
