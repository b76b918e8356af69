"""Where does a request go: to a native endpoint, to a provider's spine, or nowhere?"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl

import structlog
from aiohttp import web
from aiohttp.web_request import BaseRequest

from gatekeeper.domain.registry import Caller
from gatekeeper.domain.standing import AdminKey
from gatekeeper.errors import AmbiguousRequest, CredentialInvalid, InputRejected
from gatekeeper.pipeline.case import Hints
from gatekeeper.pipeline.flight import Flight
from gatekeeper.pipeline.identify import admin_by_key, by_key
from gatekeeper.pipeline.outbound import outbound
from gatekeeper.pipeline.refusals import of_error
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.providers.contract import Provider, RawRequest
from gatekeeper.proxy.answer import Answer
from gatekeeper.proxy.front import Door, Front, bare
from gatekeeper.proxy.inbound import PREFIX, Webhooks
from gatekeeper.proxy.native import ROUTES
from gatekeeper.proxy.paths import Paths, Place
from gatekeeper.proxy.problem import problem, problem_of
from gatekeeper.proxy.raw import head_of, read_raw
from gatekeeper.proxy.routes import Call, Handler, Route

log = structlog.get_logger(__name__)

_PATHS = Paths(ROUTES)


class Dispatcher:
    """The handler of the app listener."""

    def __init__(
        self,
        rooms: Rooms,
        providers: Sequence[Provider],
        handlers: Mapping[str, Handler],
        webhooks: Webhooks,
    ) -> None:
        self._rooms = rooms
        self._front = Front(providers)
        self._first = providers[0]
        self._handlers = handlers
        self._webhooks = webhooks

    @property
    def vendor_hosts(self) -> tuple[str, ...]:
        """The hosts of all providers."""
        return self._front.hosts

    async def handle(self, request: BaseRequest) -> web.StreamResponse:
        """Answer one request; never raises."""
        host = request.headers.get("Host", "")
        door = self._front.door(request.raw_path, host)
        if not _as_led(request, host):
            return self.bad_request(400, "Host is not the host that the proxy was asked for")
        if door is not None:
            return await self._answer_at(request, door)
        path = request.raw_path.partition("?")[0]
        place = _PATHS.find(path)
        if place is not None:
            return await self._answer_native(request, place)
        try:
            raw = await read_raw(request)
        except AmbiguousRequest as error:
            return self.bad_request(error.status, str(error))
        if path.startswith(PREFIX):
            return await self._webhooks.handle(raw)
        operation = self._first.match(raw)
        if operation is not None:
            flight = Flight(self._rooms, self._first, operation, raw, hints_of(raw))
            return Answer(await outbound(flight))
        return problem(404, "request.ambiguous", "there is nothing at this path")

    async def _answer_at(self, request: BaseRequest, door: Door) -> web.StreamResponse:
        """Answer what came in by a provider's own door, in that provider's words."""
        provider = door.provider
        try:
            raw = door.opened(await read_raw(request))
        except AmbiguousRequest as error:
            return Answer(door.refuse(of_error(error)))
        operation = provider.match(raw)
        if operation is None:
            nothing = AmbiguousRequest("There is nothing at this path.", status=404)
            return Answer(door.refuse(of_error(nothing)))
        flight = Flight(self._rooms, provider, operation, raw, hints_of(raw))
        return Answer(await outbound(flight))

    def bad_request(self, status: int, message: str) -> web.StreamResponse:
        """What the first provider says to a request that nobody could read."""
        return Answer(self._first.refuse(of_error(AmbiguousRequest(message, status=status))))

    async def _answer_native(self, request: BaseRequest, place: Place) -> web.StreamResponse:
        route = place.routes.get(request.method)
        if route is None:
            allowed = ", ".join(sorted(place.routes))
            response = problem(405, "request.ambiguous", f"this path takes {allowed}")
            response.headers["Allow"] = allowed
            return response
        try:
            if route.longest is not None:
                # A body that may be large is taken in only from somebody who is known.
                self._call(route, head_of(request), place.values)
            raw = await read_raw(request, route.longest)
            return await self._handlers[route.name](self._call(route, raw, place.values))
        except Exception as error:  # noqa: BLE001 - a native endpoint answers whatever happens
            log.info("native_refused", path=route.path, error=type(error).__name__)
            return problem_of(error)

    def _call(self, route: Route, raw: RawRequest, values: Mapping[str, str]) -> Call:
        admin = admin_of(self._rooms, raw) if route.admin else None
        caller = caller_of(self._rooms, raw) if route.authenticated and not route.admin else None
        pairs = parse_qsl(raw.target.partition("?")[2], keep_blank_values=True)
        query = dict(pairs)
        asked = set(query) - set(route.optional)
        if asked != set(route.query) or len(pairs) != len(query):
            wanted = ", ".join(route.query) or "no query parameters"
            perhaps = f" and perhaps {', '.join(route.optional)}" if route.optional else ""
            raise InputRejected(f"this endpoint takes {wanted}{perhaps}, each once")
        return Call(caller, raw, query, values, admin)


def _as_led(request: BaseRequest, host: str) -> bool:
    """Whether a request in a proxy's tunnel is for the host that the tunnel was made for."""
    led_to = getattr(request.protocol, "led_to", "")
    return not led_to or bare(host) == led_to


def admin_of(rooms: Rooms, raw: RawRequest) -> AdminKey:
    """The admin key of a native request; an application's key is none."""
    admin = admin_by_key(rooms.configured.current, bearer_of(raw), rooms.clock())
    if admin is None:
        raise CredentialInvalid("unknown key")
    return admin


def caller_of(rooms: Rooms, raw: RawRequest) -> Caller:
    """The caller of a native endpoint: a gatekeeper key as bearer token or Basic password."""
    token = bearer_of(raw)
    caller = by_key(rooms.configured.current, token, rooms.clock())
    if caller is None:
        raise CredentialInvalid("unknown key")
    return caller


def bearer_of(raw: RawRequest) -> str:
    """The key that a native request carries, empty for none."""
    scheme, _, rest = (raw.header("Authorization") or "").partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return b64decode(rest, validate=True).decode().partition(":")[2]
    except (Base64Error, UnicodeDecodeError):
        return ""


def hints_of(raw: RawRequest) -> Hints:
    """The `Gatekeeper-*` headers and the idempotency key, read in one pass."""
    found: dict[str, str] = {}
    for name, value in raw.headers:
        key = _HINTS.get(name.lower())
        if key is not None:
            # Two texts of consent, or of a recipient, are none: joined they cannot be read.
            found[key] = f"{found[key]},{value}" if key in _ONCE and key in found else value
    return Hints(**found)


_ONCE = frozenset({"consent", "recipient"})
_HINTS = {
    "gatekeeper-campaign": "campaign",
    "gatekeeper-purpose": "purpose",
    "gatekeeper-consent": "consent",
    "gatekeeper-recipient": "recipient",
    "idempotency-key": "idempotency_key",
}
