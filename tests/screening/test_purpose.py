"""What a text reads like, when that is asked, and what becomes of a folder that is not whole."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

import pytest

from gatekeeper.domain.message import TextPart
from gatekeeper.domain.resemblance import Kind
from gatekeeper.domain.words import Purpose
from gatekeeper.screening.purpose import (
    FOLDER,
    META,
    WEIGHTS,
    PurposeModel,
    called_for,
    kept,
    tokens,
)
from gatekeeper.screening.screener import Screener
from gatekeeper.settings import shipped_folder
from tests.support.detectors import body

MODELS = shipped_folder("models")
OFFER = "Flash sale! Save 30% on all shoes today only. Shop now and get free shipping."
FRAUD = "Your account has been suspended. Verify your card details now: https://x.example/a"


def model() -> PurposeModel:
    found = kept(MODELS).model
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (OFFER, Kind.MARKETING),
        (FRAUD, Kind.PHISHING_LIKE),
        ("Your verification code is 482913. Do not share it with anyone.", Kind.ONE_TIME_CODE),
        (
            "Your appointment is on 12 Mar at 10:30. Reply C to confirm.",
            Kind.TRANSACTIONAL,
        ),
    ],
)
def test_plain_texts_read_as_what_they_are(text: str, kind: Kind) -> None:
    read = model().read(text)
    assert read is not None
    assert read.kind is kind
    assert 0.5 < read.score <= 1
    assert read.score == round(read.score, 3)


@pytest.mark.parametrize("text", ["", "ok", "123 456 789", "lorem ipsum dolor sit amet", "\ud800"])
def test_of_a_text_with_few_known_words_nothing_is_said(text: str) -> None:
    assert model().read(text) is None


def test_case_and_disguise_change_nothing() -> None:
    assert model().read(OFFER.upper()) == model().read(OFFER)
    hidden = OFFER.replace("sale", "s\u200bale")
    assert model().read(hidden) == model().read(OFFER)


def test_what_varies_is_a_placeholder() -> None:
    text = "Pay $12.50 or 5% at https://a.example/x?y=1 with A1B2, ref 123456, 2 left!"
    told = list(tokens(text))
    assert [each for each in told if each[0] == "<"] == [
        "<money>", "<percent>", "<link>", "<code>", "<long>", "<number>"
    ]  # fmt: skip


def test_the_model_knows_no_number_and_no_name() -> None:
    weights = (MODELS / FOLDER / WEIGHTS).read_text(encoding="utf-8")
    known = re.findall(r'(?m)^"([^"]+)":\[', weights)
    assert len(known) > 1_000
    assert not [each for each in known if re.search(r"\d", each)]
    words = {word for each in known for word in each.split(" ")}
    assert not words & {"gonzalez", "okafor", "priya", "sharma", "chinedu", "wanjiku", "schmidt"}


@pytest.mark.parametrize(
    ("purpose", "text", "registered", "asked"),
    [
        (Purpose.TRANSACTIONAL, OFFER, True, True),
        (Purpose.TRANSACTIONAL, OFFER, False, False),
        (Purpose.MARKETING, OFFER, True, False),
        (Purpose.MARKETING, FRAUD, True, True),
        (Purpose.MARKETING, FRAUD, False, False),
        (Purpose.HEALTHCARE, "See www.a.example", True, True),
        (Purpose.DEBT, "Call us today.", True, False),
    ],
)
def test_it_is_asked_only_where_it_could_contradict(
    purpose: Purpose, text: str, registered: bool, asked: bool
) -> None:
    assert called_for(purpose, (body(text),), registered=registered) is asked


def test_a_screener_reads_all_parts_as_one_text() -> None:
    screener = Screener((), models=MODELS)
    half = len(OFFER) // 2
    parts = [TextPart("a", body("").role, OFFER[:34]), TextPart("b", body("").role, OFFER[35:])]
    assert half > 30
    read = screener.reads_as(parts, Purpose.TRANSACTIONAL, registered=True)
    assert read == model().read(OFFER)
    assert screener.reads_as(parts, Purpose.MARKETING, registered=True) is None


def test_a_long_text_costs_little() -> None:
    begin = time.thread_time()
    model().read("verify your account now! " * 40_000)
    assert time.thread_time() - begin < 0.05


def copied(to: Path) -> Path:
    shutil.copytree(MODELS / FOLDER, to / FOLDER)
    return to


def test_a_missing_or_broken_model_is_told_and_nothing_is_read(tmp_path: Path) -> None:
    assert kept(tmp_path).fault.startswith("No such file")
    broken = copied(tmp_path) / FOLDER
    (broken / WEIGHTS).write_bytes((broken / WEIGHTS).read_bytes().replace(b"0.1", b"9.1", 1))
    assert kept(tmp_path).fault == "weights.json is not the file that meta.json speaks of"
    (broken / META).write_text('{"name": "x"}')
    assert "missing required field" in kept(tmp_path).fault
    (broken / META).write_bytes(b"\xff")
    assert kept(tmp_path) == (None, kept(tmp_path).fault)
    screener = Screener((), models=tmp_path)
    assert screener.reads_as((body(FRAUD),), Purpose.TRANSACTIONAL, registered=True) is None


def test_a_model_of_other_kinds_is_not_used(tmp_path: Path) -> None:
    meta = copied(tmp_path) / FOLDER / META
    meta.write_text(meta.read_text().replace("phishing_like", "spam"))
    assert kept(tmp_path).fault.startswith("it tells other kinds apart: marketing")
