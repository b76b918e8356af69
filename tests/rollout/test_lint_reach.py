"""Is a rule told that nothing can come under, and none that something can?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gatekeeper.domain.fault_codes import Code
from gatekeeper.domain.words import Channel, SenderKind
from gatekeeper.policy.model import Applies
from gatekeeper.rollout.lint_reach import impossible, jurisdictions, known
from tests.support.linted import SOUND, linted
from tests.support.shipped import shipped


@pytest.mark.parametrize(
    "place", ["US", "US-FL", "US-PR", "CA-QC", "EU", "GB", "AU-NSW", "GB-SCT", "JM"]
)
def test_places_on_earth_are_known(place: str) -> None:
    """Also parts of countries of which no table of ours has the parts."""
    assert known(place)


@pytest.mark.parametrize("place", ["US-FK", "CA-XX", "UK", "XX", "XX-A", "EU-DE", "PR"])
def test_a_place_that_is_none_is_not(place: str) -> None:
    """A territory of the United States is a part of them: `US-PR`."""
    assert not known(place)


def test_every_place_of_the_tables_is_a_jurisdiction() -> None:
    assert {"US", "US-WY", "CA-NU", "EU", "DE", "US-GU"} <= jurisdictions()


def test_whatever_the_shipped_rules_speak_of_is_possible() -> None:
    assert [r.id for r in shipped().policy.rules if list(impossible(r.applies))] == []


@pytest.mark.parametrize(
    ("applies", "told"),
    [
        (Applies(line_types=frozenset({"landline"})), False),
        (Applies(frozenset(Channel), line_types=frozenset({"landline"})), False),
        (Applies(frozenset({Channel.SMS}), line_types=frozenset({"landline"})), True),
        (Applies(frozenset({Channel.WHATSAPP}), sender_kinds=frozenset({SenderKind.WABA})), False),
        (Applies(frozenset({Channel.WHATSAPP}), sender_kinds=frozenset({SenderKind.PAGE})), True),
        (Applies(sender_kinds=frozenset({SenderKind.PAGE})), False),
        (Applies(frozenset({Channel.SMS}), sender_kinds=frozenset({SenderKind.UNKNOWN})), False),
    ],
)  # fmt: skip
def test_what_excludes_itself_is_told(applies: Applies, told: bool) -> None:
    assert bool(list(impossible(applies))) is told


@pytest.mark.parametrize(
    ("last", "codes"), [(date(2026, 11, 25), []), (date(2026, 11, 24), [Code.OVER])]
)
def test_a_rule_is_over_the_day_after_its_last(
    tmp_path: Path, last: date, codes: list[Code]
) -> None:
    text = SOUND.replace("    verified", f"    effective: {{to: {last}}}\n    verified", 1)
    assert [fault.code for fault in linted(tmp_path, text).faults] == codes
    kept = text.replace(
        "    verified", "    note: Kept for decisions of that time.\n    verified", 1
    )
    assert linted(tmp_path, kept).faults == ()


def test_a_rule_of_limits_that_is_off_asks_nothing(tmp_path: Path) -> None:
    limit = "limits:\n  - {name: burst, key: tenant, rate: 5, burst: 10}\ngiven:\n"
    rule = """  - id: bad.rate
    title: Not faster
    citation: A contract
    verified_on: 2026-11-22
    mode: MODE
    check: rate
    verdict: defer
    tests:
      - {name: too fast, fires: true, limits: {burst: 3}}
      - {name: not too fast, fires: false}
"""
    for mode, codes in (("enforce", []), ("off", [Code.UNASKED_LIMIT])):
        text = SOUND.replace("given:\n", limit, 1) + rule.replace("MODE", mode)
        assert [fault.code for fault in linted(tmp_path, text).faults] == codes
