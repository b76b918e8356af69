"""What is a policy once it is compiled? Frozen values that a request holds from start to end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace as renew

from gatekeeper.domain.facts import EmergencyOrder, Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import NEVER_OVERRIDABLE, STAGE, Reason
from gatekeeper.domain.registry import WIDTHS, Posture, Revocation
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import (
    Channel,
    Family,
    Likelihood,
    Mode,
    Override,
    Purpose,
    SenderKind,
    Status,
    Technology,
)
from gatekeeper.numbering.trust import NO_TRUST, Trust
from gatekeeper.policy.binding import Planner
from gatekeeper.policy.leave import Rollout as Rollout
from gatekeeper.policy.leave import Waiver as Waiver
from gatekeeper.policy.plan import Plan, Plans
from gatekeeper.policy.reply_model import ReplyLanguage

if TYPE_CHECKING:
    from gatekeeper.policy.disclosures import DisclosureLanguage
    from gatekeeper.policy.head import AsFederal


@dataclass(frozen=True, slots=True)
class Applies:
    """Which messages a rule speaks of; an empty set means any."""

    channels: frozenset[Channel] = frozenset()
    purposes: frozenset[Purpose] = frozenset()
    technologies: frozenset[Technology] = frozenset()
    """An unknown technology is under every rule that names any technology."""
    sender_kinds: frozenset[SenderKind] = frozenset()
    campaigns: frozenset[str] = frozenset()
    """Ids of campaigns, of whichever tenant; a message without a campaign is under none."""
    postures: frozenset[Posture] = frozenset()
    """Readings of the law under which the rule stands; all of them where none is known."""
    line_types: frozenset[str] = frozenset()
    """A line whose type is not known is under none of these: it is taken for a mobile."""
    exemptions: frozenset[str] = frozenset()
    """Classes of exempt messages (`package` ...); a message of no class is under none."""
    jurisdiction: str | None = None
    """`US`, `US-FL`, `CA`, `EU` ...: the rule binds when any candidate place lies within it."""
    tenants: frozenset[str] = frozenset()
    """Whose rule it is; empty for the rules of all."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule or detector stands, for error messages: file, line and column from 1."""

    file: PurePosixPath
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a policy file: a check, its parameters, and what a finding means."""

    id: str
    pack: str
    title: str
    citation: str
    check: str
    params: Any
    """The check's own frozen parameter model, validated when the file is loaded."""
    verdict: Verdict
    applies: Applies = Applies()
    mode: Mode = Mode.ENFORCE
    effective_from: date = date.min
    effective_to: date | None = None
    """Last day on which the rule still binds, None for no end."""
    verified_on: date | None = None
    confidence: str = "high"
    override: Override = Override.WAIVER
    """Who may let pass what the rule stops; see `domain.reason.NEVER_OVERRIDABLE` too."""
    rollout: Rollout = Rollout()
    tightens: str | None = None
    """The rule of all tenants that this rule of one tenant makes stricter; it binds beside it."""
    source: Source = Source(PurePosixPath("-"))
    url: str | None = None
    note: str | None = None
    said: Mapping[str, Any] = field(default_factory=dict)
    """The parameters as the file states them, to explain the rule by."""
    observed: bool = False
    """Whether the message's tenant is in its observe time; set in a plan, never in a file."""
    waivers: tuple[Waiver, ...] = ()
    """Those that may speak of the message; set in a plan, never in a file."""

    def finding(
        self,
        reason: Reason,
        detail: str,
        *,
        until: datetime | None = None,
        stage: int | None = None,
    ) -> Finding:
        """This rule is not met, for this reason; `stage` only where the reason has two."""
        return Finding(
            rule=self.id,
            reason=reason,
            verdict=self.verdict,
            mode=Mode.SHADOW if (observed := self._only_observed(reason)) else self.mode,
            stage=STAGE[reason] if stage is None else stage,
            citation=self.citation,
            detail=detail,
            until=until,
            observed=observed,
        )

    def _only_observed(self, reason: Reason) -> bool:
        """In shadow while the tenant only observes, but for what can never be overridden."""
        enforced = self.mode is Mode.ENFORCE and reason not in NEVER_OVERRIDABLE
        return self.observed and enforced

    def waived(self, finding: Finding, at: datetime) -> Finding:
        """The finding under the first waiver in force, itself where none may speak of it."""
        if not finding.effect or finding.reason in NEVER_OVERRIDABLE:
            return finding
        named = next((waiver.id for waiver in self.waivers if waiver.in_force(at)), None)
        return renew(finding, waiver=named) if named else finding


@dataclass(frozen=True, slots=True)
class RuleCase:
    """A test that stands beside its rule: a table row and whether the rule must fire."""

    rule: str
    name: str
    given: Mapping[str, Any]
    """The whole row: the file's `given` overlaid with the row's own keys."""
    fires: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Detector:
    """One content detector as its YAML file states it; screening compiles it."""

    id: str
    family: Family
    title: str
    citation: str
    gate: Mapping[str, Any]
    """Mandatory cheap condition: `literals` (words or phrases) and/or `digits` (run lengths)."""
    find: Mapping[str, Any]
    """What to look for: `validator`, `tokens` (spaCy patterns), `phrases`, `re2`."""
    likelihood: Likelihood
    """Before context."""
    context: Mapping[str, Any] = field(default_factory=dict)
    """`raise` and `lower` word lists with their window, in words."""
    positives: tuple[str, ...] = ()
    negatives: tuple[str, ...] = ()
    needs_spacy: tuple[str, ...] = ()
    """Examples that only the spaCy tier decides rightly."""
    mode: Mode = Mode.ENFORCE
    category: str | None = None
    """What it finds within its family, for rules to choose by: `alcohol`, `shortener`."""
    severity: int = 2
    """1 mild, 2, 3 grave."""
    languages: tuple[str, ...] = ()
    """ISO 639-1 codes of the languages of its words; none: it serves all."""
    status: Status = Status.STABLE
    source: Source = Source(PurePosixPath("-"))
    verified_on: date | None = None
    where: Callable[..., Source] | None = field(default=None, repr=False, compare=False)
    """Where a part of it stands in its file, to tell a fault by."""


class Limit(Struct, frozen=True):
    """A token bucket: `burst` at once, refilled at `rate` per second, for one kind of key."""

    name: str
    key: str
    """`tenant`, `application`, `sender` or `recipient`."""
    rate: float
    burst: int


class LeastRevocation(Struct, frozen=True):
    """How wide a STOP is taken at least, in the days that the row is in force."""

    least: Revocation
    citation: str
    effective_from: date = date.min
    effective_to: date | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """All rules and detectors of one version, with the content hash that names it."""

    hash: str
    rules: tuple[Rule, ...]
    detectors: tuple[Detector, ...] = ()
    limits: tuple[Limit, ...] = ()
    lists: tuple[str, ...] = ()
    """Ids of all lists that any rule asks for."""
    cases: tuple[RuleCase, ...] = ()
    replies: tuple[ReplyLanguage, ...] = ()
    revocations: tuple[LeastRevocation, ...] = ()
    disclosures: tuple[DisclosureLanguage, ...] = ()
    orders: tuple[EmergencyOrder, ...] = ()
    """The emergency orders that the files know of, in force or not."""
    as_federal: tuple[AsFederal, ...] = ()
    """Where a place's law asks no more than its country's, and on what that rests."""
    waivers: tuple[Waiver, ...] = ()
    drops: frozenset[str] = frozenset()
    """Tenants whose messages go to some people where they may not go to all of them."""
    unrecords: frozenset[str] = frozenset()
    """Tenants whose calls are placed without a recording that not everyone has agreed to."""
    trust: Trust = NO_TRUST
    """How far it believes where a recipient is said to be."""
    by_check: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    """The rules by the check that they use; worked out from `rules` unless given."""
    _plans: Plans = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_check = self.by_check or _by_check(self.rules)
        object.__setattr__(self, "by_check", by_check)
        planner = Planner(self.rules, self.waivers)
        object.__setattr__(self, "_plans", Plans(planner.plan, planner.named))

    def applicable(self, check: str, facts: Facts) -> tuple[Rule, ...]:
        """The rules of one check that bind this message at `facts.at`, in file order."""
        return self._plans.of(facts).get(check, ())

    def plan(self, facts: Facts) -> Plan:
        """The rules that bind this message, by the check that they use."""
        return self._plans.of(facts)

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of this id, None if there is none."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def least_revocation(self, at: datetime) -> Revocation:
        """How wide a STOP is taken at least on that day (UTC), whatever a tenant has chosen."""
        day = at.astimezone(UTC).date()
        rows = (
            row.least
            for row in self.revocations
            if row.effective_from <= day and (row.effective_to is None or day <= row.effective_to)
        )
        return max(rows, key=WIDTHS.index, default=WIDTHS[0])

    def judging(self, *, mode: Mode) -> Policy:
        """The same policy with all that is switched off in another mode, to prove it by.

        A detector that is off is enforced for it: in shadow its matches would not count.
        """
        rules = tuple(replace(r, mode=mode) if r.mode is Mode.OFF else r for r in self.rules)
        detectors = tuple(
            replace(d, mode=Mode.ENFORCE) if d.mode is Mode.OFF else d for d in self.detectors
        )
        return replace(self, rules=rules, detectors=detectors, by_check={})


def _by_check(rules: tuple[Rule, ...]) -> Mapping[str, tuple[Rule, ...]]:
    names = dict.fromkeys(rule.check for rule in rules)
    return {name: tuple(rule for rule in rules if rule.check == name) for name in names}
