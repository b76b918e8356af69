from __future__ import annotations

from dataclasses import fields

from gatekeeper.domain.match import Match


def test_a_match_has_no_place_for_the_text_that_matched() -> None:
    assert {field.name for field in fields(Match)} == {
        "family", "detector", "likelihood", "path", "start", "end", "trace",
    }  # fmt: skip
