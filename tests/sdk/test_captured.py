"""Do the golden requests still say what each SDK puts on the wire?"""

from __future__ import annotations

import json

import pytest

from tests.sdk import capture
from tests.sdk.marks import sdks
from tests.sdk.sends import read


@pytest.mark.parametrize("name", sdks())
async def test_an_sdk_sends_its_golden_requests(name: str) -> None:
    sdk = read(name)
    now = await capture.captured(sdk)
    kept = {send: json.loads(capture.file_of(sdk, send).read_text()) for send in sdk.sends}
    assert {k: capture.compared(v) for k, v in now.items()} == {
        k: capture.compared(v) for k, v in kept.items()
    }
