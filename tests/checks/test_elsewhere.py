from __future__ import annotations

from gatekeeper.checks.elsewhere import only_in
from gatekeeper.domain.number import Places
from tests.support.judging import facts


def test_every_candidate_place_must_lie_in_the_countries() -> None:
    here = frozenset({"US", "CA"})
    assert only_in(facts(), here)
    assert not only_in(facts(places=Places(frozenset({"US-NY", "GB"}))), here)


def test_an_unknown_place_may_be_anywhere() -> None:
    assert not only_in(facts(places=Places()), frozenset({"US"}))
