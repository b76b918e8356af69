"""Made-up keys of many services are found; ids, hashes and references are not taken for keys."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest

from gatekeeper.domain.words import Family, Likelihood
from gatekeeper.screening.secret_tokens import base58_key, json_web_token, random_token, token
from tests.support.detectors import body, shipped_screener
from tests.support.slots import filled

DATA = Path(__file__).parent / "data"
FILLS = 4
FRAMES = (
    "{}",
    "here you go: {} thanks",
    "Hi Ana, use this for the deploy\n{}\nand delete it after",
    'export X="{}"',
)
LEAST = 0.99


@cache
def forms() -> tuple[tuple[str, str], ...]:
    """Detector and form of each row."""
    lines = (DATA / "secrets.tsv").read_text("utf-8").splitlines()
    return tuple((a, b) for a, _, b in (x.partition("\t") for x in lines if x[:1] != "#"))


def secrets(text: str) -> list[str]:
    """Detectors that take something in the text for a credential, surely enough to block."""
    matches = shipped_screener().screen((body(text),))
    sure = (m for m in matches if m.family is Family.CREDENTIAL)
    return [m.detector for m in sure if m.likelihood >= Likelihood.LIKELY]


def clean() -> list[str]:
    lines = (DATA / "secrets_clean.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_tokens_of_at_least_a_hundred_services_are_found() -> None:
    source, missed, total = random.Random(20261201), [], 0
    for detector, form in forms():
        for frame in FRAMES[:FILLS]:
            text = frame.format(filled(form, source))
            total += 1
            if not secrets(text):
                missed.append(f"{detector}: {text}")
    services = {detector for detector, _ in forms()}
    print(f"{len(services)} detectors, {total - len(missed)} of {total} tokens found")
    assert len(services) >= 100
    assert total - len(missed) >= LEAST * total, "\n".join(missed)


def test_each_service_is_named_by_its_own_detector() -> None:
    source = random.Random(7)
    wrong = [d for d, form in forms() if d not in secrets(filled(form, source))]
    assert len(wrong) <= 0.03 * len(forms()), wrong


def test_ids_hashes_references_and_talk_of_passwords_pass() -> None:
    source = random.Random(11)
    texts = [filled(line, source) for line in clean() for _ in range(5)]
    wrong = [f"{found}: {text}" for text in texts if (found := secrets(text))]
    print(f"{len(wrong)} of {len(texts)} hard negatives of {len(clean())} kinds blocked")
    assert len(clean()) >= 150
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("value", ["sk_live_xxxxxxxxxxxx", "YOUR_TOKEN_1", "AKIA_EXAMPLE_1"])
def test_a_placeholder_is_no_token(value: str) -> None:
    assert token(value) is None
    assert random_token(value) is None


def test_a_word_or_a_number_is_no_random_token() -> None:
    assert random_token("configuration-management") is None
    assert random_token("20261125103000482910") is None
    assert random_token("4bfced54eb3f64380aeda41c9039fd29") is not None


def test_a_json_web_token_says_its_algorithm() -> None:
    assert json_web_token("eyJhbGciOiJIUzI1NiJ9.e30.c2ln") is not None
    assert json_web_token("eyJub3RoaW5nIjoxfQ.e30.c2ln") is None
    assert json_web_token("eyJ!!.e30.c2ln") is None


def test_a_wallet_key_has_its_checksum() -> None:
    key = "Ky7wYNqPMaAGyL2rXMvu8AghWqq2XKjWg1Gwh3htLgLQWHYjWFDn"
    assert base58_key(key) is not None
    assert base58_key(key[:-1] + "m") is None
    assert base58_key("0OIl") is None
    assert base58_key("") is None
