"""A text's links and their parts, however they are opened."""

from __future__ import annotations

import pytest

from gatekeeper.screening.links import Link, links


def one(text: str) -> Link:
    (link,) = links(text)
    return link


@pytest.mark.parametrize(
    ("text", "host", "path"),
    [
        ("see https://Acme.example/A?b=1#c.", "acme.example", "/A?b=1#c"),
        ("hxxps://acme.example/x", "acme.example", "/x"),
        ("ht tps://acme.example/x", "acme.example", "/x"),
        ("www.acme.example", "www.acme.example", ""),
        ("acme.co.uk/returns!", "acme.co.uk", "/returns"),
        ("https://acme.example:8443/x", "acme.example", "/x"),
        ("http://[2001:db8::1]/x", "[2001:db8::1]", "/x"),
        ("https://acme.example?x=1", "acme.example", "?x=1"),
        ("(https://acme.example)", "acme.example", ""),
        ("https://例え.jp/予約", "例え.jp", "/予約"),
    ],
)
def test_a_link_has_a_host_and_a_path(text: str, host: str, path: str) -> None:
    link = one(text)
    assert (link.host, link.path) == (host, path)


def test_what_stands_before_an_at_sign_is_user_information() -> None:
    assert one("https://bank.example@evil.example/x").user == "bank.example"
    assert one("https://medium.example/@acme/x").user == ""


def test_its_span_leaves_out_the_end_of_the_sentence() -> None:
    link = one("go to https://acme.example/x, now")
    assert (link.start, link.end) == (6, 28)
    assert link.labels == ["acme", "example"]


@pytest.mark.parametrize("text", ["a@acme.example", "1.5kg for 3.50", "no link", "p.m. or a.m."])
def test_addresses_of_mail_and_numbers_are_no_links(text: str) -> None:
    assert [link.host for link in links(text)] in ([], ["a.m"], ["p.m"])


def test_a_bare_host_is_not_schemed_unless_it_leads_somewhere() -> None:
    assert not one("acme.example is ours").schemed
    assert one("acme.example/x is ours").schemed
