"""Which links of a text bear the sign that a detector looks for?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from gatekeeper.screening import hosts
from gatekeeper.screening.grammar import Find
from gatekeeper.screening.links import MOST_LINKS, Link
from gatekeeper.screening.lookalikes import Brands, Host, brands_of, known_brands
from gatekeeper.screening.prefilter import Spans
from gatekeeper.screening.scan import Candidate, Scan
from gatekeeper.screening.validators import Evidence

LURES = "lures"
"""The word set of words that lure, beside those that name a brand."""
REMEMBERED = 2048
"""Hosts whose likeness to a known brand is remembered."""
_FILE = re.compile(r"\.(?:apk|xapk|exe|msi|scr|bat|cmd|jar|vbs|ps1|dmg|pkg|iso|hta|lnk)(?:[?#]|$)")
_WITHIN = re.compile(r"[?&#][\w.-]{1,40}=(?:https?(?::|%3a)(?://|%2f%2f)|//|%2f%2f)([^/?#&%:\s]+)")
_BARE_NUMBER = re.compile(r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}")


class LinkFinder:
    """Links with one sign; the sets of words are hosts, or brands with the hosts of each."""

    def __init__(self, find: Find) -> None:
        hosts.prepare()
        self._hosts = frozenset(host for words in find.words.values() for host in words)
        self._lures = frozenset(find.words.get(LURES, ()))
        known = known_brands(find.words, LURES) if find.link == "lookalike" else []
        self._brands = Brands(known, self._lures)
        self._seen = lru_cache(maxsize=REMEMBERED)(self._passes_as_known)
        self._sign = find.link or ""

    def find(self, scan: Scan, hits: Spans) -> Iterator[Candidate]:
        """One candidate for each link with the sign."""
        found = scan.links()
        scan.unfinished |= len(found) > MOST_LINKS
        for link in found[:MOST_LINKS]:
            evidence = self._evidence(link, scan)
            if evidence is not None:
                yield Candidate(link.start, link.end, evidence.steps, evidence.trace)

    def _evidence(self, link: Link, scan: Scan) -> Evidence | None:
        if self._sign in _OF_LINK:
            return _OF_LINK[self._sign](link)
        if self._sign == "host":
            return self._host(link)
        return (
            self._lookalike(link, scan) if self._sign == "lookalike" else self._foreign(link, scan)
        )

    def _host(self, link: Link) -> Evidence | None:
        """One of the hosts, with something behind it."""
        behind = len(link.path) > 1 and link.host.removeprefix("www.") in self._hosts
        return Evidence(0, ("host",)) if behind else None

    def _lookalike(self, link: Link, scan: Scan) -> Evidence | None:
        """Of a known brand, or of the sender."""
        known = self._seen(link.host)
        senders = brands_of(scan.names)
        if not senders or (known is not None and known.steps == 0):
            return known
        host = Host.of(link.host)
        mine = Brands(senders, self._lures).lookalike(host) if host else None
        return mine if known is None or (mine is not None and mine.steps > known.steps) else known

    def _passes_as_known(self, name: str) -> Evidence | None:
        host = Host.of(name)
        return self._brands.lookalike(host) if host else None

    def _foreign(self, link: Link, scan: Scan) -> Evidence | None:
        """Neither one of the hosts nor registered under a name of the sender."""
        name = hosts.registered(link.host)
        if name is None or self._among(link.host):
            return None
        label = name.split(".")[0].replace("-", "")
        own = any(brand.name in label for brand in brands_of(scan.names))
        return None if own else Evidence(0, ("link",))

    def _among(self, host: str) -> bool:
        labels = host.split(".")
        return any(".".join(labels[i:]) in self._hosts for i in range(len(labels)))


def _version_or_net(link: Link) -> bool:
    """Whether four numbers with only figures behind them are a version or a network."""
    behind = link.path.strip("/")
    return _BARE_NUMBER.fullmatch(link.host) is not None and behind.isdigit() and len(behind) < 3


def _address(link: Link) -> Evidence | None:
    """A number where a host has a name, unless only those within a network reach it."""
    found = hosts.address(link.host) if link.schemed else None
    if found is None or hosts.inside(found) or _version_or_net(link):
        return None
    return Evidence(0, ("address",))


def _userinfo(link: Link) -> Evidence | None:
    """A name of a host, or any before a number, that stands before an @."""
    deceives = "." in link.user or hosts.address(link.host) is not None
    return Evidence(0, ("user information",)) if link.user and deceives else None


def _forged(link: Link) -> Evidence | None:
    return Evidence(0, ("mixed scripts",)) if hosts.forged(link.host) else None


def _download(link: Link) -> Evidence | None:
    return Evidence(0, ("program",)) if _FILE.search(link.path.lower()) else None


def _redirect(link: Link) -> Evidence | None:
    """Another host within the query."""
    within = _WITHIN.search(link.path.lower())
    if within is None or hosts.registered(within[1]) == hosts.registered(link.host):
        return None
    return Evidence(0, ("address within the query",))


_OF_LINK: dict[str, Callable[[Link], Evidence | None]] = {
    "address": _address,
    "userinfo": _userinfo,
    "forged": _forged,
    "download": _download,
    "redirect": _redirect,
}
"""Signs that the link alone bears."""
