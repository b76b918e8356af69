"""Is each line of NDJSON one event with its evidence, or a bad line that says why?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.domain.consent import Basis, ConsentAct
from gatekeeper.ledger.consent_lines import GoodLine, Judge
from gatekeeper.ledger.consent_ndjson import read_ndjson
from gatekeeper.ledger.import_words import BadLine
from tests.support.ledgers import NOW

GOOD: dict[str, Any] = {
    "number": "(212) 200-0123",
    "event": "opt_in",
    "at": "2026-11-01T12:00:00Z",
    "basis": "express_written",
    "seller": "Acme",
    "evidence": {"text_shown": "I agree", "purposes": ["marketing"], "not_a_condition": True},
}


def judged(*lines: str) -> list[GoodLine | BadLine]:
    return list(read_ndjson((f"{line}\n" for line in lines), Judge(str.encode, NOW)))


def test_a_line_has_the_fields_of_the_api_with_its_evidence_nested() -> None:
    (line,) = judged(json.dumps(GOOD))
    assert isinstance(line, GoodLine)
    assert (line.line, line.subject) == (1, b"+12122000123")
    assert (line.event.act, line.event.basis) == (ConsentAct.OPT_IN, Basis.EXPRESS_WRITTEN)
    assert line.evidence is not None and line.evidence.not_a_condition is True


def test_empty_lines_are_passed_over_and_counted() -> None:
    lines = judged("", json.dumps(GOOD), "  ", "nonsense")
    assert [line.line for line in lines] == [2, 4]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nonsense CANARY", "not a JSON object"),
        ('["CANARY"]', "not a JSON object"),
        ('"CANARY"', "not a JSON object"),
        ('{"number": "+12122000123", "event": "opt_in", "event": "opt_out"}', "each key once"),
        ('{"number": "+12122000123", "event": NaN}', "not a JSON object"),
        ('{"a":' * 100_000, "not a JSON object"),
        (json.dumps({**GOOD, "CANARY": 1}), "Extra"),
        (json.dumps({**GOOD, "evidence": {"ip": 7}}), "evidence.ip"),
        (json.dumps({**GOOD, "event": "CANARY"}), "event: "),
        ('{"number": "\\ud800", "event": "opt_in"}', "number"),
        ("\udcff", "--encoding"),
    ],
    ids=lambda value: str(value)[:24].encode("ascii", "replace").decode(),
)
def test_a_line_with_no_one_meaning_is_bad(text: str, told: str) -> None:
    good, bad = judged(json.dumps(GOOD), text)
    assert isinstance(good, GoodLine) and isinstance(bad, BadLine)
    assert told in bad.reason and "CANARY" not in bad.reason


@given(
    st.text(st.characters(), max_size=80)
    | st.recursive(st.none() | st.text(), st.lists).map(json.dumps)
)
def test_whatever_a_line_holds_it_is_good_or_bad(text: str) -> None:
    assert all(isinstance(line, GoodLine | BadLine) for line in judged(text.replace("\n", "")))
