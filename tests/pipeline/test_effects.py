"""Do metrics tell what became of findings, and nothing of a tenant?"""

from __future__ import annotations

from dataclasses import replace as changed

from msgspec.structs import replace

from gatekeeper.checks import quiet_hours
from gatekeeper.domain.words import Mode
from gatekeeper.pipeline.effects import effects
from tests.support.judging import ask, facts, rule

FOUND = ask(quiet_hours.CHECK, facts(), windows={})


def test_each_effect_has_its_word() -> None:
    assert FOUND is not None
    assert FOUND.rule == "t.rule"
    shadow = replace(FOUND, mode=Mode.SHADOW)
    found = (FOUND, shadow, replace(shadow, observed=True), replace(FOUND, waiver="w"))
    told = effects(found, "acme")
    assert told == tuple(("t.rule", word) for word in ("enforce", "shadow", "observe", "waiver"))


def test_a_tenants_own_rules_are_one_rule() -> None:
    assert FOUND is not None
    found = tuple(replace(FOUND, rule=name) for name in ("acme.own", "acme.us.hours", "us.hours"))
    assert [rule for rule, _ in effects(found, "Acme")] == ["tenant", "tenant", "us.hours"]


def test_only_what_would_be_enforced_is_observed() -> None:
    """A rule that is in shadow of its own accord would stop nothing afterwards either."""
    watched = changed(rule(quiet_hours.CHECK, windows={}), observed=True)
    for mode, observed in ((Mode.ENFORCE, True), (Mode.SHADOW, False)):
        finding = quiet_hours.CHECK.run(facts(), changed(watched, mode=mode))
        assert finding is not None
        assert (finding.mode, finding.observed) == (Mode.SHADOW, observed)
