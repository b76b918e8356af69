"""Which changes of a message, a call or a conference say nothing new?

A redaction, a cancel, a hang-up, a mute: they pass. Any other change of a live call is judged like
a call; any other change of the rest is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.closed import refused
from gatekeeper.providers.contract import Handling, Operation, RawRequest
from gatekeeper.providers.form_body import Form, read_form

_SID = "[0-9a-fA-F]{32}"
_TRUTH = (("true",), ("false",))


@dataclass(frozen=True, slots=True)
class _Change:
    """One kind of resource, and the values of its parameters that say nothing new."""

    path: re.Pattern[str]
    channel: Channel
    silent: Mapping[str, tuple[tuple[str, ...], ...]]
    otherwise: str
    """What to tell of others; empty: they are judged."""


_CHANGES = (
    _Change(
        re.compile(rf"Messages/(?:SM|MM){_SID}"),
        Channel.SMS,
        {"Body": (("",),), "Status": (("canceled",),)},
        "A message can only be redacted (an empty Body) or canceled here.",
    ),
    _Change(
        re.compile(rf"Calls/CA{_SID}"),
        Channel.VOICE,
        {"Status": (("canceled",), ("completed",))},
        "",
    ),
    _Change(
        re.compile(rf"Conferences/[A-Za-z0-9_-]{{1,64}}/Participants/CA{_SID}"),
        Channel.VOICE,
        dict.fromkeys(("Muted", "Hold", "BeepOnExit", "EndConferenceOnExit", "Coaching"), _TRUTH),
        "A participant can only be muted, held or coached here: a Url would say what nobody read.",
    ),
    _Change(
        re.compile(r"Conferences/[A-Za-z0-9_-]{1,64}"),
        Channel.VOICE,
        {"Status": (("completed",),)},
        "A conference can only be ended here: an announcement would say what nobody read.",
    ),
)


def change_of(raw: RawRequest, account: str, resource: str) -> Operation | None:
    """The change of this resource (a path below the account); None if it is of no such kind."""
    change = next((each for each in _CHANGES if each.path.fullmatch(resource)), None)
    if change is None:
        return None
    try:
        form = read_form(raw)
    except AmbiguousRequest as unclear:
        return refused(str(unclear), account, status=unclear.status)
    if _says_nothing(form, change):
        return Operation("change", Handling.PASS, change.channel, account)
    if change.otherwise:
        return refused(change.otherwise, account)
    return Operation("live_call", Handling.DECIDE, change.channel, account)


def _says_nothing(form: Form, change: _Change) -> bool:
    return bool(form) and all(
        values in change.silent.get(name, ()) for name, values in form.items()
    )
