"""Is a template filled in, and nothing else of it changed?"""

from __future__ import annotations

from gatekeeper.providers.mapped.template import filled


def test_slots_are_filled_wherever_they_stand() -> None:
    template = {"a": ["{code}", "no {code}: {message}"], "b": {"c": 1, "d": None}, "e": "{other}"}
    told = {"a": [7, "no 7: m"], "b": {"c": 1, "d": None}, "e": "{other}"}
    assert filled(template, {"code": 7, "message": "m"}) == told


def test_a_value_is_not_a_template_itself() -> None:
    assert filled("{message}!", {"message": "{code}", "code": 1}) == "{code}!"
