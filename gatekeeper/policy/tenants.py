"""What does the file of a tenant add to the rules of all?

Everything in it adds: a rule of its own, a stricter form of a rule of all beside that rule, which
goes on judging, or a waiver. So nothing that a tenant writes loosens a rule of all; that what it
calls tightening is none is found by `rollout.floor`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from gatekeeper.domain.fault_codes import Code
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Override
from gatekeeper.policy.faults import Fault, suggest
from gatekeeper.policy.leave import Rollout, Waiver
from gatekeeper.policy.model import Applies, Rule
from gatekeeper.policy.row import overlay
from gatekeeper.policy.shape import PackHead
from gatekeeper.policy.tenant_shape import TenantHead, TightenShape, WaiverShape
from gatekeeper.policy.validate import parse, said
from gatekeeper.policy.yamlfile import Located

if TYPE_CHECKING:
    from gatekeeper.policy.compile import Draft

_NOT_WAIVED = {
    Override.NEVER: "nobody can let pass what it stops",
    Override.TWO_PERSON: "what it stops is released by two reviewers, message by message",
    Override.OPERATOR: "what it stops passes under a larger limit that the operator sets",
}


@dataclass(slots=True)
class TenantsDraft:
    """The files of tenants read so far; rules, tests and faults go to the whole policy."""

    draft: Draft
    waivers: list[Waiver] = field(default_factory=list)
    drops: list[str] = field(default_factory=list)
    """Tenants whose messages go to some where they may not go to all."""
    unrecords: list[str] = field(default_factory=list)
    """Tenants whose calls leave without a recording that was not agreed to."""

    def add(self, located: Located) -> None:
        """Add one tenant's file, which must be named after it; after all files of all tenants."""
        head = parse(TenantHead, located, self.draft.faults)
        if head is None:
            return
        if head.tenant != located.file.stem:
            self._add(
                located,
                f"tenant {head.tenant} stands in {located.file.name}",
                "tenant",
                code=Code.MISPLACED,
            )
        self.draft.unique("file of tenant", head.tenant, located, "tenant")
        if head.recipients == "some":
            self.drops.append(head.tenant)
        if head.recording == "strip":
            self.unrecords.append(head.tenant)
        prefix = head.tenant.lower()
        if ("pack", prefix) in self.draft.names:
            told = f"{head.tenant} is the name of a pack: its rules could not be told apart"
            self._add(located, told, "tenant", code=Code.SAME_ID)
        shared = {rule.id: rule for rule in self.draft.rules if not rule.applies.tenants}
        before = len(self.draft.rules), len(self.draft.cases)
        for index in range(len(head.rules)):
            self._own(prefix, located, located.at("rules", index), shared)
        for index in range(len(head.tighten)):
            self._tighten(prefix, located, located.at("tighten", index), shared)
        self._bind(head.tenant, *before)
        for index in range(len(head.waivers)):
            self._waiver(head.tenant, located.at("waivers", index), shared)

    def _own(self, prefix: str, file: Located, located: Located, shared: dict[str, Rule]) -> None:
        name = located.value.get("id") if isinstance(located.value, dict) else None
        if isinstance(name, str) and name in shared:
            told = f"{name} is a rule of all tenants: to make it stricter, write it under tighten"
            self._add(located, told, "id", code=Code.SAME_ID)
            return
        if isinstance(name, str) and not name.startswith(f"{prefix}."):
            self._add(located, f"the id of a rule of this tenant begins with {prefix}.", "id")
        head = PackHead.model_construct(pack=prefix, title=prefix)
        self.draft.rule(head, file, located)

    def _tighten(
        self, prefix: str, file: Located, located: Located, shared: dict[str, Rule]
    ) -> None:
        shape = parse(TightenShape, located, self.draft.faults)
        if shape is None:
            return
        floor = shared.get(shape.rule)
        if floor is None:
            told = f"there is no rule {shape.rule} of all tenants{suggest(shape.rule, shared)}"
            self._add(located, told, "rule", code=Code.UNKNOWN_RULE)
            return
        name = f"{prefix}.{floor.id}"
        self.draft.unique("rule", name, located, "rule")
        self.draft.faults.extend(_untested(shape, located))
        words = {**floor.said, **shape.with_}
        place = located.at("with") if shape.with_ else located
        params = self.draft.parameters(floor.check, replace(place, value=words))
        if params is None:
            return
        self.draft.rules.append(
            replace(_tightened(floor, shape), id=name, pack=prefix, params=params, said=words,
                    source=located.source())
        )  # fmt: skip
        self.draft.places[name] = located
        base = overlay(self.draft.given.get(floor.id, {}), _given(file))
        self.draft.tests(name, base, located)

    def _bind(self, tenant: str, rules: int, cases: int) -> None:
        """What was added since binds this tenant alone, and is tested as its own."""
        for index, rule in enumerate(self.draft.rules[rules:], rules):
            applies = replace(rule.applies, tenants=frozenset({tenant}))
            if rule.rollout.tenants - {tenant}:
                told = f"{rule.id} binds {tenant} alone: no other tenant can be named"
                self.draft.faults.append(Fault(rule.source, told))
            self.draft.rules[index] = replace(rule, applies=applies)
        for index, case in enumerate(self.draft.cases[cases:], cases):
            given = {"tenant": tenant, **case.given}
            self.draft.cases[index] = replace(case, given=given)

    def _waiver(self, tenant: str, located: Located, shared: dict[str, Rule]) -> None:
        shape = parse(WaiverShape, located, self.draft.faults)
        if shape is None:
            return
        self.draft.unique(f"waiver of {tenant}", shape.id, located, "id")
        own = {r.id: r for r in self.draft.rules if tenant in r.applies.tenants}
        self.draft.faults.extend(_senseless(shape, located, shared | own))
        self.waivers.append(
            Waiver(
                id=shape.id,
                tenant=tenant,
                rules=frozenset(shape.rules),
                approved_by=shape.approved_by,
                reason=shape.reason,
                citation=shape.citation,
                effective_from=shape.from_,
                expires=shape.expires,
                campaigns=frozenset(shape.campaigns),
                channels=frozenset(shape.channels),
                purposes=frozenset(shape.purposes),
                jurisdiction=shape.jurisdiction,
                source=located.source(),
            )
        )

    def _add(self, located: Located, message: str, *path: str, code: Code = Code.SENSELESS) -> None:
        self.draft.faults.append(located.fault(message, *path, code=code))


def _given(file: Located) -> dict[str, Any]:
    given = file.value.get("given")
    return dict(said(file.at("given"))) if isinstance(given, dict) else {}


def _tightened(floor: Rule, shape: TightenShape) -> Rule:
    """The rule of all as the tenant's file changes it, still without its parameters."""
    return replace(
        floor,
        title=f"{floor.title}: stricter",
        citation=f"{shape.reason} (stricter than {floor.citation})",
        verdict=Verdict.of(shape.verdict) if shape.verdict else floor.verdict,
        applies=_applies(floor.applies, shape),
        mode=shape.mode or floor.mode,
        rollout=Rollout(shape.rollout.percent, frozenset(shape.rollout.tenants)),
        effective_from=_first(floor, shape),
        effective_to=_last(floor, shape),
        tightens=floor.id,
        url=None,
        note=None,
    )


def _applies(floor: Applies, shape: TightenShape) -> Applies:
    stated = shape.applies
    names = stated.model_fields_set if stated else ()
    changes: dict[str, Any] = {name: frozenset(getattr(stated, name)) for name in names}
    return replace(floor, **changes)


def _first(floor: Rule, shape: TightenShape) -> Any:
    stated = shape.effective.from_ if shape.effective else None
    return stated or floor.effective_from


def _last(floor: Rule, shape: TightenShape) -> Any:
    stated = shape.effective
    return stated.to if stated and "to" in stated.model_fields_set else floor.effective_to


def _untested(shape: TightenShape, located: Located) -> Iterator[Fault]:
    fires = {case.fires for case in shape.tests}
    for wanted, word in ((True, "fires: true"), (False, "fires: false")):
        if wanted not in fires:
            yield located.fault(f"no test with {word}", "tests", key=True, code=Code.NO_TEST)


def _senseless(shape: WaiverShape, located: Located, rules: dict[str, Rule]) -> Iterator[Fault]:
    if shape.expires <= shape.from_:
        yield located.fault("expires before it begins", "expires", code=Code.BACKWARDS)
    for index, name in enumerate(shape.rules):
        rule = rules.get(name)
        if rule is None:
            told = f"there is no rule {name}{suggest(name, rules)}"
            yield located.fault(told, "rules", index, code=Code.UNKNOWN_RULE)
        elif rule.override is not Override.WAIVER:
            told = f"no waiver speaks of {name}: {_NOT_WAIVED[rule.override]}"
            yield located.fault(f"{told} (override: {rule.override})", "rules", index)
        for other in rules.values():
            if other.tightens == name and other.id not in shape.rules:
                told = f"{other.id} tightens {name} and would stop the message: name both, or none"
                yield located.fault(told, "rules", index)
