"""Has the recipient said stop, or is the number no longer theirs?"""

from __future__ import annotations

from gatekeeper.checks.answer import answers_recipient
from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.consent import ConsentAct
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class OwnWill(Params):
    """The recipient's last word is final."""

    elsewhere: bool = False
    """Whether a stop of another purpose, brand, campaign or channel counts as well."""


_ENDED = {
    ConsentAct.OPT_OUT: (
        Reason.CONSENT_REVOKED,
        "The recipient opted out and has not opted in since.",
    ),
    ConsentAct.REASSIGNED: (
        Reason.CONSENT_REASSIGNED,
        "The number was reassigned after consent was given.",
    ),
    ConsentAct.WRONG_NUMBER: (
        Reason.CONSENT_REASSIGNED,
        "The number was reported to be the wrong person's.",
    ),
    ConsentAct.DECEASED: (
        Reason.CONSENT_REASSIGNED,
        "The person was reported to have died.",
    ),
}


def run(facts: Facts, rule: Rule) -> Finding | None:
    """Any ending that no later opt-in has undone."""
    params: OwnWill = rule.params
    if answers_recipient(facts):
        return None
    if params.elsewhere:
        return _elsewhere(facts, rule)
    ending = facts.consent.ended_by
    if ending is None:
        return None
    reason, detail = _ENDED[ending]
    return rule.finding(reason, detail)


def _elsewhere(facts: Facts, rule: Rule) -> Finding | None:
    stopped = facts.consent.stopped_elsewhere_at
    if stopped is None or facts.consent.ended_by is not None:
        return None
    return rule.finding(
        Reason.CONSENT_REVOKED, "The recipient opted out of other messages, which stops these too."
    )


_ENDED_WORDS = {
    ConsentAct.OPT_OUT: "opt-out",
    ConsentAct.REASSIGNED: "reassigned",
    ConsentAct.WRONG_NUMBER: "reported as a wrong number",
    ConsentAct.DECEASED: "reported to have died",
}


def compared(facts: Facts, rule: Rule) -> Compared:
    """The recipient's last word."""
    params: OwnWill = rule.params
    held = facts.consent
    if params.elsewhere:
        stopped = held.stopped_elsewhere_at
        value = f"opted out of other messages at {stopped.isoformat()}" if stopped else "no opt-out"
        return Compared(value, "no opt-out from messages of any other kind")
    if held.ended_by is None:
        return Compared("no opt-out", "no opt-out, and the number is still theirs")
    when = f" at {held.ended_at.isoformat()}" if held.ended_at else ""
    word = _ENDED_WORDS[held.ended_by]
    return Compared(f"{word}{when}", "no opt-out since the last opt-in")


CHECK = Check(
    "own_will", OwnWill, run, stage=2, compared=compared, needs=("at", "consent", "kind", "limits")
)
