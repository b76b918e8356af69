from __future__ import annotations

import pytest

from gatekeeper.checks.terms import CHECK, ordinal
from gatekeeper.domain.facts import Facts, PartyTerms
from tests.support.judging import ask, facts, reason


def told(**versions: str | None) -> Facts:
    return facts(terms=tuple(PartyTerms(party, version) for party, version in versions.items()))


def test_an_end_customer_needs_terms_and_a_tenant_only_where_the_policy_says_so() -> None:
    assert reason(CHECK, told(tenant=None, end_customer=None)) == "terms.missing"
    assert ask(CHECK, told(tenant=None, end_customer="1")) is None
    assert ask(CHECK, facts()) is None
    assert reason(CHECK, told(tenant=None), tenant_from="1") == "terms.missing"


@pytest.mark.parametrize(
    ("version", "passes"),
    [("2026-01-01", True), ("2026-02-01", True), ("2025-12-31", False), ("draft", False)],
)
def test_an_older_version_than_the_policy_asks_for_will_not_do(version: str, passes: bool) -> None:
    finding = ask(CHECK, told(end_customer=version), end_customer_from="2026-01-01")
    assert (finding is None) is passes
    assert finding is None or (finding.stage == 0 and "too old" in finding.detail)


def test_versions_are_ordered_by_their_numbers() -> None:
    mixed = ["2026-01-01", "v2", "1.10", "draft", "2025-12-31", "1.2", "v1"]
    ordered = ["draft", "v1", "1.2", "1.10", "v2", "2025-12-31", "2026-01-01"]
    assert sorted(mixed, key=ordinal) == ordered
