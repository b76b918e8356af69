"""Which way is each need of consent stricter?"""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.checks import consent
from gatekeeper.checks.looser import looser
from gatekeeper.domain.verdict import Verdict
from tests.support.judging import rule

EXPRESS: dict[str, Any] = {"need": "express"}
IMPLIED: dict[str, Any] = {"need": "implied"}


@pytest.mark.parametrize(
    ("floor", "tenant", "told"),
    [
        (EXPRESS, IMPLIED, "with implied consent on record the floor"),
        (EXPRESS, EXPRESS | {"where_unknown": "implied"}, "where the place is unknown"),
        (EXPRESS | {"elements": ["signature"]}, EXPRESS, "a consent record that lacks signature"),
        (IMPLIED | {"implied_months": {"purchase": 24, "inquiry": 6}},
         IMPLIED | {"implied_months": {"purchase": 24}}, "implied by another source 6 months ago"),
        (IMPLIED | {"implied_months": {"purchase": 24}}, IMPLIED, "24 months ago"),
        (IMPLIED | {"implied_months": {"purchase": 24}},
         IMPLIED | {"implied_months": {"purchase": None}}, "24 months ago"),
        (EXPRESS | {"accepts": {"purchase": 12}}, EXPRESS | {"accepts": {"purchase": None}},
         "with consent implied by purchase 12 months ago"),
        (EXPRESS, EXPRESS | {"accepts": {"purchase": 1}}, "with consent implied by purchase the"),
        (IMPLIED, EXPRESS | {"accepts": {"purchase": 1}}, "with consent implied by purchase the"),
        (EXPRESS, EXPRESS | {"unless_inbound_hours": 1},
         "0 hours after the recipient's last message"),
        (EXPRESS | {"unless_inbound_hours": 24}, EXPRESS | {"unless_inbound_hours": 25},
         "24 hours after the recipient's last message"),
        (EXPRESS, EXPRESS | {"except_classes": ["quote"]}, "for a message of class quote"),
        (EXPRESS, EXPRESS | {"exempt": [{"name": "ours", "channels": ["voice"]}]},
         "for what is exempt as ours"),
        (EXPRESS, EXPRESS | {"except_countries": ["CA"]}, "for a person in CA"),
    ],
)  # fmt: skip
def test_the_looser_way_is_told_and_the_stricter_is_none(
    floor: dict[str, Any], tenant: dict[str, Any], told: str
) -> None:
    was, now = (
        rule(consent.CHECK, Verdict.BLOCK, "f.rule", **params) for params in (floor, tenant)
    )
    assert told in (looser(was, now) or "")
    assert looser(now, was) is None or now.params.need is not was.params.need


def test_more_need_with_no_exception_is_stricter() -> None:
    was = rule(consent.CHECK, need="implied", implied_months={"purchase": 24}, accepts={"a": 1})
    now = rule(consent.CHECK, need="express", elements=["seller"], implied_months={"purchase": 1})
    assert looser(was, now) is None
