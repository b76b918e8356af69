"""Is a typed message read in the words of the HTTP endpoint?"""

from __future__ import annotations

from inspect import Parameter

import pytest
import typer

from gatekeeper.cli.question import options, read_question, refuse
from gatekeeper.rollout.whatif import CheckRequest

SAID = {"channel": "sms", "from_": "+13122000100", "to": "+12122000123", "text": "Hello"}


def test_every_field_of_the_question_is_an_option_of_its_own_name() -> None:
    named = {each.name: each for each in options()}
    assert set(named) == set(CheckRequest.model_fields)
    assert named["to"].default is Parameter.empty
    assert named["purpose"].default is None
    assert named["explain"].default is False


def test_options_may_be_left_out_and_need_not_be_given() -> None:
    named = {each.name: each for each in options(required=False, without=frozenset({"explain"}))}
    assert "explain" not in named
    assert named["to"].default is None


def test_mappings_are_json_and_the_rest_is_taken_as_it_is() -> None:
    question = read_question({**SAID, "assume": '{"consent": "express"}', "purpose": None})
    assert question.assume is not None
    assert question.assume.consent == "express"
    assert question.from_ == "+13122000100"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({**SAID, "purpose": "pleasure"}, "purpose: "),
        ({**SAID, "assume": "{"}, "--assume is not JSON"),
        ({"channel": "sms"}, "from: Field required"),
    ],
)
def test_what_cannot_be_read_ends_with_2(
    said: dict[str, str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended:
        read_question(said)
    assert ended.value.exit_code == 2
    assert told in capsys.readouterr().err


def test_a_refusal_is_told_as_it_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit):
        refuse("no [bold] here")
    assert capsys.readouterr().err == "no [bold] here\n"
