"""Does a pack say what its place rests on, and are declared orders kept or refused?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import PurePosixPath

import pytest

from gatekeeper.domain.facts import EmergencyOrder
from gatekeeper.errors import PolicyError
from gatekeeper.numbering.trust import NO_TRUST
from gatekeeper.policy.head import AsFederal
from gatekeeper.policy.load import PolicyFile, compile_files
from gatekeeper.policy.model import Policy
from gatekeeper.rollout.ready import check_kinds

RULE = """
pack: us-la
title: Louisiana
jurisdiction: US-LA
given:
  to: "+15042000123"
  at: 2026-11-20T12:00:00-06:00
  message: {channel: sms, from: "+13122000100"}
rules:
  - id: us-la.emergency_order
    title: No solicitation while an emergency is declared
    citation: none
    verified_on: 2026-11-22
    check: emergency_order
    verdict: defer
    tests:
      - {name: an order, fires: true, orders: [{region: US-LA, from: 2026-11-19T00:00:00Z}]}
      - {name: no order, fires: false}
"""
ORDER = """
pack: orders
title: Orders
orders:
  - id: storm
    region: US-LA
    from: 2026-11-24T06:00:00-06:00
    to: 2026-12-01T18:00:00-06:00
    title: A storm
    citation: Notice of a commission
    verified_on: 2026-11-24
"""


def compiled(*texts: str) -> Policy:
    files = (
        PolicyFile(PurePosixPath(f"floor/f{n}.yaml"), text.encode()) for n, text in enumerate(texts)
    )
    return compile_files(tuple(files), check_kinds())


def faults(*texts: str) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        compiled(*texts)
    return [fault.partition(": ")[2] for fault in caught.value.faults]


def test_a_declared_order_is_part_of_the_policy_and_of_its_hash() -> None:
    start = datetime(2026, 11, 24, 12, tzinfo=UTC)
    end = datetime(2026, 12, 2, 0, tzinfo=UTC)
    policy = compiled(RULE, ORDER)
    assert policy.orders == (EmergencyOrder("US-LA", start, end),)
    assert policy.hash != compiled(RULE, ORDER.replace("12-01T18", "12-01T19")).hash


def test_an_order_may_have_no_end_yet_and_may_be_of_a_whole_country() -> None:
    (order,) = compiled(RULE, ORDER.replace("    to: 2026-12-01T18:00:00-06:00\n", "")).orders
    assert order.end is None
    assert compiled(RULE, ORDER.replace("US-LA", "US")).orders[0].region == "US"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("region: US-LA", "region: US-LB", "there is no place US-LB (did you mean US-LA?)"),
        ("region: US-LA", "region: US-TX", "no rule of check emergency_order speaks of US-TX"),
        (
            "to: 2026-12-01",
            "to: 2026-11-01",
            "ends at 2026-11-01 18:00:00-06:00, before it begins at 2026-11-24 06:00:00-06:00",
        ),
        ("    citation: Notice of a commission\n", "", "citation is missing"),
    ],
)
def test_an_order_that_would_stop_nothing_is_refused(old: str, new: str, told: str) -> None:
    assert told in faults(RULE, ORDER.replace(old, new))


def test_two_orders_of_one_id_are_refused() -> None:
    doubled = ORDER + ORDER.partition("orders:\n")[2]
    assert faults(RULE, doubled) == ["the order storm stands at floor/f1.yaml:5:9 already"]


FEDERAL = """
pack: us-ak
title: Alaska
jurisdiction: US-AK
as_federal:
  citation: No law of its own was found
  verified_on: 2026-11-22
  confidence: low
"""


def test_a_place_where_federal_law_is_all_says_on_what_that_rests() -> None:
    said = AsFederal("us-ak", "US-AK", "No law of its own was found", date(2026, 11, 22), "low")
    assert compiled(FEDERAL).as_federal == (said,)
    assert compiled(RULE).as_federal == ()


def test_a_pack_without_anything_is_refused() -> None:
    empty = FEDERAL.partition("as_federal")[0]
    told = "a pack has rules; one of a place where federal law is all says so under as_federal"
    assert told in faults(empty)
    assert told in faults(empty + "rules: []\n")


def test_a_pack_of_no_place_is_not_under_federal_law() -> None:
    nowhere = FEDERAL.replace("jurisdiction: US-AK\n", "")
    assert "as_federal needs the pack's jurisdiction" in faults(nowhere)


TRUSTING = """
pack: places
title: Whom we believe
trust:
  - source: crm
    narrows: [states, clocks]
    max_age_days: 90
    effective: {from: 2026-01-01, to: 2026-12-31}
    citation: A contract
    verified_on: 2026-11-25
"""


def test_trust_and_presumption_are_read_from_the_heads_of_all_packs() -> None:
    trust = compiled(RULE.replace("given:", "presumes_area_code: true\ngiven:"), TRUSTING).trust
    (row,) = trust.sources
    assert trust.presuming == {"US-LA"}
    assert (row.source, row.max_age_days, row.citation) == ("crm", 90, "A contract")
    assert (row.effective_from, row.effective_to) == (date(2026, 1, 1), date(2026, 12, 31))
    assert compiled(RULE).trust == NO_TRUST


def test_a_source_may_be_trusted_anew_when_the_old_row_has_ended() -> None:
    later = TRUSTING.replace("pack: places", "pack: later").replace(
        "{from: 2026-01-01, to: 2026-12-31}", "{from: 2027-01-01}"
    )
    assert len(compiled(TRUSTING, later).trust.sources) == 2


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (TRUSTING.replace("to: 2026-12-31", "to: 2025-12-31"), "ends on 2025-12-31, before"),
        (TRUSTING + TRUSTING.partition("trust:\n")[2], "crm is trusted twice on one day"),
        (TRUSTING.replace("[states, clocks]", "[]"), "narrows"),
        (TRUSTING.replace("[states, clocks]", "[hours]"), "hours"),
        (TRUSTING.replace("90", "0"), "max_age_days"),
        (TRUSTING.replace("crm", "Our CRM"), "source"),
        (TRUSTING.replace("    citation: A contract\n", ""), "citation"),
        (TRUSTING + "presumes_area_code: true\n", "only a state or province presumes"),
        (RULE.replace("jurisdiction: US-LA", "jurisdiction: US\npresumes_area_code: true"),
         "only a state or province presumes"),
    ],
)  # fmt: skip
def test_trust_that_makes_no_sense_is_a_fault(text: str, fault: str) -> None:
    assert any(fault in told for told in faults(text)), faults(text)
