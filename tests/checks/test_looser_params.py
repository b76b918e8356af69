"""Which way is each parameter stricter, and how is the other way told?"""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.checks import CHECKS
from gatekeeper.checks.looser import looser
from gatekeeper.domain.verdict import Verdict
from tests.support.judging import rule

BY_NAME = {check.name: check for check in CHECKS}


@pytest.mark.parametrize(
    ("check", "floor", "tenant", "told"),
    [
        ("frequency", {"max": 3, "window_hours": 24}, {"max": 4, "window_hours": 24},
         "after 3 messages within 24 hours"),
        ("frequency", {"max": 3, "window_hours": 24}, {"max": 2, "window_hours": 12},
         "after 3 messages within 24 hours, all of them more than 12 hours ago,"),
        ("frequency", {"max": 3, "window_hours": 24},
         {"max": 3, "window_hours": 24, "purposes": ["debt"]}, ", of purpose authentication,"),
        ("frequency", {"max": 3, "window_hours": 24, "unless_consent": "express_written"},
         {"max": 3, "window_hours": 24, "unless_consent": "express"}, "with express consent"),
        ("dnc", {"lists": ["us-national", "us-fl"]}, {"lists": ["us-national"]},
         "for a number on list us-fl"),
        ("dnc", {"lists": ["us-fl"]}, {"lists": ["us-fl"], "required": False},
         "where a list was not asked"),
        ("dnc", {"lists": ["us-fl"], "max_age_days": 31}, {"lists": ["us-fl"], "max_age_days": 32},
         "with a list that is more than 31 days old"),
        ("dnc", {"lists": ["us-fl"], "max_age_days": 31}, {"lists": ["us-fl"]},
         "with a list that is more than 31 days old"),
        ("dnc", {"lists": ["us-fl"]}, {"lists": ["us-fl"], "excused_by": "express_written"},
         "with express written consent on record"),
        ("dnc", {"lists": ["us-fl"], "excuse_months": {"purchase": 18}},
         {"lists": ["us-fl"], "excuse_months": {"purchase": 19}},
         "where a relation (purchase) is 18 months old"),
        ("dnc", {"lists": ["own-a"]}, {"lists": ["own-a"], "excused_by_list": ["allow"]},
         "for a number that is on list allow too"),
        ("reassigned", {"lists": ["us-reassigned"], "max_age_days": 31},
         {"lists": ["us-reassigned"], "max_age_days": 90}, "more than 31 days old"),
        ("content", {"family": "link", "at_least": "possible"},
         {"family": "link", "at_least": "likely"}, "for a match of likelihood possible"),
        ("content", {"family": "link", "at_least": "possible"},
         {"family": "link", "at_least": "possible", "below": "very_likely"},
         "for a match of likelihood very_likely"),
        ("content", {"family": "link", "at_least": "possible"},
         {"family": "profane", "at_least": "possible"}, "family must stay as it is"),
        ("registration", {"kinds": ["long_code", "toll_free"]}, {"kinds": ["long_code"]},
         "for a sender of kind toll_free"),
        ("sender_proof", {"kinds": ["long_code"], "accepted": ["document"]},
         {"kinds": ["long_code"], "accepted": ["document", "code_sent"]},
         "with the proof code_sent"),
        ("sender_kind", {"denied": ["alphanumeric"]}, {"denied": []},
         "for a sender of kind alphanumeric"),
        ("window", {"hours": 24}, {"hours": 25}, "24 hours after the recipient's last message the"),
        ("window", {"hours": 24}, {"hours": 24, "tags": {"agent": 168}},
         "24 hours after the recipient's last message under the tag agent"),
        ("window", {"hours": 24}, {"hours": 24, "templates": True}, "for a template"),
        ("terms", {"tenant_from": "2026-11-01"}, {"tenant_from": "2026-10-01"},
         "with terms older than version 2026-11-01"),
        ("terms", {"tenant_from": "2026-11-01"}, {}, "with terms older than version 2026-11-01"),
        ("uninspectable", {}, {"except_kinds": ["twiml_url"]}, "for content behind twiml_url"),
        ("recording", {"all_party": ["US-CA", "US-FL"]}, {"all_party": ["US-FL"]},
         "for a call to US-CA"),
        ("denied_place", {"regions": ["RU"]}, {"regions": []}, "for a number of RU"),
        ("denied_place", {"prefixes": ["+7978"]}, {}, "for a number that begins with +7978"),
        ("sender", {"forged": [], "numbers": ["long_code"]}, {"forged": []},
         "for an invalid sender of kind long_code"),
        ("carrier_class", {"refused": ["crypto"]}, {}, "for a campaign of crypto"),
        ("carrier_class", {}, {"age_gated": ["alcohol"]}, "age_gated must stay as it is"),
        ("language", {"languages": ["fr"]}, {"languages": ["en", "fr"]}, "for a text in en"),
        ("template", {"needed": True}, {}, "without a template"),
        ("reassigned", {"lists": ["us-reassigned"]},
         {"lists": ["us-reassigned"], "excuse_unasked": {"unless_consent": "express"}},
         "with express consent on record, where a list was not asked,"),
    ],
)  # fmt: skip
def test_the_looser_way_is_told_and_the_stricter_is_none(
    check: str, floor: dict[str, Any], tenant: dict[str, Any], told: str
) -> None:
    was, now = (
        rule(BY_NAME[check], Verdict.BLOCK, "f.rule", **params) for params in (floor, tenant)
    )
    assert told in (looser(was, now) or "")
    if "must stay" not in told:
        assert looser(now, was) is None or "max" in floor
