"""Is each list of the kind that it is taken for?"""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from gatekeeper.checks.dnc import DncLists
from gatekeeper.errors import PolicyError
from gatekeeper.policy.lists import (
    KNOWN_LISTS,
    commercial,
    kept_by_person,
    known,
    licensed,
    numbering_plan,
    tells_days,
)
from gatekeeper.policy.load import PolicyFile, compile_files


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
     ("in-national", "91"), ("deny", ""), ("litigators", ""), ("own-us", "")],
)  # fmt: skip
def test_a_licensed_list_has_numbers_of_its_country_alone(name: str, plan: str) -> None:
    assert numbering_plan(name) == plan


def test_only_reassigned_numbers_have_days() -> None:
    assert [name for name in sorted(KNOWN_LISTS) if tells_days(name)] == ["us-reassigned"]


PACK = """\
pack: house
title: Lists of our own
jurisdiction: US
given:
  to: "+12122000123"
  at: 2026-11-20T12:00:00-05:00
  message: {channel: sms, from: "+13122000100", purpose: marketing}
rules:
  - id: house.vip
    title: A rule
    citation: House rule
    verified_on: 2026-11-22
    check: dnc
    with: %s
    verdict: block
    tests:
      - {name: on it, fires: true, listings: {own-vip: hit}}
      - {name: not on it, fires: false, listings: {own-vip: clear}}
"""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("{lists: [own-vip], required: false, excused_by_list: [own-friends]}", None),
        ("{lists: [own-vip], excused_by_list: [alow]}", "no list alow (did you mean allow?)"),
        ("{lists: [own-vip, us-fl], excused_by_list: [allow]}", "us-fl is not a commercial list"),
    ],
)
def test_a_rule_may_ask_a_tenants_list_and_excuse_no_list_of_the_law(
    said: str, told: str | None
) -> None:
    file = PolicyFile(PurePosixPath("floor/house.yaml"), (PACK % said).encode())
    if told is None:
        (rule,) = compile_files((file,), {"dnc": DncLists}).rules
        assert rule.params.lists == ("own-vip",)
        return
    with pytest.raises(PolicyError) as caught:
        compile_files((file,), {"dnc": DncLists})
    assert any(told in fault for fault in caught.value.faults), caught.value.faults
