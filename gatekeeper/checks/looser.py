"""Is a rule anywhere looser than the rule that it claims to tighten, and if so, for which message?

Compared are the rules themselves, not samples of messages: the answer is exact, and the first
message found that the one stops and the other lets pass is told in words. A parameter of which
nobody has said which way is stricter must stay as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from gatekeeper.checks.looser_params import COMPARED
from gatekeeper.domain.number import Places
from gatekeeper.domain.registry import Posture
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel, Mode, Purpose, SenderKind, Technology
from gatekeeper.policy.model import Rule

_DAY = timedelta(days=1)
_STOPS = {
    Verdict.ALLOW: "notes",
    Verdict.FLAG: "flags",
    Verdict.REDACT: "redacts",
    Verdict.DEFER: "defers",
    Verdict.HOLD: "holds",
    Verdict.BLOCK: "blocks",
}
_KNOWN_TECHNOLOGIES = tuple(each for each in Technology if each is not Technology.UNKNOWN)
"""An unknown one is under every rule that names any."""
_KINDS: tuple[tuple[str, tuple[StrEnum, ...], str], ...] = (
    ("channels", tuple(Channel), "for a message by {}"),
    ("purposes", tuple(Purpose), "for a message of purpose {}"),
    ("technologies", _KNOWN_TECHNOLOGIES, "for a message of technology {}"),
    ("sender_kinds", tuple(SenderKind), "for a sender of kind {}"),
    ("postures", tuple(Posture), "under the reading {}"),
    ("exemptions", (), "for a message of exempt class {}"),
    ("campaigns", (), "for a message of campaign {}"),
    ("line_types", (), "for a line of type {}"),
)
"""What a rule may be limited to, all there is of it where that is known, and how it is told."""


def looser(floor: Rule, tenant: Rule) -> str | None:
    """The first message that `floor` stops and `tenant` would not, in words; None if there is none.

    `tenant` is read as if it stood in the place of `floor`.
    """
    if floor.check != tenant.check:
        return f"the check {floor.check} cannot be replaced by {tenant.check}"
    does = _STOPS[floor.verdict]
    if floor.mode is Mode.ENFORCE and tenant.mode is not Mode.ENFORCE:
        told = "only record it" if tenant.mode is Mode.SHADOW else "not ask"
        return f"wherever the floor {does}, this would {told}"
    if tenant.verdict < floor.verdict:
        return f"wherever the floor {does}, this only {_STOPS[tenant.verdict]}"
    for where in (*_applied(floor, tenant), *_dated(floor, tenant), *_compared(floor, tenant)):
        return f"{where} the floor {does}, this would let it pass"
    return next(iter(_unequal(floor.params, tenant.params, floor.check)), None)


def _applied(floor: Rule, tenant: Rule) -> Iterator[str]:
    for name, words, told in _KINDS:
        was = getattr(floor.applies, name)
        left = _left_out(was, getattr(tenant.applies, name), words)
        if left is not None:
            yield told.format(left)
    was, now = floor.applies.jurisdiction, tenant.applies.jurisdiction
    if now is not None and (was is None or not Places(frozenset({was})).within(now)):
        yield f"for a person in {was or 'any place'} outside {now}"


def _left_out(was: Collection[Any], now: Collection[Any], words: tuple[StrEnum, ...]) -> str | None:
    """One that the first set holds and the second does not; an empty set holds all."""
    if not now:
        return None
    if was:
        return min((str(each) for each in was if each not in now), default=None)
    if not words:
        return f"other than {', '.join(sorted(map(str, now)))}"
    return next((str(word) for word in words if word not in now), None)


def _dated(floor: Rule, tenant: Rule) -> Iterator[str]:
    last = floor.effective_to or date.max
    if tenant.effective_from > floor.effective_from:
        yield f"on {min(tenant.effective_from - _DAY, last)}"
    if tenant.effective_to is not None and tenant.effective_to < last:
        yield f"on {max(tenant.effective_to + _DAY, floor.effective_from)}"


def _compared(floor: Rule, tenant: Rule) -> Iterator[str]:
    for _, compare in COMPARED.get(floor.check, ()):
        where = compare(floor.params, tenant.params)
        if where is not None:
            yield where


def _unequal(was: BaseModel, now: BaseModel, check: str) -> Iterator[str]:
    """Parameters that differ although no comparison says which way is stricter."""
    known = {name for names, _ in COMPARED.get(check, ()) for name in names}
    for name in type(was).model_fields:
        if name not in known and getattr(was, name) != getattr(now, name):
            yield f"{name} must stay as it is: of it nothing tells which way is stricter"
