"""What could be changed about a message, and what would then be so? Nothing is tried here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC

from msgspec.structs import replace

from gatekeeper.domain.consent import Basis, Consent
from gatekeeper.domain.decision import Decision
from gatekeeper.domain.facts import Facts, Listing, Template
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.number import Reading, Stated
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Family, ListAnswer, SenderKind, SenderState
from gatekeeper.evaluate import evaluate
from gatekeeper.numbering.nanp import zones_by_place
from gatekeeper.numbering.places import places_of
from gatekeeper.numbering.trust import Trust
from gatekeeper.policy.model import Policy, Rule

WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Offer:
    """One change: what somebody does, and the facts when it is done."""

    id: str
    group: str
    """Of one group only one change can be made."""
    sentence: str
    apply: Callable[[Facts], Facts]
    depends: str | None = None
    """What must turn out to be so, beside what is done."""


def offers(facts: Facts, decision: Decision, policy: Policy) -> Iterator[Offer]:
    """Every change that answers one of the findings that stop the message, cheapest first."""
    stopping = [f for f in decision.findings if not f.effect.forwards]
    if any(finding.effect is Verdict.DEFER for finding in stopping):
        yield Offer(WAIT, WAIT, "Wait until {at}.", lambda given: waited(given, policy))
    for finding in stopping:
        yield from _of_finding(finding, facts, policy)
    if any(_consent_may_help(finding, facts) for finding in stopping):
        yield from _consents(facts.consent)
    if len(facts.places.regions) != 1 and any(_place_may_help(f, policy) for f in stopping):
        yield from _places(facts, policy.trust)


def waited(facts: Facts, policy: Policy) -> Facts:
    """The facts at the next instant at which they are allowed; the same facts if there is none."""
    later = evaluate(facts, policy).next_allowed_at
    return facts if later is None else replace(facts, at=later, limits=())


def _of_finding(finding: Finding, facts: Facts, policy: Policy) -> Iterator[Offer]:
    reason = finding.reason
    if reason in (Reason.DNC_STALE, Reason.DNC_NOT_CHECKED):
        rule = policy.rule(finding.rule)
        yield from _fresh_lists(rule.params.lists if rule else (), facts)
    elif reason is Reason.CONTENT_UNINSPECTABLE:
        yield _offer("content", "Register the content that the message refers to.", opaque=())
    elif reason.startswith("content."):
        yield _without(Family(reason.removeprefix("content.")))
        if facts.carrier_class is not None or _age_may_help(policy.rule(finding.rule)):
            gated = replace(facts.sender, age_gate=True)
            yield _offer("age_gate", "Send from a sender with an age gate.", sender=gated)
    elif reason is Reason.DISCLOSURE_MISSING:
        yield from _disclosures(policy.rule(finding.rule), facts)
    elif reason.startswith("sender."):
        yield from _senders(reason, facts)
    elif reason in _SIMPLE:
        yield from _SIMPLE[reason]()


def _age_may_help(rule: Rule | None) -> bool:
    """A rule of content that speaks only of senders without an age gate."""
    return rule is not None and getattr(rule.params, "ungated", False)


def _offer(name: str, sentence: str, depends: str | None = None, **changes: object) -> Offer:
    return Offer(name, name, sentence, lambda given: replace(given, **changes), depends)


def _approved() -> Iterator[Offer]:
    template = Template("approved", None, "approved")
    yield _offer("template", "Send a template that is approved.", template=template)


def _recording() -> Iterator[Offer]:
    yield Offer("recording.off", "recording", "Do not record the call.", _unrecorded)
    yield Offer("recording.agreed", "recording", "Ask everyone on the call to agree.", _agreed)


def _unrecorded(facts: Facts) -> Facts:
    return replace(facts, record=False)


def _agreed(facts: Facts) -> Facts:
    return replace(facts, recording_consent="all_party")


def _untagged() -> Iterator[Offer]:
    yield _offer("tag", "Send it without a tag.", tag=None)
    yield from _approved()


_SIMPLE: dict[Reason, Callable[[], Iterable[Offer]]] = {
    Reason.TEMPLATE_UNAPPROVED: _approved,
    Reason.WINDOW_CLOSED: _approved,
    Reason.CHANNEL_MARKETING_BLOCKED: _untagged,
    Reason.RECORDING_CONSENT: _recording,
    Reason.PURPOSE_MISMATCH: lambda: [
        _offer("claim", "Claim no purpose that the campaign is not registered for.", claims=())
    ],
    Reason.COMPONENT_DISABLED: lambda: [
        _offer("channel", "Have the channel enabled for the tenant.", component_disabled=False)
    ],
    Reason.TERMS_MISSING: lambda: [
        _offer("terms", "Have the terms accepted by all for whom it is sent.", terms=())
    ],
}


def _fresh_lists(names: Iterable[str], facts: Facts) -> Iterator[Offer]:
    for name in names:
        if facts.listings.get(name, Listing()).answer is not ListAnswer.HIT:
            clear = _Clear(name)
            told = f"Load list {name} in a version of today and ask it."
            yield Offer(f"list.{name}", name, told, clear, f"the number is not on {name}")


@dataclass(frozen=True, slots=True)
class _Clear:
    name: str

    def __call__(self, facts: Facts) -> Facts:
        fresh = Listing(ListAnswer.CLEAR, "fresh", facts.at)
        return replace(facts, listings={**facts.listings, self.name: fresh})


def _without(family: Family) -> Offer:
    told = f"Take out of the text what is of the family {family.replace('_', ' ')}."

    def apply(facts: Facts) -> Facts:
        return replace(facts, matches=tuple(m for m in facts.matches if m.family is not family))

    return Offer(f"text.{family}", f"text.{family}", told, apply)


_TOLD = {
    "sender": "Say in the text who sends it.",
    "opt_out": "Add a line that tells how to opt out.",
    "fees": "Add that message and data rates may apply.",
    "help": "Add how to get help.",
    "ai": "Say that a machine writes or speaks.",
    "recording": "Say that the call is recorded.",
    "contact": "Add a way to reach the sender.",
}


def _disclosures(rule: Rule | None, facts: Facts) -> Iterator[Offer]:
    """What the rule needs and the text does not tell; or a language that it asks for."""
    params = rule.params if rule else None
    for element in sorted(getattr(params, "need", ())):
        if element not in (facts.disclosures or ()):
            name = f"disclosure.{element}"
            yield Offer(name, name, _TOLD[element], _Tells(element))
    for language in sorted(getattr(params, "languages", ())):
        told = f"Write it in the language that is asked for: {language}."
        change = _Written(language)
        yield Offer(f"language.{language}", "language", told, change)


@dataclass(frozen=True, slots=True)
class _Written:
    language: str

    def __call__(self, facts: Facts) -> Facts:
        return replace(facts, language=self.language)


@dataclass(frozen=True, slots=True)
class _Tells:
    element: str

    def __call__(self, facts: Facts) -> Facts:
        told = (facts.disclosures or frozenset()) | {self.element}
        return replace(facts, disclosures=told)


def _senders(reason: Reason, facts: Facts) -> Iterator[Offer]:
    if reason is Reason.SENDER_KIND:
        for kind in (SenderKind.LONG_CODE, SenderKind.TOLL_FREE, SenderKind.SHORT_CODE):
            if kind is not facts.sender.kind:
                told = f"Send from a registered {kind.replace('_', ' ')}."
                yield Offer(f"sender.{kind}", "sender", told, _Sender(kind))
    elif reason is Reason.SENDER_UNREGISTERED:
        told = "Register the sender, for the campaign too, with proof that it is yours."
        yield Offer("sender.registered", "sender", told, _Sender(None))
    else:
        told = "Send from an active sender that is registered to the tenant."
        yield Offer("sender.owned", "sender", told, _Sender(None))


@dataclass(frozen=True, slots=True)
class _Sender:
    kind: SenderKind | None

    def __call__(self, facts: Facts) -> Facts:
        sender = replace(
            facts.sender,
            kind=self.kind or facts.sender.kind,
            state=SenderState.ACTIVE,
            registration="registered",
            proof="provider",
            barred=None,
            reading=facts.sender.reading if facts.sender.reading.number else Reading(None),
        )
        return replace(facts, sender=sender)


def _consent_may_help(finding: Finding, facts: Facts) -> bool:
    """A person who opted out, or whose number it no longer is, cannot be asked by the sender."""
    if facts.consent.ended_by is not None:
        return False
    return finding.reason.startswith(("consent.", "dnc.", "quiet_hours", "day_", "frequency."))


def _consents(held: Consent) -> Iterator[Offer]:
    for basis in (Basis.EXPRESS, Basis.EXPRESS_WRITTEN):
        if basis.rank >= held.basis.rank:
            yield Offer(f"consent.{basis}", "consent", _asked(basis, held), _Agreed(basis))


def _asked(basis: Basis, held: Consent) -> str:
    word = basis.replace("_", " ")
    if basis is held.basis and held.missing:
        lacking = ", ".join(held.missing).replace("_", " ")
        return f"Complete the record of the {word} consent: it lacks {lacking}."
    anew = " anew" if held.expired_at or basis is held.basis else ""
    return f"Obtain {word} consent from the recipient{anew}."


@dataclass(frozen=True, slots=True)
class _Agreed:
    basis: Basis

    def __call__(self, facts: Facts) -> Facts:
        held = facts.consent
        agreed = Consent(basis=self.basis, given_at=facts.at, relations=held.relations)
        return replace(facts, consent=agreed)


def _place_may_help(finding: Finding, policy: Policy) -> bool:
    """A rule of hours, or one that speaks of a single place."""
    rule = policy.rule(finding.rule)
    placed = rule is not None and rule.applies.jurisdiction is not None
    return placed or finding.reason.startswith(("quiet_hours", "day_banned", "consent."))


def _places(facts: Facts, trust: Trust) -> Iterator[Offer]:
    number = facts.recipient.number
    if number is None:
        return
    regions = sorted(facts.places.regions) or [
        place for place in sorted(zones_by_place()) if place.startswith(f"{number.region}-")
    ]
    source = _best_source(trust, facts)
    by = f", by a {source.replace('_', ' ')} of today" if source else ""
    for region in regions:
        told = f"State where the recipient is{by}: {region}."
        depends = f"the recipient is in {region}"
        yield Offer(f"place.{region}", "place", told, _Stated(region, source, trust), depends)


def _best_source(trust: Trust, facts: Facts) -> str | None:
    """The source that narrows most; None where the policy trusts none."""
    today = facts.at.astimezone(UTC).date()
    believed = [each for each in trust.sources if each.believes(today, today)]
    best = max(believed, key=lambda each: len(each.narrows), default=None)
    return best.source if best else None


@dataclass(frozen=True, slots=True)
class _Stated:
    region: str
    source: str | None
    trust: Trust

    def __call__(self, facts: Facts) -> Facts:
        day = facts.at.astimezone(UTC).date() if self.source else None
        stated = Stated(region=self.region, source=self.source, as_of=day)
        places = places_of(facts.recipient.number, stated, self.trust, facts.at)
        return replace(facts, stated=stated, places=places)
