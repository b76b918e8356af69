"""How does the sandbox carrier answer? Like Twilio's Messages and Calls, and it sends nothing."""

from __future__ import annotations

import asyncio
import hmac
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import date
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

from aiohttp import BasicAuth, hdrs, web

from gatekeeper.sandbox.faults import Fault, Silence, code_of, fault_of
from gatekeeper.sandbox.outbox import Outbox, Resource
from gatekeeper.sandbox.silence import STOPPING, half, hang_up, stop_waiting, wait

OUTBOX: web.AppKey[Outbox] = web.AppKey("outbox", Outbox)
"""What the carrier accepted: tests and the demo read it."""

_SECRET: web.AppKey[str] = web.AppKey("secret", str)
_BASE = "/2010-04-01/Accounts/{account}"
_PAGE = 50

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def create_app(account: str, secret: str) -> web.Application:
    """The carrier with one account; whoever calls this binds it to loopback or a private socket."""
    app = web.Application(middlewares=[_guarded])
    app[OUTBOX] = Outbox(account)
    app[_SECRET] = secret
    app[STOPPING] = asyncio.Event()
    app.on_shutdown.append(stop_waiting)
    app.router.add_post(f"{_BASE}/Conferences/{{conference}}/Participants.json", _create)
    app.router.add_post(f"{_BASE}/Calls/{{sid}}/UserDefinedMessages.json", _tell)
    for kind in ("Messages", "Calls"):
        app.router.add_post(f"{_BASE}/{kind}.json", _create)
        app.router.add_get(f"{_BASE}/{kind}.json", _list)
        app.router.add_get(f"{_BASE}/{kind}/{{sid}}.json", _fetch)
        app.router.add_post(f"{_BASE}/{kind}/{{sid}}.json", _update)
        app.router.add_delete(f"{_BASE}/{kind}/{{sid}}.json", _delete)
    return app


@web.middleware
async def _guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Twilio's 401 for a wrong credential, and its 404 and 405 for other paths."""
    if not _authentic(request):
        return _error(Fault(401, 20003, "Authenticate"))
    try:
        return await handler(request)
    except web.HTTPNotFound:
        return _error(Fault(404, 20404, "The requested resource was not found"))
    except web.HTTPMethodNotAllowed:
        return _error(Fault(405, 20004, "Method not allowed"))


def _authentic(request: web.Request) -> bool:
    account, secret = request.app[OUTBOX].account, request.app[_SECRET]
    try:
        given = BasicAuth.decode(request.headers.get(hdrs.AUTHORIZATION, ""), encoding="utf-8")
    except ValueError:
        return False
    pair = f"{given.login}:{given.password}".encode()
    named = request.match_info.get("account", account)
    return hmac.compare_digest(pair, f"{account}:{secret}".encode()) and named == account


async def _create(request: web.Request) -> web.StreamResponse:
    form = await request.post()
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    if not fields.get("To"):
        return _error(Fault(400, 21604, "A 'To' phone number is required"))
    fault = fault_of(fields["To"])
    if isinstance(fault, Fault):
        return _error(fault)
    outbox = request.app[OUTBOX]
    if request.path.endswith("/Calls.json"):
        accepted = outbox.add_call(fields)
    elif request.path.endswith("/Participants.json"):
        accepted = _guest(outbox.add_call(fields), request.match_info["conference"])
    else:
        accepted = outbox.add_message(fields, len(form.getall("MediaUrl", [])))
        answer, code = dict(accepted), code_of(fields["To"])
        if code is not None:  # found out later: the answer to the send does not tell it yet
            accepted |= {"status": "undelivered", "error_code": code}
        accepted = answer
    if fault is Silence.HANGS:
        await wait(request.app)
    whole = web.json_response(accepted, status=201)
    if fault is Silence.HALVES:
        return await half(request, whole)
    if fault is not None:
        hang_up(request)
    return whole


def _guest(call: Resource, conference: str) -> Resource:
    """A call into a conference, as the conference's participant."""
    shared = {name: call[name] for name in ("account_sid", "date_created", "date_updated")}
    return {"call_sid": call["sid"], "conference_sid": conference, "status": "queued", **shared}


async def _tell(request: web.Request) -> web.StreamResponse:
    """A message into a call that is there."""
    call = _resource(request)
    said = {"sid": "KX" + str(call["sid"])[2:], "call_sid": call["sid"]}
    return web.json_response(said | {"account_sid": call["account_sid"]}, status=201)


def _kept(request: web.Request) -> OrderedDict[str, Resource]:
    outbox = request.app[OUTBOX]
    return outbox.calls if "/Calls" in request.path else outbox.messages


def _resource(request: web.Request) -> Resource:
    resource = _kept(request).get(request.match_info["sid"])
    if resource is None:
        raise web.HTTPNotFound
    return resource


async def _list(request: web.Request) -> web.StreamResponse:
    """One page, the newest first; `PageSize`, `Page` and `DateSent>` as at Twilio."""
    name = "calls" if "/Calls" in request.path else "messages"
    try:
        size = min(1000, max(1, int(request.query.get("PageSize", _PAGE))))
        number = max(0, int(request.query.get("Page", 0)))
        since = date.fromisoformat(request.query.get("DateSent>", "0001-01-01")[:10])
    except ValueError:
        return _error(Fault(400, 20001, "A parameter of the list is not valid"))
    kept = [each for each in reversed(_kept(request).values()) if _day(each) >= since]
    page = kept[number * size : (number + 1) * size]
    query = urlencode({**request.query, "PageSize": size, "Page": number + 1})
    following = f"{request.path}?{query}" if len(kept) > (number + 1) * size else None
    told = {name: page, "page": number, "page_size": size, "uri": request.path_qs}
    return web.json_response(told | {"next_page_uri": following})


def _day(resource: Resource) -> date:
    return parsedate_to_datetime(str(resource["date_created"])).date()


async def _fetch(request: web.Request) -> web.StreamResponse:
    return web.json_response(_resource(request))


async def _update(request: web.Request) -> web.StreamResponse:
    """Redact a message or end a call, as the fields say."""
    resource = _resource(request)
    form = await request.post()
    for name in ("Body", "Status"):
        if name in form:
            resource[name.lower()] = str(form[name])
    return web.json_response(resource)


async def _delete(request: web.Request) -> web.StreamResponse:
    _resource(request)
    del _kept(request)[request.match_info["sid"]]
    return web.Response(status=204)


def _error(fault: Fault) -> web.Response:
    body = {
        "code": fault.code,
        "message": fault.message,
        "more_info": f"https://www.twilio.com/docs/errors/{fault.code}",
        "status": fault.status,
    }
    return web.json_response(body, status=fault.status)
