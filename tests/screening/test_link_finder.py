"""Deceptive links are found, each for what it does; those of honest senders pass."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest

from gatekeeper.domain.match import Match
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Family, Likelihood
from gatekeeper.policy.model import Detector
from gatekeeper.screening.link_finder import LinkFinder
from gatekeeper.screening.screener import Screener
from tests.support.content_rules import ruled
from tests.support.detectors import body, detector, shipped_detectors, shipped_screener
from tests.support.slots import filled

DATA = Path(__file__).parent / "data"
HOSTS = r"""
id: shared_host
family: payment
title: A shared host
citation: our own decision
verified_on: 2026-11-25
gate: {words: [shared]}
find: {link: host, words: {shared: [sho.rt]}}
likelihood: likely
positives: ["https://sho.rt/x"]
negatives: ["https://sho.rt"]
"""


def links(text: str, *names: str) -> list[Match]:
    found = shipped_screener().screen((body(text),), names)
    return [match for match in found if match.family is Family.LINK]


@cache
def listed() -> dict[str, Detector]:
    return {each.id: each for each in shipped_detectors() if each.family is Family.LINK}


def test_deceptive_and_shared_links_are_found_for_what_they_do() -> None:
    source, missed = random.Random(3), []
    rows = [
        line.partition("\t")[::2]
        for line in (DATA / "links_deceptive.tsv").read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    for kind, form in rows:
        text = filled(form, source)
        found = [m for m in links(text) if m.likelihood >= Likelihood.LIKELY]
        if not any(kind in (m.detector, m.category) for m in found):
            missed.append(f"{kind}: {text} -> {[m.detector for m in found]}")
    print(f"{len(rows) - len(missed)} of {len(rows)} deceptive or shared links found", *missed)
    assert len(missed) <= 0.05 * len(rows), "\n".join(missed)


def test_links_of_honest_senders_are_neither_stopped_nor_marked() -> None:
    source, wrong, total = random.Random(5), [], 0
    for line in (DATA / "links_clean.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            for frame in ("{}", "Acme: your order is ready. {} Reply STOP to end."):
                text = frame.format(filled(line, source))
                total += 1
                found = [m.detector for m, v in ruled(text).matches if v >= Verdict.FLAG]
                wrong += [f"{found}: {text}"] if found else []
    print(f"{len(wrong)} of {total} honest links marked or stopped")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("https://acrnebank.com/x", ["Acme Bank"]),
        ("https://acme-bank.secure-login.example/x", ["Acme Bank Ltd"]),
        ("https://northw1nd.com/x", ["Northwind Inc."]),
        ("https://northwind-verify.example/x", ["Northwind"]),
        ("https://nortwind.com/x", ["Northwind"]),
    ],
)
def test_what_passes_itself_off_as_the_sender_is_found(text: str, names: list[str]) -> None:
    assert [m.category for m in links(text, *names)] == ["lookalike"]
    assert links(text) == []


OWN = (
    "northwind.com", "northwind.co.uk", "go.northwind.example", "northwind.link", "north-wind.com",
    "getnorthwind.com", "northwindapp.com", "northwind.zendesk.com", "northwind.myshopify.com",
    "mail.northwind-traders.com", "windnorth.com", "www.northwind.example",
)  # fmt: skip


@pytest.mark.parametrize("host", OWN)
def test_the_senders_own_hosts_are_no_lookalikes(host: str) -> None:
    assert links(f"See https://{host}/x", "Northwind Ltd") == []


def test_a_lure_to_the_senders_own_host_is_none() -> None:
    text = "Your card has been locked. Confirm it at https://northwind.com/unlock"
    assert [m.category for m in links(text)] == ["lure"]
    assert links(text, "Northwind Bank") == []


def test_deceptive_links_are_stopped_and_shared_ones_marked() -> None:
    assert ruled("https://paypa1.com/signin").verdict is Verdict.BLOCK
    assert ruled("https://p\u0430ypal.com/signin").verdict is Verdict.BLOCK
    assert ruled("https://bank.example@evil.example/x").verdict is Verdict.BLOCK
    assert ruled("Verify your account: http://203.0.113.7/login").verdict is Verdict.HOLD
    assert ruled("http://203.0.113.7/x").verdict is Verdict.FLAG
    assert ruled("https://bit.ly/3kPqA9z").verdict is Verdict.FLAG


def test_a_host_counts_where_something_stands_behind_it() -> None:
    screener = Screener([detector("shared_host", HOSTS)])
    (match,) = screener.screen((body("go to SHO.RT/abc, now"),))
    assert (match.start, match.end) == (6, 16)
    assert screener.screen((body("sho.rt is a shortener; sho.rt. x.sho.rt/abc"),)) == ()


def test_more_links_than_are_read_count_as_not_inspected() -> None:
    screener = Screener([detector("shared_host", HOSTS)])
    text = " ".join(f"https://sho.rt/{i}" for i in range(40))
    families = {m.family for m in screener.screen((body(text),))}
    assert Family.UNINSPECTABLE in families


def test_at_least_sixty_public_shorteners_are_known() -> None:
    assert len(listed()["shortener"].find["words"]["shared"]) >= 60
    assert LinkFinder.__doc__


def test_every_brand_keeps_its_own_hosts() -> None:
    words = listed()["lookalike"].find["words"]
    brands = {name: own for name, own in words.items() if name != "lures"}
    assert len(brands) >= 100
    wrong = [own for hosts in brands.values() for own in hosts if links(f"https://{own}/x")]
    assert [host for host in wrong if host not in ("goo.gl", "a.co")] == []
