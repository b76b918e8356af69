"""Is every source told once, with all that rests on it?"""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath

import pytest

from gatekeeper.policy.yamlfile import Located, read
from gatekeeper.rollout.sources import NOT_STATED, Cited, cited, cited_in
from tests.support.shipped import FOLDER, shipped

PACK = """
pack: us-fl
jurisdiction: US-FL
revocation:
  - {least: brand, citation: 47 CFR 64.1200(a)(10), verified_on: 2026-11-01}
rules:
  - {id: one, citation: Fla. Stat. 501.059, verified_on: 2026-11-22, url: "https://example.org/a"}
  - {id: two, citation: Fla. Stat. 501.059, verified_on: 2026-11-22, url: "https://example.org/a"}
  - id: three
    citation: Fla. Stat. 501.059
    verified_on: 2026-11-21
    confidence: low
    effective: {from: 2021-07-01, to: 2030-01-01}
    jurisdiction: US-GA
    tests: [{citation: none}]
"""


def document(text: str, name: str = "floor/us-fl.yaml") -> Located:
    located = read(text.encode(), PurePosixPath(name), [])
    assert located is not None
    return located


def test_rules_that_rest_on_one_source_alike_are_told_together() -> None:
    least, both, third = cited([document(PACK)])
    assert (least.rules, least.citation) == (("revocation",), "47 CFR 64.1200(a)(10)")
    assert (both.rules, both.jurisdiction, both.confidence) == (("one", "two"), "US-FL", "high")
    assert both.url == "https://example.org/a"
    assert str(both.place) == "floor/us-fl.yaml:7:5"
    assert (third.rules, third.jurisdiction, third.confidence) == (("three",), "US-GA", "low")
    assert (third.effective_from, third.effective_to) == (date(2021, 7, 1), date(2030, 1, 1))


def test_what_a_file_cannot_say_is_not_taken_for_sure() -> None:
    """A detector's file has no word of how sure its source is."""
    text = "id: card\ncitation: ISO/IEC 7812\nverified_on: 2026-11-22\n"
    (one,) = cited([document(text, "content/payment/card.yaml")])
    assert (one.confidence, one.rules, one.pack) == (NOT_STATED, ("card",), "content/payment/card")


@pytest.mark.parametrize(("days", "older"), [(3, False), (2, True)])
def test_a_source_is_older_than_the_days_since_it_was_looked_at(days: int, older: bool) -> None:
    _, both, _ = cited([document(PACK)])
    assert both.older_than(days, date(2026, 11, 25)) is older


def test_a_place_holds_its_parts_and_no_other_place() -> None:
    _, both, _ = cited([document(PACK)])
    assert [both.within(place) for place in ("US", "US-FL", "US-F", "CA", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_every_shipped_rule_detector_and_rule_of_replies_is_under_a_source() -> None:
    found: tuple[Cited, ...] = cited_in(FOLDER)
    named = {rule for one in found for rule in one.rules}
    policy = shipped().policy
    languages = policy.replies
    assert {rule.id for rule in policy.rules} <= named
    assert {detector.id for detector in policy.detectors} <= named
    assert {each.id for language in languages for each in language.keywords} <= named
    assert all(one.verified_on for one in found)
