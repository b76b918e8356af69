"""What would two policies have made of a decision that is on record?

Both judge by the recorded instant, that is by the law of that day. Rules that the policies share
say the same under both, so they are asked once. Where a rule lacks a fact, what it said when it
was judged counts if it is the same rule; else, if it could change the verdict, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace as renewed

from gatekeeper.checks import CHECKS
from gatekeeper.checks.emergency_order import standing
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Mode
from gatekeeper.evaluate import evaluate_now, in_order, strictest
from gatekeeper.policy.model import Policy, Rule, Source
from gatekeeper.rollout.asked import LIMITS, TRUST, asked
from gatekeeper.rollout.lacking import Known, Lack, Lacking, known_of
from gatekeeper.rollout.recorded import RecordedDecision, RecordedFinding, RecordedRecipient
from gatekeeper.rollout.recording import facts_of

_ASKS = {check.name: check.asks for check in CHECKS}
_NOWHERE = Source(PurePosixPath("-"))
Findings = tuple[Finding, ...]
_Key = tuple[str, str, frozenset[str]]
"""Of a rule: its pack, its id, and whose it is."""
MISTRUSTED = "what is stated of the place was believed in another way"


class Outcome(Struct, frozen=True):
    """What one policy makes of a message; no verdict where it cannot be told, and why."""

    verdict: Verdict | None
    rule: str | None = None
    """The rule that decides, None for a clean allow."""
    why: tuple[str, ...] = ()


class Rejudged(Struct, frozen=True):
    """What becomes of a recorded message under the one and the other policy."""

    old: Outcome
    new: Outcome

    @property
    def why(self) -> tuple[str, ...]:
        """Why it cannot be told what becomes of it; empty if it can."""
        return tuple(dict.fromkeys((*self.old.why, *self.new.why)))


class _Part:
    """Some rules of a policy, and whose decisions tell what these rules said."""

    def __init__(self, policy: Policy, rules: tuple[Rule, ...], judged: Iterable[str]) -> None:
        self.policy = replace(policy, rules=rules, cases=(), by_check={})
        self.judged = frozenset(judged)
        self._lacking = Lacking(self.policy, asked(policy))

    def findings(
        self, facts: Facts, known: Known, decision: RecordedDecision, then: RecordedRecipient
    ) -> tuple[Findings, tuple[Lack, ...]]:
        """What the rules say, and which of them cannot be judged."""
        if not self.policy.rules:
            return (), ()
        facts = _ordered(facts, self.policy)
        lacking = self._lacking.of(facts, known)
        found = evaluate_now(facts, self.policy).findings
        if not lacking:
            return found, ()
        unsure = {lack.rule.id for lack in lacking}
        found = tuple(finding for finding in found if finding.rule not in unsure)
        if decision.policy not in self.judged:
            return found, lacking
        return (*found, *(_as_found(f) for f in then.findings if f.rule in unsure)), ()


class _Side:
    """One of the two policies: the rules that it has for itself, and what it looks for."""

    def __init__(self, policy: Policy, shared: Mapping[_Key, Rule]) -> None:
        own = tuple(rule for rule in policy.rules if _key(rule) not in shared)
        self.part = _Part(policy, own, (policy.hash,))
        self.asked = asked(policy)

    def mistrusts(self, facts: Facts, known: Known) -> bool:
        """Whether it would believe what is stated of the place in another way than was done."""
        if facts.stated is None:
            return False
        return known.asked is None or known.asked.get(TRUST) != self.asked.get(TRUST)


class Rejudging:
    """Two policies, ready to judge what is on record."""

    def __init__(self, old: Policy, new: Policy) -> None:
        shared = _shared(old, new)
        self._common = _Part(new, tuple(shared.values()), (old.hash, new.hash))
        self._sides = (_Side(old, shared), _Side(new, shared))
        self._asked = {policy.hash: asked(policy) for policy in (old, new)}

    def judge(
        self, tenant: str, decision: RecordedDecision, recipient: RecordedRecipient
    ) -> Rejudged:
        """What becomes of one recipient's message."""
        facts = facts_of(tenant, decision, recipient)
        known = known_of(decision.format, self._looked_for(decision), facts)
        said, unsaid = self._common.findings(facts, known, decision, recipient)
        outcomes = []
        for side in self._sides:
            own, lacking = side.part.findings(facts, known, decision, recipient)
            if side.mistrusts(facts, known):
                outcomes.append(Outcome(None, why=(MISTRUSTED,)))
            else:
                outcomes.append(_outcome((*said, *own), (*unsaid, *lacking)))
        return Rejudged(*outcomes)

    def _looked_for(self, decision: RecordedDecision) -> Mapping[str, str] | None:
        """What the gate looked for: as the record says, or as the policy that judged says."""
        return decision.asked if decision.asked is not None else self._asked.get(decision.policy)


def _ordered(facts: Facts, policy: Policy) -> Facts:
    """The facts with the emergency orders that the policy knows of."""
    if not policy.orders and not facts.orders:
        return facts
    return renewed(facts, orders=standing(policy.orders, facts.at))


def _outcome(findings: Findings, lacking: tuple[Lack, ...]) -> Outcome:
    verdict = strictest(findings)
    if lacking:
        why = dict.fromkeys(
            lack.why
            for lack in lacking
            if lack.rule.mode is Mode.ENFORCE and lack.rule.verdict > verdict
        )
        if why:
            return Outcome(None, why=tuple(why))
    if verdict is Verdict.ALLOW:
        return Outcome(verdict)
    deciding = next(each for each in in_order(findings) if each.effect is verdict)
    return Outcome(verdict, deciding.rule)


def _as_found(finding: RecordedFinding) -> Finding:
    """What a rule said when the message was judged."""
    return Finding(
        rule=finding.rule,
        reason=finding.reason,
        verdict=Verdict.of(finding.verdict),
        mode=finding.mode,
        stage=finding.stage,
        citation=finding.citation,
        detail=finding.detail,
        until=finding.until,
        waiver=finding.waiver,
    )


def _told(rule: Rule) -> Rule:
    """The rule without its place, which decides nothing."""
    return replace(rule, source=_NOWHERE)


def _shared(old: Policy, new: Policy) -> Mapping[_Key, Rule]:
    """The rules that say the same of every message under both."""
    if old.waivers != new.waivers or old.orders != new.orders:
        return {}
    was, now = asked(old), asked(new)
    differing = {name for name in {*was, *now} if was.get(name) != now.get(name)}
    theirs = {_key(rule): _told(rule) for rule in old.rules}
    return {
        _key(rule): rule
        for rule in new.rules
        if theirs.get(_key(rule)) == _told(rule) and differing.isdisjoint(_looks_for(rule))
    }


def _key(rule: Rule) -> _Key:
    return rule.pack, rule.id, rule.applies.tenants


def _looks_for(rule: Rule) -> Iterator[str]:
    """The names in `asked` that the rule rests on."""
    asks = _ASKS[rule.check]
    for ask in asks(rule.params) if asks else ():
        kind, _, name = ask.partition(":")
        if kind in ("family", LIMITS):
            yield name or LIMITS
