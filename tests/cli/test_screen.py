"""The screen command answers every line, explains one text, and reports what it cannot read."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from gatekeeper.cli.screen import LONGEST_LINE, ContentJudge, explain, screen, stream
from gatekeeper.rollout.ready import loaded
from gatekeeper.settings import shipped_folder

CARD = "my card is 4111 1111 1111 1111"


@pytest.fixture(scope="module")
def judge() -> ContentJudge:
    """The shipped policy."""
    return ContentJudge(loaded(shipped_folder("policies")), datetime(2026, 11, 20, tzinfo=UTC))


def answered(judge: ContentJudge, *lines: bytes) -> tuple[list[dict[str, Any]], int]:
    """The answers to these lines and how many could not be read."""
    out = io.BytesIO()
    bad = stream(judge, io.BytesIO(b"\n".join(lines)), out)
    return [json.loads(line) for line in out.getvalue().splitlines()], bad


def line(number: int, text: str) -> bytes:
    """One input line."""
    return json.dumps({"id": number, "text": text}).encode()


def test_every_line_is_answered_with_its_id_verdict_and_matches(judge: ContentJudge) -> None:
    answers, bad = answered(judge, line(1, "See you at 8"), line(2, CARD), b'{"id":"x","text":""}')
    assert bad == 0
    assert answers == [
        {"id": 1, "verdict": "allow", "matches": []},
        {
            "id": 2,
            "verdict": "block",
            "matches": [
                {
                    "family": "payment",
                    "detector": "card",
                    "likelihood": "very_likely",
                    "verdict": "block",
                    "start": 11,
                    "end": 30,
                }
            ],
        },
        {"id": "x", "verdict": "allow", "matches": []},
    ]


def test_a_possible_match_is_flagged(judge: ContentJudge) -> None:
    [answer], _ = answered(judge, line(1, "Order 4111111111111111 has shipped"))
    assert answer["verdict"] == "flag"


def test_offsets_are_code_points_of_the_text_given(judge: ContentJudge) -> None:
    text = "😀 ４１１１ 1111 1111 1111"
    [answer], _ = answered(judge, line(1, text))
    [match] = answer["matches"]
    assert text[match["start"] : match["end"]] == text[2:]


def test_lines_that_cannot_be_read_are_told_by_number_and_the_rest_is_answered(
    judge: ContentJudge, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = [b"nope", b'{"id":1}', b'{"id":1,"text":4111111111111111}', b"\xff", b"[]"]
    answers, bad = answered(judge, line(1, "a"), *wrong, b"  ", line(2, "b"))
    assert [answer["id"] for answer in answers] == [1, 2]
    assert bad == len(wrong)
    told = capsys.readouterr().err
    assert [said.split(":")[0] for said in told.splitlines()] == [f"line {n}" for n in range(2, 7)]
    assert "4111" not in told


def test_a_line_that_is_too_long_is_told_and_passed_over(
    judge: ContentJudge, capsys: pytest.CaptureFixture[str]
) -> None:
    answers, bad = answered(judge, b"x" * (3 * LONGEST_LINE), line(2, "b"))
    assert ([answer["id"] for answer in answers], bad) == ([2], 1)
    assert "line 1: longer than" in capsys.readouterr().err


def test_a_lone_surrogate_is_screened(judge: ContentJudge) -> None:
    answers, bad = answered(judge, rb'{"id":1,"text":"\ud83d card 4111 1111 1111 1111"}')
    assert (bad, answers[0]["verdict"]) == (0, "block")


def test_one_text_is_explained_without_repeating_it(
    judge: ContentJudge, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not explain(judge, CARD)
    told = capsys.readouterr().out
    assert "verdict: block" in told
    assert "luhn" in told
    assert "4111" not in told
    assert explain(judge, "See you at 8")


def test_the_command_wants_a_text_or_lines_and_exits_by_what_it_found() -> None:
    app = typer.Typer()
    app.command()(screen)
    run = CliRunner()
    assert run.invoke(app, []).exit_code == 2
    assert run.invoke(app, ["x", "--ndjson"]).exit_code == 2
    assert run.invoke(app, ["See you at 8"]).exit_code == 0
    assert run.invoke(app, [CARD]).exit_code == 1
    piped = run.invoke(app, ["--ndjson"], input=b'{"id":1,"text":"a"}\nnope\n')
    assert piped.exit_code == 2
    assert '{"id":1,"verdict":"allow","matches":[]}' in piped.stdout
