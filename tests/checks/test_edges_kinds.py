"""Are the turns of rules that name kinds, versions and likelihoods worked out from their words?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gatekeeper.checks import edges_kinds
from gatekeeper.checks.component import CHECK
from gatekeeper.checks.contract import Edges, Start
from tests.support.judging import facts, rule


def told(edges: Edges, *, fires: bool = True, **said: Any) -> dict[str, bool]:
    asked = replace(rule(CHECK), said=said)
    return {edge.name: edge.fires for edge in edges(Start({}, facts(), fires), asked)}


def test_a_match_of_each_likelihood_is_asked() -> None:
    found = told(edges_kinds.content, family="link", at_least="possible", below="very_likely")
    assert [name for name, fires in found.items() if fires] == [
        "a match that is possible",
        "a match that is likely",
    ]
    assert len(found) == 5


@pytest.mark.parametrize(
    "edges", [edges_kinds.sender_kind, edges_kinds.registration, edges_kinds.sender_proof]
)
def test_a_sender_of_each_kind_is_asked(edges: Edges) -> None:
    found = told(edges, denied=["toll_free"], kinds=["toll_free"])
    assert [name for name, fires in found.items() if fires] == ["a toll_free"]
    assert "a short_code" in found
    assert "a unknown" not in found


def test_a_template_passes_by_its_status_alone() -> None:
    assert told(edges_kinds.template) == {
        "approved": False, "paused": True, "without a template": False,
    }  # fmt: skip
    found = told(edges_kinds.template, needed=True, categories=["utility"])
    assert found["without a template"]
    assert found["utility"] is False


def test_terms_turn_at_the_oldest_version_that_will_do() -> None:
    assert told(edges_kinds.terms, tenant_from="2026-11-01", end_customer_from="v3") == {
        "tenant of 2026-11-01": False,
        "tenant of 2026-11-0": True,
        "end_customer of v3": False,
        "end_customer of v2": True,
    }
    assert told(edges_kinds.terms) == {}


def test_nothing_is_derived_from_a_silent_test() -> None:
    for edges in (edges_kinds.content, edges_kinds.sender_kind, edges_kinds.registration,
                  edges_kinds.sender_proof, edges_kinds.template, edges_kinds.terms):  # fmt: skip
        assert told(edges, fires=False, at_least="likely", denied=[], kinds=[]) == {}
