"""Does the message tell its recipient what it must?"""

from __future__ import annotations

from gatekeeper.checks.answer import HELP, answers_recipient
from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.disclosure import Element
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule

_NAMES = {
    Element.SENDER: "who sends it",
    Element.OPT_OUT: "how to stop such messages",
    Element.FEES: "that message and data rates may apply",
    Element.HELP: "how to get help",
    Element.AI: "that a machine writes or speaks",
    Element.RECORDING: "that the call is recorded",
    Element.CONTACT: "where the sender can be reached",
}


class Disclosure(Params):
    """What the texts must tell."""

    need: frozenset[Element]
    when_automated: bool = False
    """Only where a machine speaks or writes: `automated` messages and AI voices."""
    when_recorded: bool = False
    """Only where the call is recorded."""
    of_help: bool = False
    """Of the answer to a request for help; other rules never speak of answers to the recipient."""


def run(facts: Facts, rule: Rule) -> Finding | None:
    """Silent where the texts are not known: `content.uninspectable` tells of those."""
    params: Disclosure = rule.params
    told = facts.disclosures
    if told is None or not _speaks_of(facts, params):
        return None
    missing = sorted(params.need.difference(told))
    if not missing:
        return None
    names = ", ".join(_NAMES[element] for element in missing)
    return rule.finding(Reason.DISCLOSURE_MISSING, f"The text does not tell {names}.")


def _speaks_of(facts: Facts, params: Disclosure) -> bool:
    if params.of_help:
        return facts.kind == HELP
    if answers_recipient(facts):
        return False
    if params.when_recorded and not facts.record:
        return False
    return facts.automated or not params.when_automated


def compared(facts: Facts, rule: Rule) -> Compared:
    """What the texts tell, and what they must."""
    params: Disclosure = rule.params
    told = facts.disclosures
    if told is None:
        value = "the texts are not known"
    elif not _speaks_of(facts, params):
        value = "a message that the rule does not speak of"
    else:
        value = f"told: {', '.join(sorted(told)) or 'nothing'}"
    return Compared(value, f"told: {', '.join(sorted(params.need))}")


CHECK = Check(
    "disclosure",
    Disclosure,
    run,
    stage=6,
    compared=compared,
    needs=("at", "automated", "consent", "disclosures", "kind", "limits", "record"),
)
