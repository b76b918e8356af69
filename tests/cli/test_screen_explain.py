"""A text is explained to people in tables and to machines as one object of a stable shape."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from gatekeeper.cli.screen_explain import document, show
from gatekeeper.cli.screen_judge import ContentJudge
from gatekeeper.screening.explain import explain
from tests.support.shipped import shipped

CARD = "my card is 4111 1111 1111 1111"


@pytest.fixture(scope="module")
def judge() -> ContentJudge:
    """The shipped policy."""
    return ContentJudge(shipped(), datetime(2026, 11, 20, tzinfo=UTC))


def test_the_document_has_a_stable_shape(judge: ContentJudge) -> None:
    told = document(judge, explain(shipped().screener, CARD))
    assert list(told) == ["policy", "verdict", "views", "candidates", "matches"]
    assert (told["policy"], told["verdict"]) == (shipped().policy.hash, "block")
    assert told["views"][0] == {
        "name": "plain",
        "text": CARD,
        "gates": [{"detector": "card", "opened_by": "digits", "words": []}],
        "half_open": [],
    }
    [match] = told["matches"]
    assert {"luhn", "issuer visa", "raised by: card"} <= set(match["trace"])
    assert match == {
        "family": "payment",
        "detector": "card",
        "category": match["category"],
        "severity": match["severity"],
        "likelihood": "very_likely",
        "start": 11,
        "end": 30,
        "exact": True,
        "trace": match["trace"],
        "verdict": "block",
        "rules": [
            {
                "rule": "content.payment",
                "verdict": "block",
                "mode": "enforce",
                "citation": match["rules"][0]["citation"],
            }
        ],
    }
    [kept] = [each for each in told["candidates"] if each["outcome"] == "match"]
    assert kept == {
        "view": 0,
        "detector": "card",
        "family": "payment",
        "start": 11,
        "end": 30,
        "before": kept["before"],
        "evidence": ["luhn", "issuer visa", "grouped 4-4-4-4"],
        "steps": kept["steps"],
        "context": ["raised by: card"],
        "after": "very_likely",
        "outcome": "match",
        "why": "",
    }
    refused = next(each for each in told["candidates"] if each["outcome"] == "validator")
    assert (refused["after"], refused["why"][:22]) == (None, "its validator refuses ")


def test_a_line_of_a_file_says_which(judge: ContentJudge) -> None:
    told = document(judge, explain(shipped().screener, "Hi"), 7)
    assert next(iter(told.items())) == ("line", 7)
    assert json.loads(json.dumps(told)) == told


def test_people_see_views_gates_candidates_matches_and_the_verdict(
    judge: ContentJudge, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    show(judge, explain(shipped().screener, f"{CARD} otp: your one-time password is 482913"))
    told = capsys.readouterr().out
    for words in (
        "verdict: block",
        "card by digits",
        "password by password",
        "-> very likely",
        "raised by: card",
        "dropped: exempt by: otp",
        "its validator refuses",
        "content.payment",
        "Terms of service",
    ):
        assert words in told


def test_a_text_cannot_steer_the_terminal(
    judge: ContentJudge, capsys: pytest.CaptureFixture[str]
) -> None:
    show(judge, explain(shipped().screener, "a\x1b[31mb \u202e [bold]c[/bold] \ud83d"))
    told = capsys.readouterr().out
    assert "a\\x1b[31mb" in told
    assert "[bold]c[/bold]" in told
    assert "\x1b[31m" not in told


def test_a_text_without_anything_is_told_to_have_been_read(
    judge: ContentJudge, capsys: pytest.CaptureFixture[str]
) -> None:
    show(judge, explain(shipped().screener, "See you at 8"), 3)
    told = capsys.readouterr().out
    assert "line 3, verdict: allow" in told
    assert "See you at 8" in told
    assert "none" in told
