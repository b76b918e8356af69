"""What does a line mean that tells no time, and is a fault told without the line's words?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gatekeeper.ledger.consent_input import ConsentInput
from gatekeeper.ledger.consent_lines import GoodLine, Judge
from gatekeeper.ledger.import_words import BadLine
from tests.support.ledgers import NOW

PROOF = {"text_shown": "I agree", "signature": "checkbox"}
LATER = NOW + timedelta(days=1)


def judged(now: Any = NOW, **given: Any) -> GoodLine | BadLine:
    values = {"number": "+12122000123", "event": "opt_in", **given}
    return Judge(str.encode, now).judge(7, lambda: ConsentInput.model_validate(values))


def good(now: Any = NOW, **given: Any) -> GoodLine:
    line = judged(now, **given)
    assert isinstance(line, GoodLine), line
    return line


def test_a_line_with_its_time_is_the_event_of_the_api() -> None:
    line = good(at="2026-11-01T12:00:00Z", evidence=PROOF)
    assert line.dated and not line.event.unproven
    assert line.event.id == good(LATER, at="2026-11-01T12:00:00Z", evidence=PROOF).event.id


def test_a_line_without_a_time_has_one_name_on_every_day() -> None:
    one, other = good(), good(LATER)
    assert not one.dated and one.event.id == other.event.id
    assert (one.event.at, other.event.at) == (NOW, LATER)
    assert one.event.id not in (good(seller="Acme").event.id, good(event="opt_out").event.id)


def test_a_grant_of_unknown_time_undoes_no_opt_out_whatever_its_evidence() -> None:
    assert good(evidence=PROOF).event.unproven
    assert good(event="purchase").event.unproven
    assert not good(event="opt_out").event.unproven


def test_the_day_of_a_transaction_is_a_time() -> None:
    line = good(event="purchase", evidence={"transaction_at": "2026-10-01T00:00:00Z"})
    assert line.dated


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"event": "restart", "evidence": {"message": "SM1"}}, "`at`"),
        ({"event": "confirmation"}, "`at`"),
        ({"event": "correction", "about": "x"}, "one by one"),
        ({"at": "2026-12-24T12:00:00Z"}, "future"),
        ({"number": "+1555CANARY"}, "number"),
        ({"+12122000199": "CANARY"}, "(?): Extra"),
        ({"evidence": {"signature": "CANARY"}}, "evidence.signature"),
    ],
)
def test_a_fault_names_the_field_and_not_what_it_held(given: dict[str, Any], told: str) -> None:
    line = judged(**given)
    assert isinstance(line, BadLine) and line.line == 7 and told in line.reason
    assert "CANARY" not in line.reason and "2122000199" not in line.reason
