"""Does what a gate has recorded suffice to come to the same decisions again?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from gatekeeper.domain.facts import Facts
from gatekeeper.evaluate import evaluate
from gatekeeper.journal.record import Line
from gatekeeper.pipeline.redaction import IMPOSSIBLE
from gatekeeper.policy.model import Policy
from gatekeeper.rollout.recorded import RecordedDecision, RecordedRecipient
from gatekeeper.rollout.recording import facts_of, recorded_recipient

decode = msgspec.json.Decoder(RecordedDecision).decode


def judged_by(policy: Policy, records: Iterable[Line]) -> Iterator[tuple[Line, RecordedDecision]]:
    """The decisions about messages that this policy has made."""
    for line in records:
        if line.kind == "decision" and line.content.get("policy") == policy.hash:
            yield line, decode(line.body)


def disagreements(policy: Policy, records: Iterable[Line]) -> list[str]:
    """What is decided otherwise on the recorded facts: verdict, findings, next allowed time."""
    return [
        f"{line.id}: {difference}"
        for line, decision in judged_by(policy, records)
        for person in decision.recipients
        if (difference := _difference(facts_of(line.tenant, decision, person), policy, person))
    ]


def _difference(facts: Facts, policy: Policy, recorded: RecordedRecipient) -> str:
    again = recorded_recipient(facts, evaluate(facts, policy), recorded.pseudonym)
    if any(finding.detail.endswith(IMPOSSIBLE) for finding in recorded.findings):
        return ""  # what cannot be masked was blocked by the pipeline, not by the policy
    for name in ("verdict", "findings", "next_allowed_at"):
        was, now = getattr(recorded, name), getattr(again, name)
        if was != now:
            return f"{name} was {was}, and is {now}"
    return ""
