"""Which page explains a refusal? One static page; a reason code is the anchor of its section."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape

from aiohttp import web

from gatekeeper.domain.reason import Reason
from gatekeeper.proxy.help import HELP, Help

STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;"
    "color-scheme:light dark}h2{font-family:ui-monospace,monospace;font-size:1rem;"
    "margin:2rem 0 .25rem}p{margin:.25rem 0}:target{outline:2px solid;outline-offset:.5rem}"
)

_STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()

HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "public, max-age=3600",
    "Server": "gatekeeper",
}
"""The page may load nothing, run nothing and be framed by nobody."""


def page(entries: Mapping[Reason, Help] = HELP) -> str:
    """The whole page."""
    sections = "".join(_section(reason, entry) for reason, entry in entries.items())
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Gatekeeper: reason codes</title><style>{STYLE}</style></head><body><main>"
        "<h1>Reason codes</h1><p>Gatekeeper names one of these in every refusal: in the header "
        "<code>Gatekeeper-Reason</code> and in the link to this page.</p>"
        f"{sections}</main></body></html>\n"
    )


def help_response(html: str) -> web.Response:
    """The page as it is served."""
    return web.Response(text=html, content_type="text/html", charset="utf-8", headers=HEADERS)


def _section(reason: Reason, entry: Help) -> str:
    code = escape(reason)
    return (
        f'<section id="{code}"><h2>{code}</h2><p>{_words(entry.meaning)}</p>'
        f"<p><strong>Next:</strong> {_words(entry.next)}</p></section>"
    )


def _words(sentence: str) -> str:
    """Escaped, with what stands between backquotes as code."""
    parts = escape(sentence).split("`")
    return "".join(f"<code>{p}</code>" if place % 2 else p for place, p in enumerate(parts))
