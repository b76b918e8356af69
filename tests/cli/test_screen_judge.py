"""A text's verdict is the strictest that a content rule gives one of its matches."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from gatekeeper.cli.screen_judge import ContentJudge
from gatekeeper.cli.screen_stream import Count, Streams, stream
from tests.support.shipped import shipped

CARD = "my card is 4111 1111 1111 1111"


@pytest.fixture(scope="module")
def judge() -> ContentJudge:
    """The shipped policy."""
    return ContentJudge(shipped(), datetime(2026, 11, 20, tzinfo=UTC))


def answered(judge: ContentJudge, *texts: str) -> list[dict[str, Any]]:
    """The answers to these texts, numbered from 1."""
    lines = [json.dumps({"id": i, "text": t}) for i, t in enumerate(texts, start=1)]
    out = io.BytesIO()
    stream(judge, Streams(io.BytesIO("\n".join(lines).encode()), out), Count())
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_every_line_is_answered_with_its_id_verdict_and_matches(judge: ContentJudge) -> None:
    assert answered(judge, "See you at 8", CARD, "") == [
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
        {"id": 3, "verdict": "allow", "matches": []},
    ]


def test_a_possible_match_is_flagged(judge: ContentJudge) -> None:
    [answer] = answered(judge, "Booking for 4111111111111111 has shipped")
    assert answer["verdict"] == "flag"


def test_offsets_are_code_points_of_the_text_given(judge: ContentJudge) -> None:
    text = "😀 ４１１１ 1111 1111 1111"
    [answer] = answered(judge, text)
    [match] = answer["matches"]
    assert text[match["start"] : match["end"]] == text[2:]


def test_a_lone_surrogate_is_screened(judge: ContentJudge) -> None:
    [answer] = answered(judge, "\ud83d card 4111 1111 1111 1111")
    assert answer["verdict"] == "block"


def test_a_match_tells_which_rule_speaks_of_it(judge: ContentJudge) -> None:
    [match] = judge.matches(CARD)
    [finding] = judge.findings(match)
    assert (finding.rule, finding.verdict.label) == ("content.payment", "block")
    assert judge.findings(match) is judge.findings(match)
