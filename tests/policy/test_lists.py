"""Is each list of the kind that it is taken for?"""

from __future__ import annotations

import pytest

from gatekeeper.policy.lists import (
    KNOWN_LISTS,
    commercial,
    kept_by_person,
    known,
    licensed,
    numbering_plan,
    tells_days,
)


@pytest.mark.parametrize("name", ["us-national", "us-fl", "gb-national", "deny", "own-vip"])
def test_public_lists_and_those_that_a_tenant_names_are_known(name: str) -> None:
    assert known(name)


@pytest.mark.parametrize("name", ["us-xx", "national", "own-", "own", ""])
def test_a_misspelt_list_is_not_known(name: str) -> None:
    assert not known(name)


def test_no_list_that_a_law_asks_for_is_commercial_or_kept_by_a_tenant() -> None:
    for name in KNOWN_LISTS:
        assert not (licensed(name) and (commercial(name) or kept_by_person(name)))
    assert not commercial("internal") and kept_by_person("internal")
    assert all(map(commercial, ("litigators", "deny", "allow", "own-vip")))


@pytest.mark.parametrize(
    ("name", "plan"),
    [("us-fl", "1"), ("ca-national", "1"), ("gb-national", "44"), ("au-national", "61"),
     ("deny", ""), ("litigators", ""), ("own-us", "")],
)  # fmt: skip
def test_a_licensed_list_has_numbers_of_its_country_alone(name: str, plan: str) -> None:
    assert numbering_plan(name) == plan


def test_only_reassigned_numbers_have_days() -> None:
    assert [name for name in sorted(KNOWN_LISTS) if tells_days(name)] == ["us-reassigned"]
