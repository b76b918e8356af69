"""Have all for whom the message is sent accepted the terms, in a version that will do?"""

from __future__ import annotations

import re

from gatekeeper.checks import edges_kinds
from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts, PartyTerms
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class AcceptedTerms(Params):
    """The oldest version that will do, of each party; None: an end customer needs any version,
    a tenant none at all."""

    tenant_from: str | None = None
    end_customer_from: str | None = None


def run(facts: Facts, rule: Rule) -> Finding | None:
    """The first party whose terms are missing or too old."""
    params: AcceptedTerms = rule.params
    least = {"tenant": params.tenant_from, "end_customer": params.end_customer_from}
    for each in facts.terms:
        if not _accepted(each, least[each.party]):
            return rule.finding(Reason.TERMS_MISSING, _told(each))
    return None


def _accepted(terms: PartyTerms, least: str | None) -> bool:
    if terms.version is None:
        return terms.party == "tenant" and least is None
    return least is None or ordinal(terms.version) >= ordinal(least)


def ordinal(version: str) -> tuple[int, ...]:
    """The numbers in a version, by which versions are ordered: `2026-11-01`, `1.10`, `v3`."""
    return tuple(int(digits) for digits in re.findall(r"[0-9]{1,9}", version))


def _told(terms: PartyTerms) -> str:
    party = terms.party.replace("_", " ")
    if terms.version is None:
        return f"No accepted terms of the {party} are on record."
    return f"The {party} has accepted terms that are too old."


def compared(facts: Facts, rule: Rule) -> Compared:
    """The versions that were accepted."""
    params: AcceptedTerms = rule.params
    held = [f"{each.party.replace('_', ' ')}: {each.version or 'none'}" for each in facts.terms]
    least = [
        f"{party} from {version}"
        for party, version in (
            ("tenant", params.tenant_from),
            ("end customer", params.end_customer_from or "any version"),
        )
        if version
    ]
    return Compared(", ".join(held) or "sent for nobody else", ", ".join(least))


CHECK = Check(
    "terms",
    AcceptedTerms,
    run,
    about="terms",
    edges=edges_kinds.terms,
    stage=0,
    compared=compared,
    needs=("terms",),
)
