"""Does the message refer to content that the gate could not read?"""

from __future__ import annotations

from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class Uninspectable(Params):
    """Which kinds of reference the rule speaks of: all, unless it names some or excepts some."""

    kinds: frozenset[str] = frozenset()
    except_kinds: frozenset[str] = frozenset()

    def among(self, kinds: set[str]) -> list[str]:
        """Those of the kinds that the rule speaks of."""
        return sorted((kinds & self.kinds if self.kinds else kinds) - self.except_kinds)


def run(facts: Facts, rule: Rule) -> Finding | None:
    """What was not read was not checked, so it is never taken for harmless."""
    if not facts.opaque:
        return None
    params: Uninspectable = rule.params
    unread = params.among({ref.kind for ref in facts.opaque})
    if not unread:
        return None
    kinds = ", ".join(unread)
    return rule.finding(Reason.CONTENT_UNINSPECTABLE, f"Could not inspect: {kinds}.")


def compared(facts: Facts, rule: Rule) -> Compared:
    """What could not be read."""
    params: Uninspectable = rule.params
    unread = ", ".join(sorted({ref.kind for ref in facts.opaque})) or "all was read"
    spoken_of = ", ".join(sorted(params.kinds))
    let_be = ", ".join(sorted(params.except_kinds))
    limit = f"no unread {spoken_of}" if spoken_of else "nothing unread"
    return Compared(unread, limit + (f" but {let_be}" if let_be else ""))


CHECK = Check(
    "uninspectable",
    Uninspectable,
    run,
    about="opaque",
    stage=6,
    compared=compared,
    needs=("opaque.kind",),
)
