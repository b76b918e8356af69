"""Parts are read, or every fault in them is told, also where the rest of the file is faulty."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from gatekeeper.errors import PolicyError
from gatekeeper.policy.yamlfile import read
from gatekeeper.screening.detector_parts import Unshaped, faults_within, parsed
from tests.screening.test_grammar import HEAD
from tests.support.detectors import detector, shipped_detectors

TOKENS = "gate: {literals: [x]}\nfind: {tokens: [[whom]]}"


def unshaped(text: str) -> Unshaped | None:
    """A file as it stands."""
    located = read(text.encode(), PurePosixPath("content/payment/sample.yaml"), [])
    assert located is not None
    return Unshaped.of(located)


def test_every_shipped_detector_is_read() -> None:
    for each in shipped_detectors():
        assert parsed(each).gate
        assert list(faults_within(each)) == []


def test_a_detector_with_tokens_names_one_language_and_its_other_faults_are_told_too() -> None:
    with pytest.raises(PolicyError) as refused:
        parsed(detector("sample", HEAD + TOKENS))
    assert [fault.message.split(":")[1].strip() for fault in refused.value.found] == [
        "a detector with tokens names the one language of its words",
        "find.tokens.0.0",
    ]
    for languages in ("[en, es]", "[]"):
        [fault, _] = faults_within(detector("sample", f"{HEAD}languages: {languages}\n{TOKENS}"))
        assert fault.message.endswith("languages: [en]")


def test_parts_are_looked_at_where_the_rest_is_faulty() -> None:
    found = unshaped("id: sample\nfamily: none\ngate: {}\nfind: {literals: true}\n")
    assert found is not None
    assert [str(fault)[:36] for fault in faults_within(found)] == [
        "content/payment/sample.yaml:3:7: sam"
    ]


@pytest.mark.parametrize("text", ["gate: {}\n", "gate: [x]\nfind: {}\n", "find: {}\ngate: x\n"])
def test_a_part_that_is_none_is_told_elsewhere(text: str) -> None:
    assert unshaped(text) is None
