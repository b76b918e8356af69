"""Is an example that does not tell what its row says found, at its place?"""

from __future__ import annotations

from pathlib import PurePosixPath

from gatekeeper.domain.disclosure import Element
from gatekeeper.policy.disclosures import DisclosureLanguage, DisclosureRow
from gatekeeper.policy.model import Policy, Source
from gatekeeper.rollout.prove_disclosures import prove_disclosures
from gatekeeper.screening.disclosures import Disclosures

HERE = Source(PurePosixPath("disclosures/en.yaml"), 7, 5)


def test_each_example_is_judged_by_its_own_row() -> None:
    row = DisclosureRow(
        "en.stop", "en", Element.OPT_OUT, "Stop", ("stop",), frozenset(),
        ("reply stop", "reply end"), ("unstoppable", "go"), HERE,
    )  # fmt: skip
    policy = Policy("h", (), disclosures=(DisclosureLanguage("en", frozenset(), (row,), HERE),))
    proved = list(prove_disclosures(policy, Disclosures(policy.disclosures)))
    assert [(each.name, each.problem) for each in proved] == [
        ("positive 1", ""),
        ("positive 2", "is not found"),
        ("negative 1", "is found"),
        ("negative 2", ""),
    ]
    assert str(proved[1].fault) == "disclosures/en.yaml:7:5: en.stop: positive 2: is not found"
