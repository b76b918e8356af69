"""Which waivers are there, how long do they hold, and how often was each used?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gatekeeper.cli.audit import Damage, errors, fail_if
from gatekeeper.cli.policy_folder import AsJson, Folder, load
from gatekeeper.cli.policy_output import print_json
from gatekeeper.journal.marked import marked
from gatekeeper.policy.model import Policy, Waiver
from gatekeeper.rollout.observed import WAIVED, Uses, uses
from gatekeeper.settings import Settings


def waivers(folder: Folder = None, as_json: AsJson = False) -> None:
    """List all waivers with their scope, approver, end, and uses as the log has them."""
    policy, damage = load(folder).policy, Damage([])
    journal = Settings().journal_folder
    with errors():
        lines = marked(journal, WAIVED, "decision", None, damage) if journal.is_dir() else iter(())
        used = uses(lines)
    rows = list(told(policy, used, datetime.now(UTC)))
    if as_json:
        print_json({"policy": policy.hash, "waivers": rows})
    else:
        _print(rows)
    fail_if(damage)


def told(
    policy: Policy, used: Mapping[tuple[str, str], Uses], now: datetime
) -> Iterator[dict[str, Any]]:
    """Every waiver, those that end first at the top; the days left are rounded down."""
    for waiver in sorted(policy.waivers, key=lambda each: (each.expires, each.tenant, each.id)):
        use = used.get((waiver.tenant, waiver.id), Uses())
        yield {
            "id": waiver.id,
            "tenant": waiver.tenant,
            "state": _state(waiver, now),
            "rules": sorted(waiver.rules),
            "campaigns": sorted(waiver.campaigns),
            "channels": sorted(waiver.channels),
            "purposes": sorted(waiver.purposes),
            "jurisdiction": waiver.jurisdiction,
            "approved_by": waiver.approved_by,
            "reason": waiver.reason,
            "citation": waiver.citation,
            "from": waiver.effective_from.isoformat(),
            "expires": waiver.expires.isoformat(),
            "days_left": max(0, (waiver.expires - now).days),
            "uses": use.times,
            "last_used": use.last,
            "source": str(waiver.source),
        }


def _state(waiver: Waiver, now: datetime) -> str:
    if waiver.in_force(now):
        return "in force"
    return "expired" if now >= waiver.expires else "not yet"


def _print(rows: list[dict[str, Any]]) -> None:
    if not rows:
        Console().print("no waivers")
        return
    table = Table(box=None)
    for name in ("waiver", "tenant", "state", "rules", "approved by", "reason", "expires", "uses"):
        table.add_column(name)
    for row in rows:
        left = f"{row['expires']} ({row['days_left']} days left)"
        table.add_row(
            escape(row["id"]),
            escape(row["tenant"]),
            row["state"],
            ", ".join(row["rules"]),
            escape(row["approved_by"]),
            escape(row["reason"]),
            left if row["state"] != "expired" else row["expires"],
            str(row["uses"]),
        )
    Console(soft_wrap=True).print(table)
