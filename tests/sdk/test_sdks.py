"""What does an app see that sends through the gate with its provider's real SDK?

A file `cases/NAME.yaml` says of each send of an SDK (`sends/NAME.yaml`) and each situation
(`situations.py`) what the SDK must tell its app: what it returns, or which exception with which
status and code; and of an app whose key is wrong. What must reach the provider is the
situation's.
"""

from __future__ import annotations

import base64
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import yaml

from tests.sdk.field import Field, Told, Way, open_field
from tests.sdk.marks import marked
from tests.sdk.situations import SITUATIONS
from tests.support.valkey import FaultProxy

pytestmark = pytest.mark.asyncio(loop_scope="module")

CASES = Path(__file__).parent / "cases"


def files() -> dict[str, Any]:
    """What the file of each SDK says."""
    found = sorted(CASES.glob("*.yaml"))
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in found}


def rows() -> list[Any]:
    """Every case: an SDK's name, one of its sends, the situation and what is expected."""
    return [
        marked(name, send, when, expected)
        for name, file in files().items()
        for send, cases in file["sends"].items()
        for when, expected in cases.items()
    ]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def field(valkey_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Field]:
    """The module's gate, before a store that can be lost."""
    folder = tmp_path_factory.mktemp("sdks")
    store = FaultProxy(valkey_url, folder / "proxy.sock")
    await store.start()
    try:
        async with open_field(folder, store) as opened:
            yield opened
    finally:
        await store.stop()


@pytest.mark.parametrize(("name", "send", "when", "expected"), rows())
async def test_an_sdk_tells_its_app(
    field: Field, name: str, send: str, when: str, expected: dict[str, Any]
) -> None:
    too_fast = when == "too_fast"
    told = await (field.told_too_fast(name, send) if too_fast else field.told(name, send, when))
    assert agrees(told.answer, expected), told
    held(told, when)
    assert not any(key in _opened(each) for each in told.sent for key in field.keys.values())


@pytest.mark.parametrize(
    ("name", "expected"), [marked(name, file["wrong_key"]) for name, file in files().items()]
)
async def test_an_app_with_a_wrong_key_hears_so(
    field: Field, name: str, expected: dict[str, Any]
) -> None:
    send = next(iter(files()[name]["sends"]))
    told = await field.told(name, send, "wrong_key", Way.STRANGER)
    assert agrees(told.answer, expected), told
    held(told, "wrong_key")


@pytest.mark.parametrize(
    ("name", "send", "call"), [("bandwidth", "sms", "host_alone"), ("plivo", "sms", "sms")]
)
async def test_an_sdk_that_knows_its_vendor_alone_is_intercepted(
    field: Field, name: str, send: str, call: str
) -> None:
    told = await field.told(name, send, "allowed", Way.INTERCEPTED, call)
    assert "returned" in told.answer, told
    held(told, "allowed")
    told = await field.told(name, send, "opted_out", Way.INTERCEPTED, call)
    assert "raised" in told.answer
    held(told, "opted_out")


def _opened(request: bytes) -> str:
    """A request with its Basic credential in the clear."""
    text = request.decode()
    found = re.search(r"(?i)authorization: basic (\S+)", text)
    return text + (base64.b64decode(found[1]).decode() if found else "")


def held(told: Told, when: str) -> None:
    """What the situation says of the gate itself."""
    situation = SITUATIONS[when]
    if situation.reason is None:
        assert told.reasons == [], told
    else:
        assert set(told.reasons) == {situation.reason}, told
    returned = int("returned" in told.answer and told.statuses[-1] < 400)
    assert len(told.sent) == (returned if situation.sent is None else situation.sent), told
    if when == "allowed":
        assert told.sent[0].partition(b"\r\n\r\n")[2] == told.asked


def agrees(told: Any, expected: Any) -> bool:
    """Whether all that is expected stands in what was told; a text need only hold the words."""
    if isinstance(expected, dict):
        return isinstance(told, dict) and all(
            name in told and agrees(told[name], value) if name != "text" else value in told[name]
            for name, value in expected.items()
        )
    if isinstance(expected, list):
        return len(told) == len(expected) and all(map(agrees, told, expected))
    return bool(told == expected)
