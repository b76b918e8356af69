"""Each kind of finder offers what its detector asked for."""

from __future__ import annotations

from gatekeeper.screening.digits import runs
from gatekeeper.screening.finders import (
    MOST_MATCHES,
    LiteralFinder,
    NumberFinder,
    PatternFinder,
    distinct,
)
from gatekeeper.screening.grammar import Context, Find, Gate, Parts
from gatekeeper.screening.scan import Scan
from gatekeeper.screening.views import normalise


def scan(text: str) -> Scan:
    """A scan of the plain view, with its runs."""
    view = normalise(text)
    return Scan(view, {}, runs(view.text))


def values(text: str, find: Find) -> list[str]:
    """What a pattern finder offers."""
    return [text[c.start : c.end] for c in PatternFinder(find).find(scan(text), [])]


def test_a_pattern_offers_its_group_but_no_placeholder_and_nothing_short_or_monotonous() -> None:
    find = Find.model_validate(
        {"re2": [r"key (\S+)"], "group": 1, "except": ["none"], "shortest": 3, "entropy": 1}
    )
    assert values("key a1b2 key none key ab key aaaa", find) == ["a1b2"]


def test_a_literal_is_itself_the_match_up_to_a_bound() -> None:
    one = scan("x")
    assert len(list(LiteralFinder().find(one, [(0, 1)] * (MOST_MATCHES + 5)))) == MOST_MATCHES
    assert one.unfinished


def finder(find: Find, digits: tuple[int, int]) -> NumberFinder:
    """A finder of one detector of numbers."""
    return NumberFinder([(0, Parts(gate=Gate(digits=digits), find=find, context=Context()))])


def test_a_number_is_offered_in_the_groups_and_gaps_that_are_wanted() -> None:
    ssn = finder(Find(validator="ssn", groups=((3, 2, 4),), gaps=("-",)), (9, 9))
    assert len(list(ssn.find(scan("219-09-1234")))) == 1
    assert len(list(ssn.find(scan("219 - 09 - 1234")))) == 1
    assert list(ssn.find(scan("219 09 1234"))) == []
    assert list(ssn.find(scan("219091234"))) == []


def test_too_many_windows_are_told() -> None:
    one = scan("1 2 " * 4000)
    list(finder(Find(validator="card"), (12, 19)).find(one))
    assert one.unfinished


def test_spans_that_touch_do_not_overlap() -> None:
    assert distinct([(0, 4)], 4, 6)
    assert not distinct([(0, 4)], 3, 6)
