"""What do the files of a policy mean, and do they make sense together?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pydantic import BaseModel

from gatekeeper.domain.fault_codes import Code
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Likelihood
from gatekeeper.policy.disclosures import DisclosuresDraft
from gatekeeper.policy.faults import Fault, suggest
from gatekeeper.policy.head import HeadsDraft
from gatekeeper.policy.lists import KNOWN_LISTS, known
from gatekeeper.policy.model import (
    Applies,
    Detector,
    LeastRevocation,
    Limit,
    Rollout,
    Rule,
    RuleCase,
    Source,
)
from gatekeeper.policy.replies import RepliesDraft
from gatekeeper.policy.row import Circumstances, overlay
from gatekeeper.policy.shape import (
    AppliesShape,
    DetectorShape,
    PackHead,
    RevocationShape,
    RuleShape,
)
from gatekeeper.policy.tenants import TenantsDraft
from gatekeeper.policy.validate import parse, said
from gatekeeper.policy.yamlfile import Located

_NAMELESS = PackHead(pack="nameless", title="A pack whose head has faults")


@dataclass(slots=True)
class Draft:
    """A policy in the making: what was read so far, and every fault."""

    kinds: Mapping[str, type[BaseModel]]
    """The parameter model of each check, by the check's name."""
    faults: list[Fault] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    cases: list[RuleCase] = field(default_factory=list)
    detectors: list[Detector] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    revocations: list[LeastRevocation] = field(default_factory=list)
    names: dict[tuple[str, str], Source] = field(default_factory=dict)
    """Where each (kind of thing, id) stands, to find the second of the same."""
    places: dict[str, Located] = field(default_factory=dict)
    """Where each rule stands, with all that it says."""
    documents: list[Located] = field(default_factory=list)
    given: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What the file of each rule gives for its tests."""
    heads: HeadsDraft = field(init=False)
    replies: RepliesDraft = field(init=False)
    disclosures: DisclosuresDraft = field(init=False)
    tenants: TenantsDraft = field(init=False)

    def __post_init__(self) -> None:
        self.heads = HeadsDraft(self.faults)
        self.replies = RepliesDraft(self.faults)
        self.disclosures = DisclosuresDraft(self.faults)
        self.tenants = TenantsDraft(self)

    def pack(self, located: Located) -> None:
        """Add the rules, tests and limits of a pack file."""
        head = parse(PackHead, located, self.faults)
        if head is not None:
            self.unique("pack", head.pack, located, "pack")
            self._limits(head, located)
            for index, order in enumerate(head.orders):
                self.unique("order", order.id, located.at("orders", index), "id")
            self.heads.add(head, located)
            self.revocations.extend(map(_least, head.revocation))
        rules = located.value.get("rules") if isinstance(located.value, dict) else None
        for index in range(len(rules) if isinstance(rules, list) else 0):
            self.rule(head or _NAMELESS, located, located.at("rules", index))

    def detector(self, located: Located) -> None:
        """Add the detector of one file, which must be named after it, in its family's folder."""
        shape = parse(DetectorShape, located, self.faults)
        if shape is None:
            return
        self.unique("detector", shape.id, located, "id")
        if shape.id != located.file.stem:
            told = f"detector {shape.id} stands in {located.file.name}"
            self._add(located, told, "id", code=Code.MISPLACED)
        if shape.family != located.file.parent.name:
            told = f"{shape.family} is not the folder's family"
            self._add(located, told, "family", code=Code.MISPLACED)
        self.detectors.append(_detector(shape, located))

    def _limits(self, head: PackHead, located: Located) -> None:
        for index, limit in enumerate(head.limits):
            self.unique("limit", limit.name, located.at("limits", index), "name")
            self.limits.append(Limit(limit.name, limit.key, limit.rate, limit.burst))

    def rule(self, head: PackHead, pack: Located, located: Located) -> None:
        """Add one rule of a file, with the tests beside it."""
        params = self._params(located)
        self.faults.extend(_unknown_lists(params, located))
        name = located.value.get("id") if isinstance(located.value, dict) else None
        if isinstance(name, str):
            self.unique("rule", name, located, "id")
        shape = parse(RuleShape, located, self.faults)
        if shape is None:
            return
        self.faults.extend(_senseless(shape, located))
        self.rules.append(_rule(shape, head, params, located.source()))
        self.places[shape.id] = located
        given = pack.value.get("given")
        base = said(pack.at("given")) if isinstance(given, dict) else {}
        self.given[shape.id] = base
        self.tests(shape.id, base, located)

    def tests(self, rule: str, base: dict[str, Any], located: Located) -> None:
        """Add the tests of one rule, each laid over what its file gives."""
        for index in range(len(located.value["tests"])):
            place = located.at("tests", index)
            row = dict(said(place))
            name, fires = row.pop("name"), row.pop("fires")
            whole = overlay(base, row)
            self.faults.extend(incomplete(whole, place))
            self.cases.append(RuleCase(rule, name, whole, fires, place.source()))

    def parameters(self, check: str, located: Located) -> BaseModel | None:
        """The parameters of a check that is known; lists that are not there are faults."""
        params = parse(self.kinds[check], located, self.faults)
        self.faults.extend(_unknown_lists(params, located))
        return params

    def _params(self, located: Located) -> BaseModel | None:
        """The check's parameters; the check is read first, so that a bad rule tells all."""
        value = located.value if isinstance(located.value, dict) else {}
        name = value.get("check")
        if not isinstance(name, str):
            return None
        model = self.kinds.get(name)
        if model is None:
            near = suggest(name, self.kinds)
            told = f"there is no check {name}{near}"
            self._add(located, told, "check", code=Code.UNKNOWN_CHECK)
            return None
        if "with" in value:
            return parse(model, located.at("with"), self.faults)
        return parse(model, replace(located, value={}), self.faults)

    def unique(self, what: str, name: str, located: Located, key: str) -> None:
        """Note where a thing of this name stands; a second of it is a fault."""
        first = self.names.setdefault((what, name), located.source(key))
        if first != located.source(key):
            told = f"the {what} {name} stands at {first} already"
            self._add(located, told, key, code=Code.SAME_ID)

    def _add(self, located: Located, message: str, *path: str, code: Code) -> None:
        self.faults.append(located.fault(message, *path, code=code))


def incomplete(whole: Mapping[str, Any], located: Located) -> Iterator[Fault]:
    """What a row, with its `given`, does not say although no message is without it."""
    try:
        row = Circumstances.model_validate(
            {key: value for key, value in whole.items() if key in Circumstances.model_fields}
        )
    except ValueError:
        return  # its faults are told where `given` stands
    if row.to is None:
        yield located.fault("to is missing: the recipient's number", code=Code.INCOMPLETE)
    if row.at is None:
        yield located.fault("at is missing: the instant, with its offset", code=Code.INCOMPLETE)
    if row.message is None or row.message.channel is None:
        told = "message.channel is missing, here and under given"
        yield located.fault(told, code=Code.INCOMPLETE)


def _senseless(shape: RuleShape, located: Located) -> Iterator[Fault]:
    first, last = shape.effective.from_, shape.effective.to
    if first and last and last < first:
        told = f"ends on {last}, before it begins on {first}"
        yield located.fault(told, "effective", "to", code=Code.BACKWARDS)
    fires = {case.fires for case in shape.tests}
    for wanted, word in ((True, "fires: true"), (False, "fires: false")):
        if wanted not in fires:
            told = f"rule {shape.id} has no test with {word}"
            yield located.fault(told, "tests", key=True, code=Code.NO_TEST)
    names = [case.name for case in shape.tests]
    for index, name in enumerate(names):
        if name in names[:index]:
            told = f"a second test named {name}"
            yield located.fault(told, "tests", index, "name", code=Code.TEST_TWICE)


def _unknown_lists(params: BaseModel | None, located: Located) -> Iterator[Fault]:
    for key in ("lists", "excused_by_list"):
        asked: tuple[str, ...] = tuple(getattr(params, key, None) or ())
        for index, name in enumerate(asked):
            if not known(name):
                message = f"there is no list {name}{suggest(name, KNOWN_LISTS)}"
                yield located.fault(message, "with", key, index, code=Code.UNKNOWN_LIST)


def _rule(shape: RuleShape, head: PackHead, params: Any, source: Source) -> Rule:
    return Rule(
        id=shape.id,
        pack=head.pack,
        title=shape.title,
        citation=shape.citation,
        check=shape.check,
        params=params,
        verdict=Verdict.of(shape.verdict),
        applies=_applies(shape.applies, shape.jurisdiction or head.jurisdiction),
        mode=shape.mode,
        effective_from=shape.effective.from_ or date.min,
        effective_to=shape.effective.to,
        verified_on=shape.verified_on,
        confidence=shape.confidence,
        override=shape.override,
        rollout=Rollout(shape.rollout.percent, frozenset(shape.rollout.tenants)),
        source=source,
        url=shape.url,
        note=shape.note,
        said=shape.with_,
    )


def _least(shape: RevocationShape) -> LeastRevocation:
    first = shape.effective.from_ or date.min
    return LeastRevocation(shape.least, shape.citation, first, shape.effective.to)


def _applies(shape: AppliesShape, jurisdiction: str | None) -> Applies:
    return Applies(
        channels=frozenset(shape.channels),
        purposes=frozenset(shape.purposes),
        technologies=frozenset(shape.technologies),
        sender_kinds=frozenset(shape.sender_kinds),
        campaigns=frozenset(shape.campaigns),
        postures=frozenset(shape.postures),
        line_types=frozenset(shape.line_types),
        exemptions=frozenset(shape.exemptions),
        jurisdiction=jurisdiction,
    )


def _detector(shape: DetectorShape, located: Located) -> Detector:
    said = {name: getattr(shape, name) for name in DetectorShape.model_fields}
    said["likelihood"] = Likelihood.of(shape.likelihood)
    return Detector(**said, source=located.source(), where=located.source)
