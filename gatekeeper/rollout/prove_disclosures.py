"""Does every example beside a row of disclosures tell what the row says it tells?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from gatekeeper.policy.model import Policy
from gatekeeper.rollout.prove import Proved


class Rows(Protocol):
    """What proving needs of the reader of disclosures."""

    def rows(self, text: str) -> frozenset[str]:
        """Ids of the rows that find their element in a text."""


def prove_disclosures(policy: Policy, reader: Rows) -> Iterator[Proved]:
    """Judge every example of every row: a positive is found by it, a negative is not."""
    for row in (row for language in policy.disclosures for row in language.rows):
        for kind, examples in (("positive", row.positives), ("negative", row.negatives)):
            for number, text in enumerate(examples, start=1):
                found, wanted = row.id in reader.rows(text), kind == "positive"
                problem = "" if found == wanted else "is found" if found else "is not found"
                yield Proved(row.id, f"{kind} {number}", row.source, problem)
