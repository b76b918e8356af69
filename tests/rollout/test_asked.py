"""Do two policies that look for the same things say so, and others not?"""

from __future__ import annotations

from dataclasses import replace

from gatekeeper.domain.words import Family, Mode
from gatekeeper.numbering.trust import NO_TRUST
from gatekeeper.policy.model import Policy
from gatekeeper.rollout.asked import asked
from tests.support.shipped import shipped

POLICY = shipped().policy


def changed(detector: str, **fields: object) -> Policy:
    detectors = [
        replace(each, **fields) if each.id == detector else each  # type: ignore[arg-type]
        for each in POLICY.detectors
    ]
    return replace(POLICY, detectors=tuple(detectors))


def told(policy: Policy) -> set[str]:
    """The names whose digest is another than the shipped policy's."""
    was, now = asked(POLICY), asked(policy)
    return {name for name in (*was, *now) if was.get(name) != now.get(name)}


def test_families_that_have_detectors_limiters_and_trust_have_a_digest() -> None:
    families = {str(each.family) for each in POLICY.detectors}
    assert set(asked(POLICY)) == families | {"limits", "trust"}
    assert asked(POLICY) == asked(replace(POLICY))


def test_a_detector_that_looks_for_something_else_changes_its_family_and_no_other() -> None:
    assert told(changed("card", find={"validator": "iban"})) == {Family.PAYMENT}
    assert told(changed("card", mode=Mode.OFF)) == {Family.PAYMENT}


def test_what_decides_nothing_that_is_found_changes_nothing() -> None:
    """A title, or whether the detector was in shadow: the matches are the same."""
    assert told(changed("card", title="Cards", mode=Mode.SHADOW)) == set()


def test_another_limiter_is_told() -> None:
    assert told(replace(POLICY, limits=POLICY.limits[1:])) == {"limits"}
    assert told(replace(POLICY, limits=())) == {"limits"}
    assert told(replace(POLICY, trust=NO_TRUST)) == {"trust"}
