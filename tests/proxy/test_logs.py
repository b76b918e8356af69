"""Does anything that was sent reach the operational log?"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.proxy.logs import configure, redact

KEY = "gk_" + "Ab3-_" * 8


def shown(**event: Any) -> str:
    return json.dumps(redact(None, "info", dict(event)), ensure_ascii=False)


@pytest.mark.parametrize(
    "text",
    [
        "+12122000123",
        "12122000123",
        "(212) 200-0123",
        "+44 20 7183 8750",
        "212.200.0123",
        "212/200/0123",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111\u20131111\u20131111\u20131111",
        "078-05-1120",
        "２１２２０００１２３",
        "٢١٢٢٠٠٠١٢٣",
        KEY,
        "Basic QUMxMjM0OnNlY3JldA==",
        "bearer abcdef",
    ],
)
def test_what_looks_like_a_number_a_card_or_a_key_is_not_shown(text: str) -> None:
    for event in (
        {"detail": text},
        {"detail": f"before {text} after"},
        {"detail": [{"inner": (text,)}]},
        {"detail": {text: 1}},
    ):
        assert text not in shown(**event)


@given(st.from_regex(r"\+?[1-9][0-9]{7,15}", fullmatch=True), st.text(max_size=20))
def test_no_number_passes_whatever_stands_around_it(number: str, around: str) -> None:
    assert number not in shown(detail=f"{around}{number}{around[::-1]}")


@given(st.integers(1_000_000_000, 10**19))
def test_a_number_that_is_no_text_does_not_pass_either(number: int) -> None:
    assert str(number) not in shown(count=number, inner=[number, {"n": -number}])


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=10,
    )
)
def test_any_value_can_be_logged(value: Any) -> None:
    json.dumps(redact(None, "info", {"event": "x", "value": value}))


def test_figures_words_and_places_stay() -> None:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    event = {"event": "started", "port": 8080, "ready": True, "age": 1.5, "none": None}
    assert redact(None, "info", dict(event)) == event
    assert redact(None, "info", {"file": Path("a/b.yaml")}) == {"file": "a/b.yaml"}
    assert redact(None, "info", {"request": "1234567890ab"}) == {"request": "1234567890ab"}
    assert "2026" not in shown(at=at)


def test_an_object_tells_its_kind_only() -> None:
    assert shown(error=ValueError("body: hello")) == '{"error": "ValueError"}'


@pytest.fixture
def configured() -> Iterator[None]:
    handlers, level = logging.root.handlers[:], logging.root.level
    configure("info")
    yield
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.usefixtures("configured")
def test_a_line_is_json_with_its_time_and_level(capsys: pytest.CaptureFixture[str]) -> None:
    configure("info")
    structlog.get_logger("test").warning("something", detail="+12122000123")
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["level"], line["detail"]) == ("something", "warning", "(redacted)")
    assert line["timestamp"].endswith("Z")


@pytest.mark.usefixtures("configured")
def test_below_the_level_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    configure("warning")
    structlog.get_logger("test").info("something")
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("configured")
def test_an_exception_leaves_its_type_and_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    configure("info")
    try:
        raise ValueError("the body was CANARY")
    except ValueError:
        structlog.get_logger("test").exception("failed")
    text = capsys.readouterr().err
    assert json.loads(text)["error"] == "ValueError"
    assert "CANARY" not in text and "Traceback" not in text


@pytest.mark.usefixtures("configured")
def test_a_library_leaves_its_name_and_place_only(capsys: pytest.CaptureFixture[str]) -> None:
    configure("info")
    try:
        raise KeyError("CANARY")
    except KeyError:
        logging.getLogger("aiohttp.server").exception("Error handling request CANARY")
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["logger"], line["error"]) == (
        "library_log",
        "aiohttp.server",
        "KeyError",
    )
    assert "CANARY" not in str(line)
