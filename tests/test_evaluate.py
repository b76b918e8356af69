"""Laws of the decision: what holds for every policy and all facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as altered

from gatekeeper import evaluate as evaluation
from gatekeeper.checks import content, frequency, own_will, quiet_hours, rate, suspension
from gatekeeper.checks.contract import Check, Params
from gatekeeper.domain.consent import Consent, ConsentAct
from gatekeeper.domain.facts import Facts, LimitAnswer, Sent
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.match import Match
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Family, Likelihood, Mode, Purpose
from gatekeeper.evaluate import INTERNAL_ERROR, evaluate
from gatekeeper.policy.model import Policy, Rule
from tests.support.judging import NOON, facts, rule

HOUR = timedelta(hours=1)
LINK = {"family": "link", "at_least": "likely"}
LIKELY_LINK = (Match(Family.LINK, "shared", Likelihood.LIKELY, "Body", 0, 3),)
EVENING = datetime.fromisoformat("2026-11-20T21:00:00-05:00")
MORNING = datetime.fromisoformat("2026-11-21T08:00:00-05:00")

verdicts = st.sampled_from(Verdict)
modes = st.sampled_from([Mode.ENFORCE, Mode.SHADOW])


def policy(*rules: Rule) -> Policy:
    return Policy("hash", rules)


def link_rule(name: str, verdict: Verdict, mode: Mode = Mode.ENFORCE) -> Rule:
    return replace(rule(content.CHECK, verdict, name, **LINK), mode=mode)


def hours(windows: Any, name: str = "t.hours") -> Rule:
    return rule(quiet_hours.CHECK, Verdict.DEFER, name, windows=windows)


rule_lists = st.lists(st.tuples(verdicts, modes), max_size=6).map(
    lambda drawn: [link_rule(f"r{i}", *each) for i, each in enumerate(drawn)]
)
LINKED = facts(matches=LIKELY_LINK)


def test_a_message_that_no_rule_speaks_of_is_allowed() -> None:
    decision = evaluate(facts(), policy())
    assert (decision.verdict, decision.findings) == (Verdict.ALLOW, ())
    assert (decision.policy, decision.at) == ("hash", NOON)


@given(rule_lists, st.randoms(use_true_random=False))
def test_the_order_of_the_rules_does_not_matter(rules: list[Rule], random: Any) -> None:
    shuffled = list(rules)
    random.shuffle(shuffled)
    assert evaluate(LINKED, policy(*rules)) == evaluate(LINKED, policy(*shuffled))


@given(rule_lists, verdicts, modes)
def test_another_finding_never_relaxes(rules: list[Rule], verdict: Verdict, mode: Mode) -> None:
    less = evaluate(LINKED, policy(*rules))
    more = evaluate(LINKED, policy(*rules, link_rule("more", verdict, mode)))
    assert more.verdict >= less.verdict
    assert set(less.findings) <= set(more.findings)


@given(rule_lists)
def test_the_strictest_enforced_verdict_wins_and_every_finding_is_kept(rules: list[Rule]) -> None:
    decision = evaluate(LINKED, policy(*rules))
    enforced = [each.verdict for each in rules if each.mode is Mode.ENFORCE]
    assert decision.verdict == max(enforced, default=Verdict.ALLOW)
    assert {finding.rule for finding in decision.findings} == {each.id for each in rules}


def test_findings_are_told_by_stage_then_strictest_first_then_by_rule() -> None:
    told = evaluate(
        facts(matches=LIKELY_LINK, suspended="tenant", limits=(LimitAnswer("tenant", 1),)),
        policy(
            rule(rate.CHECK, Verdict.DEFER, "rate"),
            link_rule("b", Verdict.FLAG),
            link_rule("a", Verdict.FLAG),
            link_rule("c", Verdict.BLOCK),
            rule(suspension.CHECK, Verdict.BLOCK, "suspended"),
        ),
    )
    assert [finding.rule for finding in told.findings] == ["suspended", "c", "a", "b", "rate"]
    assert told.primary is told.findings[0]


class Broken(Params):
    pass


def _break(facts: Facts, rule: Rule) -> Finding | None:
    raise RuntimeError("+12122000123")


def test_a_check_that_fails_blocks_and_tells_nothing_but_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = Check("broken", Broken, _break)
    monkeypatch.setattr(evaluation, "CHECKS", (broken,))
    shadow = replace(rule(broken, Verdict.FLAG), mode=Mode.SHADOW)
    decision = evaluate(facts(), policy(shadow))
    assert decision.verdict is Verdict.BLOCK
    [finding] = decision.findings
    assert (finding.rule, finding.reason) == (INTERNAL_ERROR, "internal.error")
    assert "broken" in finding.detail
    assert "2122000123" not in finding.detail


def test_a_deferred_message_names_the_first_instant_at_which_it_goes_out() -> None:
    decision = evaluate(facts(at=EVENING), policy(hours("08:00-21:00")))
    assert decision.verdict is Verdict.DEFER
    assert decision.next_allowed_at == MORNING


def test_several_reasons_to_wait_are_waited_for_together() -> None:
    capped = rule(frequency.CHECK, Verdict.DEFER, max=1, window_hours=24)
    last = Sent(EVENING - HOUR, Purpose.MARKETING)
    decision = evaluate(facts(at=EVENING, sent=(last,)), policy(hours("08:00-20:00"), capped))
    assert decision.next_allowed_at == MORNING + timedelta(days=1)


def test_a_limiters_wait_is_over_once_it_has_been_waited_for() -> None:
    waiting = rule(rate.CHECK, Verdict.DEFER)
    decision = evaluate(facts(limits=(LimitAnswer("tenant", 3),)), policy(waiting))
    assert decision.next_allowed_at == NOON + timedelta(seconds=3)


def test_a_blocked_or_allowed_message_names_no_instant() -> None:
    rules = policy(hours("08:00-21:00"), rule(suspension.CHECK, Verdict.BLOCK, "s"))
    assert evaluate(facts(at=EVENING, suspended="tenant"), rules).next_allowed_at is None
    assert evaluate(facts(), rules).next_allowed_at is None


def test_a_wait_without_an_end_names_no_instant() -> None:
    never = policy(hours("08:00-21:00"), link_rule("held", Verdict.DEFER))
    assert evaluate(altered(LINKED, at=EVENING), never).next_allowed_at is None


def test_an_instant_at_which_another_rule_blocks_is_not_promised() -> None:
    tomorrow = replace(rule(suspension.CHECK, Verdict.BLOCK, "law"), effective_from=MORNING.date())
    at = datetime.fromisoformat("2026-11-20T16:00:00-05:00")
    decision = evaluate(facts(at=at, suspended="tenant"), policy(hours("08:00-15:00"), tomorrow))
    assert decision.verdict is Verdict.DEFER
    assert decision.next_allowed_at is None


minutes = st.integers(0, 60 * 24 * 30).map(lambda n: timedelta(minutes=n))


@given(minutes, st.integers(0, 6), st.lists(st.integers(0, 48), max_size=5))
def test_at_the_named_instant_the_message_goes_out_and_never_a_minute_before(
    ahead: timedelta, opens: int, ago: list[int]
) -> None:
    at = NOON + ahead
    rules = policy(
        hours(f"{8 + opens:02}:00-{15 + opens:02}:30"),
        rule(frequency.CHECK, Verdict.DEFER, "cap", max=2, window_hours=24),
    )
    now = facts(at=at, sent=tuple(Sent(at - n * HOUR, Purpose.MARKETING) for n in ago))
    decision = evaluate(now, rules)
    if decision.verdict is Verdict.DEFER:
        first = decision.next_allowed_at
        assert first is not None
        assert first > at
        assert evaluate(altered(now, at=first), rules).verdict is Verdict.ALLOW
        before = altered(now, at=max(at, first - timedelta(minutes=1)))
        assert evaluate(before, rules).verdict is Verdict.DEFER


@given(st.lists(verdicts, max_size=4))
def test_after_a_stop_nothing_else_can_let_a_message_out(others: list[Verdict]) -> None:
    stopped = altered(LINKED, consent=Consent(ended_by=ConsentAct.OPT_OUT, ended_at=NOON))
    rules = [link_rule(f"r{i}", verdict) for i, verdict in enumerate(others)]
    will = rule(own_will.CHECK, Verdict.BLOCK, "will")
    assert evaluate(stopped, policy(*rules, will)).verdict is Verdict.BLOCK
