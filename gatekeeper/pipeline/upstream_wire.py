"""Which bytes of a request and of its reply cross the gate?

Everything but what belongs to one hop (RFC 9110 section 7.6.1), `Host` and the body's framing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gatekeeper.providers.contract import Headers, RawRequest

HOP_BY_HOP = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""RFC 9110 section 7.6.1; those that `Connection` names come on top."""

REWRITTEN = HOP_BY_HOP | {
    "host",
    "content-length",
    "expect",
    "gatekeeper-consent",
    "gatekeeper-recipient",
}
"""Request headers of the app's hop: `Expect` was answered by our own server, and evidence of
consent is nobody else's business."""

_STATED_ANEW = HOP_BY_HOP | {"content-length"}
_OPTIONS = frozenset({"keep-alive", "close"})
"""What `Connection` nearly always says: it names no header."""
_BODILESS = frozenset({"GET", "HEAD", "DELETE", "OPTIONS"})
_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_TARGET = re.compile(r"/[!-~]*")
_UNSAFE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


def request_bytes(request: RawRequest, host: str, prefix: str = "") -> bytes:
    """The request as sent to `host`, below the path `prefix`.

    Raises ValueError if a part could be read as something else on the wire (a line break in a
    header, a space in the target); the message does not repeat that part.
    """
    if not _TOKEN.fullmatch(request.method) or not _TARGET.fullmatch(prefix + request.target):
        raise ValueError("the request line cannot be sent")
    kept = end_to_end(request.headers, REWRITTEN)
    if not (all(map(_is_token, dict(kept))) and _is_sendable("".join([v for _, v in kept]))):
        raise ValueError("a request header cannot be sent")
    lines = [f"{request.method} {prefix}{request.target} HTTP/1.1", f"Host: {host}"]
    lines += [f"{name}: {value}" for name, value in kept]
    if request.body or request.method not in _BODILESS:
        lines.append(f"Content-Length: {len(request.body)}")
    lines.append("\r\n")
    return "\r\n".join(lines).encode("latin-1") + request.body


def end_to_end(headers: Headers, dropped: frozenset[str] = HOP_BY_HOP) -> Headers:
    """The headers without `dropped` ones and those that `Connection` names, in their order."""
    named = [v for k, v in headers if len(k) == 10 and k.lower() == "connection"]
    named = [v for v in named if v not in _OPTIONS]
    if named:
        dropped = dropped | {word.strip().lower() for v in named for word in v.split(",")}
    return tuple([(k, v) for k, v in headers if k.lower() not in dropped])


def reply_headers(received: list[tuple[bytes, bytes]]) -> Headers:
    """A reply's headers as they may go to the app.

    One whose name or value is not text, or holds control characters, is dropped; so is the
    length, which our own server states.
    """
    read = [(_name(name), value.decode("utf-8", "replace")) for name, value in received]
    clean = [(k, v.strip(" \t")) for k, v in read if k and _is_clean(v) and "\ufffd" not in v]
    return end_to_end(tuple(clean), _STATED_ANEW)


@lru_cache(maxsize=1024)
def _is_token(name: str) -> bool:
    """Whether a header's name is one (RFC 9110 section 5.6.2); the same few come all the time."""
    return _TOKEN.fullmatch(name) is not None


@lru_cache(maxsize=1024)
def _name(raw: bytes) -> str | None:
    """A received header's name, None if it is not a token."""
    name = raw.decode("latin-1")
    return name if _TOKEN.fullmatch(name) else None


def _is_sendable(values: str) -> bool:
    """Whether these header values can go as they came: each character is one byte (latin-1)."""
    return _is_clean(values) and (values.isascii() or max(values) <= "\xff")


def _is_clean(value: str) -> bool:
    """Whether a header's value holds no control character but the tab."""
    return value.isprintable() or _UNSAFE.search(value) is None
