"""Is a question answered in the public words, by the same judgment as a send?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from gatekeeper.errors import InputRejected
from gatekeeper.evaluate import evaluate
from gatekeeper.rollout.whatif import CheckRequest, CheckResponse, answer, offline_facts
from tests.support.shipped import CLEAN, judged, shipped

NIGHT = "2026-11-20T21:00:00-05:00"
NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)
QUESTION = {
    "channel": "sms",
    "from": "+13122000100",
    "to": "+12122000123",
    "text": CLEAN["message"]["text"],
    "technology": "autodialed",
}
KNOWN = {"sender": "owned", "consent": "express_written", "listings": {"us-national": "clear"}}


def ask(**changes: Any) -> CheckResponse:
    request = CheckRequest.model_validate({**QUESTION, **changes})
    judge = shipped()
    facts = offline_facts(request, NOW, judge.screener)
    return answer(request, facts, evaluate(facts, judge.policy), judge.policy)


def test_the_answer_has_the_public_words() -> None:
    response = ask(at=NIGHT, assume=KNOWN).model_dump(mode="json")
    assert response == {
        "verdict": "defer",
        "reason": "quiet_hours",
        "findings": [
            {
                "rule": "us.quiet_hours",
                "reason": "quiet_hours",
                "verdict": "defer",
                "mode": "enforce",
                "citation": response["findings"][0]["citation"],
                "detail": response["findings"][0]["detail"],
            }
        ],
        "next_allowed_at": "2026-11-21T13:00:00Z",
        "matches": [],
        "places": {
            "regions": ["US-NY"],
            "zones": ["America/New_York"],
            "confidence": "area_code",
        },
        "policy": shipped().policy.hash,
        "hypothetical": True,
        "observe_until": None,
        "explanation": None,
    }


def test_a_question_is_judged_as_a_row_of_the_same_facts_is() -> None:
    by_row = judged(at=NIGHT, consent="none")
    by_question = ask(at=NIGHT, assume={**KNOWN, "consent": "none"})
    assert [found.rule for found in by_question.findings] == [f.rule for f in by_row.findings]
    assert by_question.verdict == by_row.verdict.label


def test_what_is_not_known_is_not_clear() -> None:
    """Without a registry, a list or consent the message does not go out."""
    response = ask()
    assert response.verdict == "block"
    assert not response.hypothetical
    reasons = {found.reason for found in response.findings}
    assert {"sender.not_owned", "consent.missing", "dnc.not_checked"} <= reasons


def test_matches_stand_at_the_offsets_of_the_text_given() -> None:
    text = "Your card 4111 1111 1111 1111"
    match = ask(text=text, assume=KNOWN).matches[0]
    assert (match.family, match.detector, match.likelihood) == ("payment", "card", "very_likely")
    assert text[match.start : match.end] == "4111 1111 1111 1111"
    assert "4111" not in "".join(match.trace)


def test_the_message_itself_may_be_assumed_otherwise() -> None:
    response = ask(at=NIGHT, assume={**KNOWN, "message": {"purpose": "authentication"}})
    assert response.verdict == "allow"


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": "pigeon"},
        {"to": None},
        {"txt": "Hello"},
        {"at": "2026-11-20T21:00:00"},
        {"assume": {"consnt": "express"}},
        {"text": "x" * 65_537},
    ],
)
def test_a_question_that_cannot_be_read_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CheckRequest.model_validate({**QUESTION, **wrong})


def test_notes_in_an_assumption_are_ignored() -> None:
    assert CheckRequest.model_validate({**QUESTION, "assume": {"x_why": "a note"}}).assume


def test_without_a_gate_there_is_no_ledger_to_present_consent_to() -> None:
    question = CheckRequest.model_validate(
        {"channel": "sms", "from": "+13122000100", "to": "+12122000123", "text": "x"}
        | {"consent": {"event": "opt_in"}}
    )
    with pytest.raises(InputRejected, match="running gate"):
        offline_facts(question, datetime(2026, 11, 20, tzinfo=UTC), shipped().screener)
