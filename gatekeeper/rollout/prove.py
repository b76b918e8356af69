"""Does every rule and detector of a policy do what the examples beside it say?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gatekeeper.domain.decision import Decision
from gatekeeper.domain.fault_codes import Code
from gatekeeper.domain.message import TextPart
from gatekeeper.domain.words import Likelihood, Mode, Role, Status
from gatekeeper.evaluate import INTERNAL_ERROR, evaluate
from gatekeeper.policy.faults import Fault
from gatekeeper.policy.model import Detector, Policy, RuleCase, Source
from gatekeeper.policy.replies import all_rules
from gatekeeper.rollout.given import Screens, facts_of
from gatekeeper.rollout.tables import rule_ids
from gatekeeper.screening.explain import reached, why, why_not
from gatekeeper.screening.screener import Screener

SURE = Likelihood.LIKELY
"""From here on an example counts as matched: the shipped verdicts stop a message there."""


@dataclass(frozen=True, slots=True)
class Proved:
    """What became of one example; `problem` is empty if it holds."""

    subject: str
    """The rule or detector that the example stands beside."""
    name: str
    source: Source
    problem: str = ""

    @property
    def holds(self) -> bool:
        """Whether the rule or detector does what the example says."""
        return not self.problem

    @property
    def fault(self) -> Fault:
        """The problem as a fault at its place."""
        told = f"{self.subject}: {self.name}: {self.problem}"
        return Fault(self.source, told, Code.TEST_FAILS)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many examples a rule or detector has in which it fires, and in which it is silent."""

    subject: str
    firing: int
    silent: int


def prove(policy: Policy, screener: Screener, plain: Screener) -> tuple[Proved, ...]:
    """Judge every example of every rule and detector that is not switched off.

    `plain` is the screener without its spaCy tier, to show which examples need that tier.
    """
    on = {rule.id for rule in policy.rules if rule.mode is not Mode.OFF}
    rules = (_prove_case(case, policy, screener) for case in policy.cases if case.rule in on)
    detectors = (
        proved
        for detector in policy.detectors
        if detector.mode is not Mode.OFF
        for proved in _prove_detector(detector, screener, plain)
    )
    return (*rules, *detectors)


def coverage(policy: Policy) -> tuple[Coverage, ...]:
    """Of every rule and detector, how many examples it has of either kind."""
    fires = {rule.id: [0, 0] for rule in policy.rules}
    for case in policy.cases:
        fires[case.rule][0 if case.fires else 1] += 1
    rules = (Coverage(rule, firing, silent) for rule, (firing, silent) in fires.items())
    detectors = (Coverage(d.id, len(d.positives), len(d.negatives)) for d in policy.detectors)
    replies = (Coverage(r.id, len(r.positives), len(r.negatives)) for r in all_rules(policy))
    return (*rules, *detectors, *replies)


def _prove_case(case: RuleCase, policy: Policy, screener: Screens) -> Proved:
    decision = evaluate(facts_of(case.given, screener, policy.trust), policy)
    return Proved(case.rule, case.name, case.source, _case_problem(case, decision))


def _case_problem(case: RuleCase, decision: Decision) -> str:
    found = rule_ids(decision.findings)
    if INTERNAL_ERROR in found:
        failed = next(f.detail for f in decision.findings if f.rule == INTERNAL_ERROR)
        return f"could not be judged: {failed}"
    if (case.rule in found) == case.fires:
        return ""
    others = f"; found: {', '.join(found)}" if found else "; nothing was found"
    return (
        f"fires, though it should be silent{others}"
        if not case.fires
        else (f"does not fire{others}")
    )


def _prove_detector(detector: Detector, screener: Screener, plain: Screener) -> Iterator[Proved]:
    for key, said, by, wanted in (
        ("positives", "positive", screener, True),
        ("negatives", "negative", screener, False),
        ("needs_spacy", "needs_spacy", screener, True),
        ("needs_spacy", "needs_spacy without spaCy", plain, False),
    ):
        for number, text in enumerate(getattr(detector, key)):
            source = detector.where(key, number) if detector.where else detector.source
            problem = _problem(detector, text, by, wanted=wanted)
            yield Proved(detector.id, f"{said} {number + 1}", source, problem)


def _problem(detector: Detector, text: str, screener: Screener, *, wanted: bool) -> str:
    """Why the detector does not do what the example says; the example itself is not repeated."""
    if _matches(detector, text, screener) == wanted:
        return ""
    if wanted:
        return f"does not match: {why_not(screener, detector.id, text, SURE)}"
    return f"matches: {why(screener, detector.id, text)}"


def _matches(detector: Detector, text: str, screener: Screener) -> bool:
    """Whether it would stop the message; of one in shadow or on trial, once it no longer is."""
    if detector.status is Status.EXPERIMENTAL or detector.mode is Mode.SHADOW:
        return reached(screener, detector.id, text) >= SURE
    found = screener.screen((TextPart("example", Role.BODY, text),))
    return any(match.detector == detector.id and match.likelihood >= SURE for match in found)
