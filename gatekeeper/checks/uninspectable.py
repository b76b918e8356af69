"""Does the message refer to content that the gate could not read?"""

from __future__ import annotations

from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class Uninspectable(Params):
    """Kinds of reference that are let through unread; none by default."""

    except_kinds: frozenset[str] = frozenset()


def run(facts: Facts, rule: Rule) -> Finding | None:
    """What was not read was not checked, so it is never taken for harmless."""
    if not facts.opaque:
        return None
    params: Uninspectable = rule.params
    unread = sorted({ref.kind for ref in facts.opaque} - params.except_kinds)
    if not unread:
        return None
    kinds = ", ".join(unread)
    return rule.finding(
        Reason.CONTENT_UNINSPECTABLE, f"Content behind {kinds} is not registered and was not read."
    )


def compared(facts: Facts, rule: Rule) -> Compared:
    """What could not be read."""
    params: Uninspectable = rule.params
    unread = ", ".join(sorted({ref.kind for ref in facts.opaque})) or "all was read"
    let_be = ", ".join(sorted(params.except_kinds))
    return Compared(unread, "nothing unread" + (f" but {let_be}" if let_be else ""))


CHECK = Check(
    "uninspectable",
    Uninspectable,
    run,
    about="opaque",
    stage=6,
    compared=compared,
    needs=("opaque.kind",),
)
