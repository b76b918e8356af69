"""Which rules bind which message?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from msgspec.structs import replace as altered

from gatekeeper.domain.facts import Facts, SenderFacts
from gatekeeper.domain.number import Places
from gatekeeper.domain.registry import Posture
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel, Mode, Purpose, SenderKind, Technology
from gatekeeper.policy.binding import binds
from gatekeeper.policy.model import Applies, Policy, Rule

FACTS = Facts(
    at=datetime(2026, 11, 20, 17, tzinfo=UTC),
    channel=Channel.SMS,
    technology=Technology.AUTODIALED,
    sender=SenderFacts(kind=SenderKind.TOLL_FREE),
    campaign="spring",
    places=Places(frozenset({"US-FL"})),
)


ANY = Applies()


def rule(name: str = "t.rule", check: str = "calm", applies: Applies = ANY) -> Rule:
    return Rule(name, "t", "A rule", "none", check, None, Verdict.BLOCK, applies)


@pytest.mark.parametrize(
    ("applies", "expected"),
    [
        (Applies(), True),
        (Applies(channels=frozenset({Channel.SMS})), True),
        (Applies(channels=frozenset({Channel.VOICE})), False),
        (Applies(purposes=frozenset({Purpose.MARKETING})), True),
        (Applies(purposes=frozenset({Purpose.DEBT})), False),
        (Applies(technologies=frozenset({Technology.AUTODIALED})), True),
        (Applies(technologies=frozenset({Technology.LIVE})), False),
        (Applies(sender_kinds=frozenset({SenderKind.TOLL_FREE})), True),
        (Applies(sender_kinds=frozenset({SenderKind.SHORT_CODE})), False),
        (Applies(campaigns=frozenset({"spring", "autumn"})), True),
        (Applies(campaigns=frozenset({"autumn"})), False),
        (Applies(jurisdiction="US"), True),
        (Applies(jurisdiction="US-FL"), True),
        (Applies(jurisdiction="US-TX"), False),
        (Applies(jurisdiction="CA"), False),
    ],
)
def test_a_rule_binds_the_messages_that_it_speaks_of(applies: Applies, expected: bool) -> None:
    assert binds(rule(applies=applies), FACTS) is expected


def test_an_unknown_technology_is_under_every_rule_of_technology() -> None:
    bound = rule(applies=Applies(technologies=frozenset({Technology.PRERECORDED})))
    assert binds(bound, altered(FACTS, technology=Technology.UNKNOWN))


def test_a_posture_chooses_among_readings_and_without_one_every_reading_binds() -> None:
    fcc = rule(applies=Applies(postures=frozenset({Posture.FCC})))
    statute = rule(applies=Applies(postures=frozenset({Posture.STATUTE})))
    for posture, bound in [
        (Posture.FCC, [True, False]),
        (Posture.STATUTE, [False, True]),
        (None, [True, True]),
    ]:
        given = altered(FACTS, posture=posture)
        assert [binds(each, given) for each in (fcc, statute)] == bound


def test_a_line_or_class_that_is_not_known_is_under_no_rule_that_names_one() -> None:
    landline = rule(applies=Applies(line_types=frozenset({"landline"})))
    package = rule(applies=Applies(exemptions=frozenset({"package"})))
    assert not binds(landline, FACTS) and not binds(package, FACTS)
    assert not binds(landline, altered(FACTS, line_type="voip"))
    assert binds(landline, altered(FACTS, line_type="landline"))
    assert binds(package, altered(FACTS, exemption="package"))


def test_federal_law_binds_in_the_territories() -> None:
    there = altered(FACTS, places=Places(frozenset({"PR"})))
    assert binds(rule(applies=Applies(jurisdiction="US")), there)
    assert binds(rule(applies=Applies(jurisdiction="US-PR")), there)
    assert not binds(rule(applies=Applies(jurisdiction="US-FL")), there)


@pytest.mark.parametrize(("day", "expected"), [(19, False), (20, True), (21, True), (22, False)])
def test_a_rule_binds_from_its_first_day_to_its_last(day: int, expected: bool) -> None:
    dated = replace(rule(), effective_from=date(2026, 11, 20), effective_to=date(2026, 11, 21))
    assert binds(dated, altered(FACTS, at=FACTS.at.replace(day=day))) is expected


def test_without_a_place_the_day_is_that_of_utc_whatever_offset_the_instant_has() -> None:
    east = timezone(timedelta(hours=-5))
    late = altered(FACTS, at=datetime(2026, 11, 19, 20, tzinfo=east), places=Places())
    assert binds(replace(rule(), effective_from=date(2026, 11, 20)), late)


def test_a_rule_that_is_off_binds_nothing_and_one_in_shadow_binds() -> None:
    assert not binds(replace(rule(), mode=Mode.OFF), FACTS)
    assert binds(replace(rule(), mode=Mode.SHADOW), FACTS)


def test_the_rules_of_a_check_come_in_the_order_of_the_files() -> None:
    rules = tuple(rule(f"t.{n}", "calm" if n % 2 else "loud") for n in range(6))
    policy = Policy("h", rules)
    assert [r.id for r in policy.applicable("calm", FACTS)] == ["t.1", "t.3", "t.5"]
    assert policy.applicable("silent", FACTS) == ()
    assert policy.rule("t.3") is rules[3]
    assert policy.rule("t.9") is None


def test_what_is_off_can_be_switched_to_shadow_to_prove_it() -> None:
    off = Policy("h", (replace(rule("t.off"), mode=Mode.OFF), rule("t.on")))
    judging = off.judging(mode=Mode.SHADOW)
    assert [r.mode for r in judging.rules] == [Mode.SHADOW, Mode.ENFORCE]
    assert len(judging.applicable("calm", FACTS)) == 2
    assert len(off.applicable("calm", FACTS)) == 1
