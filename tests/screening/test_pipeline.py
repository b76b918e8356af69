"""A pipeline that is kept is loaded only for the detectors it was built from."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatekeeper.screening.grammar import Find
from gatekeeper.screening.pipeline import built, kept, pipeline, rules_in, words_in

FINDS = {"drink": Find.model_validate({"tokens": [[["buy"], {"gap": 2}, ["rum"]]]})}
OTHERS = {"drink": Find.model_validate({"tokens": [[["buy"], {"gap": 3}, ["rum"]]]})}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    built("en", FINDS).to_disk(tmp_path / "en")
    return tmp_path


def test_a_kept_pipeline_reads_texts_as_the_one_it_was(folder: Path) -> None:
    nlp = kept("en", FINDS, folder)
    assert nlp is not None
    doc = nlp("Please buy some rum from Ms Quux, 5551234")
    assert [token.text for token in doc] == ["_", "buy", "_", "rum", "_", "_", "_", "0", "."]
    assert [(span.label_, span.start, span.end) for span in doc.spans["rules"]] == [("drink", 1, 4)]
    assert words_in(nlp).words == {"buy", "rum"}
    assert rules_in(nlp).detectors == ("drink",)


def test_it_is_left_alone_for_other_detectors(folder: Path) -> None:
    assert kept("en", OTHERS, folder) is None
    assert kept("es", FINDS, folder) is None
    nlp, from_folder = pipeline("en", OTHERS, folder)
    assert not from_folder
    assert nlp.meta["sources"] != built("en", FINDS).meta["sources"]


def test_a_broken_folder_counts_as_none(folder: Path) -> None:
    (folder / "en" / "meta.json").write_text("{}", encoding="utf-8")
    assert kept("en", FINDS, folder) is None
    nlp, from_folder = pipeline("en", FINDS, folder)
    assert (nlp.meta["name"], from_folder) == ("gatekeeper_rules_en", False)


def test_the_same_detectors_give_the_same_files(folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    built("en", FINDS).to_disk(again)
    files = sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert len(files) > 3
    for file in files:
        assert (again / file).read_bytes() == (folder / "en" / file).read_bytes()
