"""A secret split over several fields is found, and told in each."""

from __future__ import annotations

from gatekeeper.domain.message import TextPart
from gatekeeper.domain.words import Role
from gatekeeper.screening.joined import Join
from tests.support.detectors import shipped_screener


def parts(*texts: str, role: Role = Role.TEMPLATE_VAR) -> tuple[TextPart, ...]:
    """Template variables with these texts."""
    return tuple(TextPart(f"v{i}", role, text) for i, text in enumerate(texts))


def found(*texts: str, role: Role = Role.TEMPLATE_VAR) -> list[tuple[str, str, int, int]]:
    """Detector, path and span of every match."""
    matches = shipped_screener().screen(parts(*texts, role=role))
    return [(m.detector, m.path, m.start, m.end) for m in matches]


def test_a_card_over_two_fields_is_found_in_both() -> None:
    assert found("use 4111 1111", "1111 1111 ok") == [
        ("card", "v0", 4, 13),
        ("card", "v1", 0, 9),
    ]


def test_a_match_over_two_fields_is_exact_in_neither() -> None:
    matches = shipped_screener().screen(parts("use 4111 1111", "1111 1111 ok"))
    assert [m.exact for m in matches] == [False, False]
    assert [m.exact for m in shipped_screener().screen(parts("4111 1111 1111 1111", "7"))] == [True]


def test_a_cue_in_one_field_and_the_number_in_another_belong_together() -> None:
    assert found("ssn", "536 90 4399") == [("us_ssn_cued", "v1", 0, 11)]
    assert {f[0] for f in found("Card 4111", "1111", "1111", "1111")} == {"card"}


def test_a_match_inside_one_field_is_told_once() -> None:
    assert found("4111 1111 1111 1111", "table 12") == [("card", "v0", 0, 19)]


def test_fields_that_the_recipient_does_not_read_in_sequence_are_not_joined() -> None:
    assert found("https://x.example/4111 1111", "1111 1111", role=Role.LINK) == []


def test_fields_without_digits_or_cues_are_not_joined() -> None:
    assert Join.of(parts("hello", "world"), lambda text: False) is None
