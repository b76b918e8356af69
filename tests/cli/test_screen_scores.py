"""An evaluation is shown as tables, as JSON of a stable shape, and held to limits."""

from __future__ import annotations

from collections import Counter

import pytest
import typer

from gatekeeper.cli.screen_evaluate import Error, Evaluation
from gatekeeper.cli.screen_scores import SHOWN, Limit, document, show
from gatekeeper.domain.words import Family
from gatekeeper.screening.scores import Score


@pytest.fixture
def found() -> Evaluation:
    """Eight right, one false alarm and one missed of payment; one clean text of ten stopped."""
    evaluation = Evaluation(texts=20, clean=10, clean_stopped=1)
    for way in ("match", "verdict"):
        evaluation.scores[way][Family.PAYMENT] = Score(tp=8, fp=1, fn=2, tn=9)
    evaluation.matrix = {"payment": Counter(block=8, flag=2), "clean": Counter(allow=9, block=1)}
    evaluation.errors = [
        Error(7, "m[b]7", "match", "false_positive", "payment", ("card (likely)",))
    ]
    return evaluation


def test_the_document_has_a_stable_shape(found: Evaluation) -> None:
    told = document(found, ["x"])
    assert list(told) == [
        "texts",
        "bad_lines",
        "clean",
        "false_blocks",
        "by_match",
        "by_verdict",
        "never_stopped",
        "matrix",
        "errors",
        "limits_broken",
    ]
    assert told["false_blocks"]["texts"] == 1
    assert told["false_blocks"]["per_10000"] == 1000.0
    assert list(told["by_match"]) == ["payment"]
    payment = told["by_match"]["payment"]
    assert list(payment) == ["tp", "fp", "fn", "tn", "precision", "recall", "f1"]
    assert payment["recall"]["value"] == 0.8
    assert payment["recall"]["low"] < 0.8 < payment["recall"]["high"]
    assert told["errors"] == [
        {
            "line": 7,
            "id": "m[b]7",
            "by": "match",
            "kind": "false_positive",
            "family": "payment",
            "detectors": ["card (likely)"],
        }
    ]


def test_people_see_figures_intervals_verdicts_and_errors(
    found: Evaluation, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    found.errors *= SHOWN + 1
    show(found, ["payment f1 by match: 0.8421 is below 0.9"])
    told = capsys.readouterr().out
    assert "false blocks: 1 of 10 clean texts, 1000.0 (178.8 to 4041.5) per 10,000" in told
    assert "0.889 (0.565 to 0.980)" in told
    assert "0.800 (0.490 to 0.943)" in told
    assert "limit broken: payment f1 by match: 0.8421 is below 0.9" in told
    assert "errors: 51; 1 more in --json" in told
    assert told.count("m[b]7") == SHOWN
    assert "*" not in told


def test_a_family_that_is_never_stopped_is_marked_and_the_worst_errors_come_first(
    found: Evaluation, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    found.never_stopped = frozenset({Family.PAYMENT})
    found.errors = [
        Error(1, "missed", "match", "false_negative", "payment"),
        Error(2, "found", "match", "false_positive", "payment"),
        Error(3, "stopped", "verdict", "false_positive", "payment"),
    ]
    show(found, [])
    told = capsys.readouterr().out
    assert told.count("payment *") == 1
    assert "* no rule in force blocks or holds a message for this family" in told
    assert told.index("stopped ") < told.index("found ") < told.index("missed ")
    assert document(found, [])["never_stopped"] == ["payment"]


@pytest.mark.parametrize(
    ("said", "broken"),
    [
        ("payment=0.8", ""),
        ("payment=0.9", "payment f1 by match: 0.8421 is below 0.9"),
        ("payment.recall=0.8", ""),
        ("verdict:payment.precision=0.95", "payment precision by verdict: 0.8889 is below 0.95"),
        ("health=0.5", "health f1 by match: no text is labelled health, so there is no figure"),
    ],
)
def test_a_limit_tells_what_falls_short(found: Evaluation, said: str, broken: str) -> None:
    assert Limit.of(said).broken(found) == broken


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("payment", "write FAMILY=0.9"),
        ("paymnt=0.9", "there is no paymnt (did you mean payment?)"),
        ("payment.recal=0.9", "there is no recal (did you mean recall?)"),
        ("text:payment=0.9", "there is no text; one of match, verdict"),
        ("payment=90", "the limit is a number from 0 to 1"),
        ("payment=x", "the limit is a number from 0 to 1"),
        ("payment=nan", "the limit is a number from 0 to 1"),
    ],
)
def test_a_limit_that_cannot_be_read_says_why(said: str, why: str) -> None:
    with pytest.raises(typer.BadParameter) as wrong:
        Limit.of(said)
    assert why in str(wrong.value)
