"""What happens between one person's opt-in and the first send after their STOP?

She opts in on a form, is sent a message, answers STOP, and the next send is refused. Everything
goes the way it goes in earnest: the app's calls over HTTP, the STOP as the provider's signed
webhook. It may run again and again, since each opt-in is newer than the STOP of the run before.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp
from twilio.request_validator import RequestValidator

from gatekeeper.cli.demo_client import DemoClient
from gatekeeper.proxy.demo import GRACE, SERVICE, TENANT
from gatekeeper.proxy.inbound import PREFIX
from gatekeeper.sandbox.accounts import SANDBOX_ACCOUNT, SANDBOX_SECRET

TEXT_SHOWN = (
    "By ticking this box you agree to automated texts from Demo Shop at this number. Consent is "
    "not a condition of purchase. Msg & data rates may apply. Reply STOP to opt out, HELP for help."
)
TAKEN_S = 10.0
SHOWN = 4
"""Events of the timeline: those of the newest two runs."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One step of the story: what was done, what came of it, and whether that is as it should."""

    step: str
    outcome: str
    as_expected: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of the person's timeline, as `gatekeeper consent show` tells it."""

    at: str
    event: str
    detail: str


@dataclass(frozen=True, slots=True)
class Story:
    """Plays the story on the gate at `url`: as the app with this key, and as its provider."""

    url: str
    key: str
    client: DemoClient

    def scenes(self) -> Iterator[Scene]:
        """One after the other."""
        told = self._consents("POST", "/v1/consents", _opt_in())
        whole = told.get("missing") == []
        record = f"opt-in {told.get('id', 'refused')}"
        yield Scene(
            "she ticks the box of a form, and the app records it with its evidence",
            f"{record}, a written consent that lacks {'nothing' if whole else 'something'}",
            whole,
        )
        yield self._news("the app sends her order news", "sent")
        status = asyncio.run(self._webhook({"From": GRACE, "To": SERVICE, "Body": "Stop!"}))
        yield Scene(
            'she answers "Stop!", and the provider tells the gate, signed',
            f"the webhook is answered {status}: the opt-out is on disk, and binds",
            status == 200,
        )
        yield self._news("the app sends her order news again", "21610")

    def timeline(self) -> Iterator[Moment]:
        """Her newest events, oldest first."""
        events = self._consents("GET", f"/v1/consents?number={quote(GRACE)}")["events"]
        for event in sorted(events, key=lambda event: str(event["at"]))[-SHOWN:]:
            granted = event["basis"].replace("_", " ") if event["basis"] != "none" else "everything"
            proof = ", evidence is kept" if event["evidence"] else ""
            yield Moment(event["at"], event["event"], granted + proof)

    def _news(self, step: str, expected: str) -> Scene:
        arguments = {"from_": SERVICE, "to": GRACE, "body": "Your parcel arrives today."}
        told = self.client.send("sms", arguments)
        words = "sent" if told.code == "sent" else f"refused with {told.code} (unsubscribed)"
        return Scene(step, f"{words}, decision {told.request}", told.code == expected)

    def _consents(self, method: str, path: str, body: Any = None) -> Any:
        return asyncio.run(self._native(method, path, body))

    async def _native(self, method: str, path: str, body: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.key}"}
        async with (
            _session() as session,
            session.request(method, self.url + path, json=body, headers=headers) as got,
        ):
            return await got.json(content_type=None)

    async def _webhook(self, said: dict[str, str]) -> int:
        url = f"{self.url}{PREFIX}twilio/{TENANT}"
        sid = "SM" + secrets.token_hex(16)
        form = {"MessageSid": sid, "AccountSid": SANDBOX_ACCOUNT, "NumMedia": "0", **said}
        signature = RequestValidator(SANDBOX_SECRET).compute_signature(url, form)
        headers = {"X-Twilio-Signature": signature}
        async with _session() as session, session.post(url, data=form, headers=headers) as got:
            return got.status


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TAKEN_S))


def _opt_in() -> dict[str, Any]:
    return {
        "number": GRACE,
        "event": "opt_in",
        "basis": "express_written",
        "seller": "Demo Shop",
        "evidence": {
            "text_shown": TEXT_SHOWN,
            "signature": "checkbox",
            "form": "demo-signup",
            "url": "https://demo.example/signup",
            "ip": "192.0.2.7",
            "language": "en",
            "not_a_condition": True,
        },
    }
