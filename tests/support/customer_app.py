"""A customer's app as it is: a real HTTP server that validates with the real SDK and answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from aiohttp import web
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse


@dataclass
class CustomerApp:
    """Takes webhooks at `/sms`; what it answers can be changed at any time."""

    secret: str = ""
    answer: str = str(MessagingResponse())
    status: int = 200
    kind: str = "text/xml"
    delay_s: float = 0.0
    url: str = ""
    bodies: list[bytes] = field(default_factory=list)
    valid: list[bool] = field(default_factory=list)
    """Whether the SDK's validator accepted each webhook."""

    async def sms(self, request: web.Request) -> web.StreamResponse:
        """One webhook, as the SDK's documentation says to handle it."""
        body = await request.read()
        form = dict(parse_qsl(body.decode(), keep_blank_values=True))
        signature = request.headers.get("X-Twilio-Signature", "")
        validator = RequestValidator(self.secret)
        self.valid.append(validator.validate(self.url + request.path_qs, form, signature))
        self.bodies.append(body)
        await asyncio.sleep(self.delay_s)
        if self.status in (301, 302):
            raise web.HTTPFound(self.url + "/elsewhere")
        headers = {"Content-Type": self.kind, "X-Inner": "not for the provider"}
        return web.Response(status=self.status, body=self.answer.encode(), headers=headers)

    def says(self, *texts: str) -> None:
        """Answer with these messages, by the SDK's own builder."""
        response = MessagingResponse()
        for text in texts:
            response.message(text)
        self.answer = str(response)


@asynccontextmanager
async def running_app() -> AsyncIterator[CustomerApp]:
    """The app on a free port of loopback."""
    app = CustomerApp()
    site = web.Application()
    site.router.add_post("/sms", app.sms)
    site.router.add_post("/status", app.sms)
    site.router.add_route("*", "/elsewhere", app.sms)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    app.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield app
    finally:
        await runner.cleanup()
