"""How often does each SDK send again by itself, and what tells such a request from a new one?"""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
import yaml

from tests.sdk.hasty import ANSWERS, hasty, header
from tests.sdk.marks import sdks

HABITS = yaml.safe_load((Path(__file__).parent / "habits.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sdks())
async def test_an_sdk_sends_as_often_as_its_habits_say(name: str) -> None:
    async with hasty(name) as tried:
        for send, habits in HABITS[name].items():
            told = {why: len(await tried.requests(send, answer)) for why, answer in ANSWERS.items()}
            assert told == dict.fromkeys(ANSWERS, 1) | habits, send


async def test_the_ten_requests_of_vonage_carry_one_token_and_a_new_send_another() -> None:
    async with hasty("vonage") as tried:
        first = {_token_id(each) for each in await tried.requests("signed_messages", None)}
        second = {_token_id(each) for each in await tried.requests("signed_messages", None)}
    assert len(first) == len(second) == 1
    assert first != second


async def test_the_requests_of_bird_carry_one_key_and_a_new_send_another() -> None:
    async with hasty("bird") as tried:
        keys = [
            {header(each, "idempotency-key") for each in await tried.requests("sms", ANSWERS[500])}
            for _ in range(2)
        ]
    assert [len(each) for each in keys] == [1, 1]
    assert keys[0] != keys[1]


async def test_telnyx_counts_its_tries() -> None:
    async with hasty("telnyx") as tried:
        asked = await tried.requests("sms", ANSWERS[500])
    assert [header(each, "x-stainless-retry-count") for each in asked] == ["0", "1", "2"]
    assert all(b"idempotency" not in each.lower() for each in asked)


def _token_id(request: bytes) -> str:
    """The `jti` of a request's signed token."""
    claims = header(request, "authorization").removeprefix("Bearer ").split(".")[1]
    found = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    return str(found["jti"])
