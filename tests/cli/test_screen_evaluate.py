"""Labelled texts are counted by match and by verdict, and every error is listed by its id."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest

from gatekeeper.cli.screen_evaluate import Error, Evaluation, evaluate
from gatekeeper.cli.screen_judge import ContentJudge
from gatekeeper.domain.words import Family
from tests.support.shipped import shipped

CARD = "my card is 4111 1111 1111 1111"
POSSIBLE = "Booking for 4111111111111111 has shipped"
TEXTS = [
    {"id": "sure", "text": CARD, "labels": ["payment"]},
    {"id": "missed", "text": "my card is four", "label": "payment"},
    {"id": "possible", "text": POSSIBLE, "families": ["payment"]},
    {"id": "clean", "text": "See you at 8", "label": None},
    {"id": "false", "text": CARD, "expected": "clean"},
    {"id": "marked", "text": POSSIBLE, "labels": []},
]


@pytest.fixture(scope="module")
def judge() -> ContentJudge:
    """The shipped policy."""
    return ContentJudge(shipped(), datetime(2026, 11, 20, tzinfo=UTC))


def evaluated(judge: ContentJudge, *, keep_text: bool = False) -> Evaluation:
    """The texts above, with two lines that cannot be read."""
    raw = b"\n".join(json.dumps(each).encode() for each in TEXTS)
    return evaluate(
        judge, io.BytesIO(raw + b"\nnope\n" + b'{"id":1,"text":"a"}'), Evaluation(keep_text)
    )


def test_families_are_counted_by_match_and_by_verdict(
    judge: ContentJudge, capsys: pytest.CaptureFixture[str]
) -> None:
    found = evaluated(judge)
    by_match, by_verdict = (found.scores[way][Family.PAYMENT] for way in ("match", "verdict"))
    assert (by_match.tp, by_match.fp, by_match.fn, by_match.tn) == (2, 2, 1, 1)
    assert (by_verdict.tp, by_verdict.fp, by_verdict.fn, by_verdict.tn) == (1, 1, 2, 2)
    assert (found.texts, found.clean, found.clean_stopped, found.bad) == (6, 3, 1, 2)
    assert found.matrix == {
        "payment": {"block": 1, "allow": 1, "flag": 1},
        "clean": {"allow": 1, "block": 1, "flag": 1},
    }
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("line 7: not JSON")
    assert told[1].startswith("line 8: labels, label, families or expected is missing")


def test_each_error_is_listed_with_the_detectors_and_without_the_text(judge: ContentJudge) -> None:
    errors = evaluated(judge).errors
    assert [(e.id, e.by, e.kind.removeprefix("false_"), e.detectors) for e in errors] == [
        ("missed", "match", "negative", ()),
        ("missed", "verdict", "negative", ()),
        ("possible", "verdict", "negative", ("card (possible, flag)",)),
        ("false", "match", "positive", ("card (very_likely, block)",)),
        ("false", "verdict", "positive", ("card (very_likely, block)",)),
        ("marked", "match", "positive", ("card (possible, flag)",)),
    ]
    assert all(error.text is None for error in errors)


def test_the_texts_of_errors_are_kept_only_if_they_are_asked_for(judge: ContentJudge) -> None:
    errors: list[Error] = evaluated(judge, keep_text=True).errors
    assert {error.text for error in errors} == {CARD, POSSIBLE, "my card is four"}


def test_a_family_that_may_be_found_or_not_counts_for_nothing(judge: ContentJudge) -> None:
    texts = [{"id": 1, "text": CARD, "labels": [], "may": ["payment"]}]
    raw = b"\n".join(json.dumps(each).encode() for each in texts)
    found = evaluate(judge, io.BytesIO(raw), Evaluation())
    assert (found.texts, found.clean, found.clean_stopped, found.errors) == (1, 0, 0, [])
    assert not any(score.speaks for way in found.scores.values() for score in way.values())
    assert found.matrix == {"unsure": {"block": 1}}


def test_families_of_which_no_rule_stops_a_message_are_known(judge: ContentJudge) -> None:
    assert Family.PROFANE in judge.never_stopped()
    assert Family.PAYMENT not in judge.never_stopped()
