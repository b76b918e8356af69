"""Which facts lie in the journal for a decision that is to be explained?"""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec.structs import replace

from gatekeeper.checks.emergency_order import standing
from gatekeeper.cli.policy_folder import fail
from gatekeeper.domain.facts import Facts
from gatekeeper.errors import GatekeeperError
from gatekeeper.journal.record import Line
from gatekeeper.journal.search import about
from gatekeeper.policy.model import Policy
from gatekeeper.rollout.recorded import FORMAT, RecordedDecision
from gatekeeper.rollout.recording import facts_of


def recorded_facts(journal: Path, record_id: str, policy: Policy) -> tuple[Facts, str]:
    """The facts of the first recipient whose message was stopped, else the first; and a remark.

    The remark says under which policy it was decided and what the record does not tell.
    """
    line = _line(journal, record_id)
    try:
        body = msgspec.json.decode(line.body, type=RecordedDecision)
    except msgspec.ValidationError:
        fail(f"{record_id} was refused before any rule was asked: there is nothing to explain")
    if not body.recipients:
        fail(f"{record_id} was refused before any rule was asked: there is nothing to explain")
    stopping = ("defer", "hold", "block")
    recipient = next((r for r in body.recipients if r.verdict in stopping), body.recipients[0])
    facts = facts_of(line.tenant, body, recipient)
    known = replace(facts, orders=(*facts.orders, *standing(policy.orders, facts.at)))
    return known, _remark(body, recipient.verdict, policy)


def _line(journal: Path, record_id: str) -> Line:
    if not journal.is_dir():
        fail(f"there is no journal in {journal}; set GATEKEEPER_DATA to the gate's data folder")
    try:
        entries = about(journal, record_id)
    except GatekeeperError as error:
        fail(str(error))
    lines = [entry.line for entry in entries if entry.line.kind == "decision"]
    if not lines:
        fail(f"there is no decision {record_id}")
    return lines[0]


def _remark(body: RecordedDecision, verdict: str, policy: Policy) -> str:
    parts = [f"recorded as {verdict}"]
    if len(body.recipients) > 1:
        parts.append(f"one of {len(body.recipients)} recipients")
    same = body.policy == policy.hash
    parts.append("by this policy" if same else f"by policy {body.policy[:16]}, another than this")
    if body.format < FORMAT:
        parts.append(f"in format {body.format}, which does not tell every fact")
    return ", ".join(parts)
