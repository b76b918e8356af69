"""Which rules can find nothing, or nothing that another rule does not find too?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from gatekeeper.domain.fault_codes import Code
from gatekeeper.domain.number import Places
from gatekeeper.domain.words import Channel, Mode, SenderKind
from gatekeeper.numbering.nanp import zones_by_place
from gatekeeper.numbering.zones import by_country
from gatekeeper.policy.compile import Draft
from gatekeeper.policy.faults import Fault, suggest
from gatekeeper.policy.model import Applies, Rule
from gatekeeper.policy.yamlfile import Located

RATE_CHECK = "rate"
_PHONES = frozenset(
    {SenderKind.LONG_CODE, SenderKind.TOLL_FREE, SenderKind.SHORT_CODE, SenderKind.ALPHANUMERIC}
)
_ANY = frozenset({SenderKind.SERVICE, SenderKind.UNKNOWN})
_KINDS = {
    Channel.SMS: _PHONES | _ANY,
    Channel.MMS: _PHONES | _ANY,
    Channel.RCS: _PHONES | _ANY,
    Channel.VOICE: _PHONES | _ANY,
    Channel.WHATSAPP: _ANY | {SenderKind.WABA},
    Channel.MESSENGER: _ANY | {SenderKind.PAGE},
}
"""From which kinds of sender a message of each channel can come."""


@cache
def jurisdictions() -> frozenset[str]:
    """Every jurisdiction in which a place lies that a message can be for."""
    places = frozenset(zones_by_place()) | frozenset(by_country())
    return Places(places).jurisdictions


def placed(located: Located) -> Iterator[Fault]:
    """Where a pack, or a rule of it, names a jurisdiction in which no place lies."""
    value = located.value if isinstance(located.value, dict) else {}
    place = value.get("jurisdiction")
    if isinstance(place, str) and not known(place):
        told = f"no place lies in {place}{suggest(place, jurisdictions())}"
        yield located.fault(told, "jurisdiction", code=Code.UNKNOWN_PLACE)


def reach(rule: Rule, located: Located, today: date) -> Iterator[Fault]:
    """Why nothing can come under the rule, if so; an end that is past is told unless a note is."""
    for why in impossible(rule.applies):
        yield located.fault(why, "applies", key=True, code=Code.UNREACHABLE)
    if rule.effective_to is not None and rule.effective_to < today and rule.note is None:
        told = f"the rule has ended on {rule.effective_to}: it judges only what was before"
        yield located.fault(told, "effective", "to", code=Code.OVER)


def known(place: str) -> bool:
    """Whether a place lies in it, or may: of most countries no table of ours has the parts."""
    country, _, part = place.partition("-")
    listed = any(each.startswith(f"{country}-") for each in jurisdictions())
    return place in jurisdictions() or bool(part and not listed and country in by_country())


def impossible(applies: Applies) -> Iterator[str]:
    """Why no message can ever be one of these."""
    channels = applies.channels or frozenset(Channel)
    if applies.line_types and Channel.VOICE not in channels:
        lines, named = ", ".join(sorted(applies.line_types)), ", ".join(sorted(applies.channels))
        yield f"nothing is under it: a {lines} line takes calls, and the channels are {named}"
    kinds = frozenset().union(*(_KINDS[channel] for channel in channels))
    if applies.sender_kinds and not applies.sender_kinds & kinds:
        said = ", ".join(sorted(applies.sender_kinds))
        yield f"nothing is under it: no message of these channels comes from a {said}"


def limits(draft: Draft) -> Iterator[Fault]:
    """Limits that no rule asks about, and a rule about limits where there are none."""
    asking = [r for r in draft.rules if r.check == RATE_CHECK and r.mode is not Mode.OFF]
    for document in draft.documents:
        said = document.value.get("limits") if isinstance(document.value, dict) else None
        for index in range(len(said) if isinstance(said, list) and not asking else 0):
            told = f"no rule of check {RATE_CHECK} asks about it"
            yield document.fault(told, "limits", index, code=Code.UNASKED_LIMIT)
    for rule in asking if not draft.limits else ():
        told = "it asks about limits, and no pack has any"
        yield draft.places[rule.id].fault(told, "check", code=Code.UNASKED_LIMIT)
