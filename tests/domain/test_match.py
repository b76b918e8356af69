from __future__ import annotations

from dataclasses import fields

from gatekeeper.domain.match import Match, Span
from gatekeeper.domain.words import Family, Likelihood


def test_a_match_has_no_place_for_the_text_that_matched() -> None:
    assert {field.name for field in fields(Match)} == {
        "family", "detector", "likelihood", "path", "start", "end", "trace",
        "exact", "category", "severity",
    }  # fmt: skip


def test_a_match_tells_where_it_stands() -> None:
    match = Match(Family.PAYMENT, "card", Likelihood.LIKELY, "Body", 3, 7)
    assert match.span == Span("Body", 3, 7)
