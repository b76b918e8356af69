"""Is the page of reasons whole, static, and unable to do anything but be read?"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

from gatekeeper.domain.reason import Reason
from gatekeeper.providers.verdict_headers import HELP as LINK
from gatekeeper.proxy.help import Help
from gatekeeper.proxy.help_page import HEADERS, help_response, page
from gatekeeper.proxy.native import ROUTES


class Seen(HTMLParser):
    """What a browser finds in a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_reason_has_its_anchor() -> None:
    assert Seen(page()).ids == list(Reason)


def test_a_refusal_links_to_where_the_page_is() -> None:
    path, _, anchor = LINK.partition("#")
    assert anchor == ""
    assert path in {route.path for route in ROUTES}


def test_every_tag_is_closed_and_none_loads_or_runs() -> None:
    seen = Seen(page())
    assert seen.open == []
    assert not {"script", "img", "link", "iframe", "form"} & set(seen.tags)
    assert seen.attributes == {"lang", "charset", "name", "content", "id"}


def test_the_policy_permits_nothing_but_the_one_style() -> None:
    (style,) = re.findall(r"<style>(.*?)</style>", page(), re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "unsafe" not in policy


def test_words_are_escaped_and_code_is_marked() -> None:
    html = page({Reason.SUSPENDED: Help("A <b> & `x<y`.", "Do.")})
    assert "A &lt;b&gt; &amp; <code>x&lt;y</code>." in html


def test_it_is_served_as_utf_8_html() -> None:
    response = help_response(page())
    assert (response.status, response.content_type, response.charset) == (200, "text/html", "utf-8")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
