"""Do the bench's figures say what happened, and does it notice a round that proves nothing?"""

from __future__ import annotations

import itertools
import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.bench import corpus
from tests.bench.cpu import Usage, tree, usage
from tests.bench.gate import GOOD, MUST_BLOCK, lifted_policies
from tests.bench.peers import REPLY
from tests.bench.report import figures, table
from tests.bench.rounds import Measured, Round, why_not
from tests.bench.run import faults_of
from tests.support.detectors import body, shipped_screener


def measured(rate: float, p99: float = 1.0, wait: float = 0.0, refused: int = 0) -> Measured:
    return Measured(rate, 1e6 / rate, wait, p99 / 2, p99, 10_000, refused, 0)


def one_round(direct: float, bare: float, gate: float) -> Round:
    return {
        "direct": measured(direct, 0.5),
        "bare": measured(bare, 20.5),
        "gate": measured(gate, 2.5),
    }


def test_ratios_are_medians_of_the_ratios_within_each_round() -> None:
    """A slow minute of the machine slows both peers of a round; their ratio stays."""
    rounds = [one_round(60_000, 1_000, 1_500), one_round(60_000, 4_000, 4_000)]
    rounds.append(one_round(60_000, 2_000, 4_000))
    found = figures(rounds, rounds)
    assert found["throughput_vs_bare"] == 1.5
    assert found["p99_over_direct_ms"] == 2.0
    assert found["bare_p99_over_direct_ms"] == 20.0
    assert found["cpu_vs_bare"] == 0.667


def test_what_did_not_run_is_null_and_never_a_number() -> None:
    without = {k: v for k, v in one_round(60_000, 1_000, 1).items() if k != "gate"}
    found = figures([without], [without])
    assert found["throughput_vs_bare"] is None
    assert found["gate_vs_mitmproxy"] is None
    assert found["p99_over_direct_ms"] is None


@pytest.mark.parametrize(("direct", "counts"), [(29_999, False), (30_000, True)])
def test_a_round_in_which_the_generator_is_the_limit_does_not_count(
    direct: float, counts: bool
) -> None:
    assert (why_not(one_round(direct, 5_000, 10_000)) == []) is counts


def test_a_round_with_other_load_on_the_core_does_not_count() -> None:
    disturbed = dict(one_round(60_000, 5_000, 5_000)) | {"bare": measured(5_000, wait=0.06)}
    assert "other load" in why_not(disturbed)[0]


@pytest.mark.parametrize(("refused", "faults"), [(100, 0), (0, 1), (10_000, 1)])
def test_a_gate_that_refuses_too_little_or_too_much_is_a_fault(refused: int, faults: int) -> None:
    assert len(faults_of("gate", measured(1_000, refused=refused))) == faults


def test_the_table_shows_every_peer_and_every_fault() -> None:
    rounds = [one_round(60_000, 1_000, 1_500)]
    found = figures(rounds, rounds) | {"rounds_not_counted": [["no"]], "faults": ["passed"]}
    shown = table(rounds, rounds, found)
    assert all(
        word in shown for word in ("direct", "bare", "gate", "FAULT passed", "not count: no")
    )


def first(count: int) -> Iterator[tuple[str, bool]]:
    return itertools.islice(corpus.texts(1), count)


def test_the_corpus_has_many_numbers_and_no_text_twice(tmp_path: Path) -> None:
    assert len(set(corpus.numbers())) == corpus.NUMBERS >= 20_000
    texts = [text for text, _ in first(5_000)]
    assert len(set(texts)) > 4_990
    path = tmp_path / "corpus.txt"
    corpus.write(path, 1, "/path", "Basic x")
    lines = path.read_text().splitlines()
    assert lines[:2] == ["/path", "Basic x"]
    assert len(lines) == corpus.REQUESTS + 2
    assert parse_qs(lines[2], strict_parsing=True).keys() == {"To", "From", "Body"}


def test_a_quarter_of_the_texts_reaches_the_screener_and_only_the_marked_ones_are_found() -> None:
    screener = shipped_screener()
    reaching = 0
    for text, must_block in first(2_000):
        cue = re.search(r"password|cancer|card|\d{9,}", text)
        reaching += cue is not None
        likely = any(match.likelihood >= 4 for match in screener.screen((body(text),)))
        assert likely == must_block, text
    assert 0.22 < reaching / 2_000 < 0.29


def test_a_process_tree_is_known_with_its_time() -> None:
    before = usage(os.getpid())
    end = time.process_time() + 0.02
    while time.process_time() < end:
        pass
    spent = usage(os.getpid()) - before
    assert os.getpid() in tree(os.getpid())
    assert spent.ran > 10_000_000
    assert Usage(95, 5).wait_fraction == 0.05


def test_lifting_the_limits_changes_nothing_else_in_the_policies(tmp_path: Path) -> None:
    copy = lifted_policies(tmp_path)
    originals = Path(__file__).parent.parent.parent / "policies"
    changed = [
        (old, new)
        for file in sorted(originals.rglob("*.yaml"))
        for old, new in zip(
            file.read_text().splitlines(),
            (copy / file.relative_to(originals)).read_text().splitlines(),
            strict=True,
        )
        if old != new
    ]
    assert changed
    assert all(new.endswith("rate: 1000000, burst: 1000000}") for _, new in changed)


def test_the_provider_s_reply_has_a_real_one_s_size() -> None:
    assert 700 < len(REPLY) < 900
    assert "'" not in REPLY
    assert json.loads(REPLY)["status"] == "queued"


def test_the_must_block_cases_differ_from_the_good_one() -> None:
    assert all(dict(GOOD) | changed != dict(GOOD) for changed, _, _ in MUST_BLOCK.values())
