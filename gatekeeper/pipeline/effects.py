"""What came of each finding, in words that metrics may show?"""

from __future__ import annotations

from collections.abc import Sequence

from gatekeeper.domain.finding import Finding

TENANTS_OWN = "tenant"
"""Stands for every rule of a tenant's file: metrics tell nothing of one tenant."""


def effects(findings: Sequence[Finding], tenant: str) -> tuple[tuple[str, str], ...]:
    """The rule of each finding, and what came of it: `enforce`, `shadow`, `observe`, `waiver`."""
    own = f"{tenant.lower()}."
    return tuple([(_rule(finding.rule, own), _effect(finding)) for finding in findings])


def _rule(rule: str, own: str) -> str:
    return TENANTS_OWN if rule.startswith(own) else rule


def _effect(finding: Finding) -> str:
    if finding.waiver is not None:
        return "waiver"
    return "observe" if finding.observed else str(finding.mode)
