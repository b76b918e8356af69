"""Can an operator register a tenant with all it needs, stop it, and never see a secret again?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import Command

SECRET = "the-real-token-of-the-provider"
ACCOUNT = "AC" + "7c" * 16


@pytest.fixture
def tenant(gatekeeper: Command, request: pytest.FixtureRequest) -> str:
    """A tenant with a campaign `news`, of this test alone."""
    name = f"t{abs(hash(request.node.name)) % 10**9}"
    assert gatekeeper("tenant", "add", name, "--name", "A shop").status == 0
    words = ("--tenant", name, "--purpose", "transactional", "--purpose", "authentication")
    assert gatekeeper("campaign", "add", "news", *words).status == 0
    return name


def test_a_tenant_and_its_campaign_are_listed(gatekeeper: Command, tenant: str) -> None:
    assert tenant in gatekeeper("tenant", "list").out
    rows = gatekeeper("campaign", "list", "--json").document
    purposes = [row["purposes"] for row in rows if row["tenant"] == tenant]
    assert purposes == [["transactional", "authentication"]]


def test_the_key_of_an_application_is_shown_once_and_the_secret_never(
    gatekeeper: Command, tenant: str
) -> None:
    words = ("--tenant", tenant, "--account", ACCOUNT, "--campaign", "news")
    added = gatekeeper("app", "add", f"{tenant}-app", *words, entered=SECRET + "\n")
    assert added.out.startswith("gk_")
    listed = gatekeeper("app", "list", "--json")
    assert f"{tenant}-app" in listed.out
    assert SECRET not in listed.out and added.out.strip() not in listed.out
    assert not {"secret", "fingerprint", "key_hashes"} & set(listed.document[0])


def test_a_new_key_replaces_the_old_one(gatekeeper: Command, tenant: str) -> None:
    words = ("--tenant", tenant, "--account", ACCOUNT)
    first = gatekeeper("app", "add", f"{tenant}-app", *words, entered=SECRET + "\n").out
    second = gatekeeper("app", "key", f"{tenant}-app").out
    assert second.startswith("gk_") and second != first


def test_in_pass_through_the_app_keeps_its_own_credential(gatekeeper: Command, tenant: str) -> None:
    words = ("--tenant", tenant, "--account", ACCOUNT, "--mode", "pass_through")
    told = gatekeeper("app", "add", f"{tenant}-app", *words, entered=SECRET + "\n")
    assert "registered: the app goes on using its own credential" in told.out
    told = gatekeeper("app", "key", f"{tenant}-app")
    assert (told.status, "in vault mode" in told.err) == (1, True)


def test_the_providers_secret_comes_from_standard_input_only(
    gatekeeper: Command, tenant: str
) -> None:
    words = ("--tenant", tenant, "--account", ACCOUNT)
    told = gatekeeper("app", "add", f"{tenant}-app", *words, entered="\n")
    assert told.status == 1
    assert "standard input" in told.err


@pytest.mark.parametrize(
    ("address", "kind", "known_as"),
    [
        ("+1 (312) 200-0401", "long_code", "+13122000401"),
        ("+18882000402", "toll_free", "+18882000402"),
        ("24680", "short_code", "24680"),
        ("ACME", "alphanumeric", "ACME"),
        ("whatsapp:+13122000403", "waba", "whatsapp:+13122000403"),
        ("messenger:10404", "page", "messenger:10404"),
        ("MG" + "0a" * 16, "service", "MG" + "0a" * 16),
    ],
)
def test_a_senders_kind_is_read_from_its_address(
    gatekeeper: Command, address: str, kind: str, known_as: str
) -> None:
    assert gatekeeper("sender", "add", address, "--tenant", "demo").status == 0
    rows = {row["id"]: row["kind"] for row in gatekeeper("sender", "list", "--json").document}
    assert rows[known_as] == kind


def test_what_is_no_sender_is_refused_with_what_would_be(gatekeeper: Command) -> None:
    told = gatekeeper("sender", "add", "!!", "--tenant", "demo")
    assert told.status == 1
    assert "E.164" in told.err and "short code" in told.err


@pytest.mark.parametrize("noun", ["tenant", "app", "campaign"])
def test_who_is_suspended_is_shown_with_the_reason_until_resumed(
    gatekeeper: Command, tenant: str, noun: str
) -> None:
    gatekeeper("app", "add", f"{tenant}-app", "--tenant", tenant, "--account", ACCOUNT, entered="s")
    words: dict[str, tuple[str, ...]] = {
        "tenant": (tenant,), "app": (f"{tenant}-app",), "campaign": ("news", "--tenant", tenant)
    }  # fmt: skip

    def reason() -> str | None:
        rows = gatekeeper(noun, "list", "--json").document
        found = next(row["suspended"] for row in rows if tenant in (row.get("tenant"), row["id"]))
        return found["reason"] if found else None

    assert gatekeeper(noun, "suspend", *words[noun], "--reason", "spam reports").status == 0
    assert reason() == "spam reports"
    assert gatekeeper(noun, "resume", *words[noun]).status == 0
    assert reason() is None


def test_content_behind_a_reference_is_registered_with_its_text(
    gatekeeper: Command, tenant: str, tmp_path: Path
) -> None:
    file = tmp_path / "news.txt"
    file.write_text("Order {{1}} is on its way.")
    words = ("--tenant", tenant, "--kind", "content_sid", "--text", file, "--category", "utility")
    assert gatekeeper("template", "add", "HX" + "0b" * 16, *words).status == 0
    rows = gatekeeper("template", "list", "--json").document
    assert [row["texts"] for row in rows if row["tenant"] == tenant] == [[file.read_text()]]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("sender", "add", "+13122000409", "--tenant", "nobody"), "there is no tenant nobody"),
        (
            ("sender", "add", "+13122000409", "--tenant", "demo", "--campaign", "no"),
            "there is no campaign no of that tenant",
        ),
        (("sender", "add", "+13122000100", "--tenant", "OTHER"), "not to this tenant"),
        (("campaign", "add", "x", "--tenant", "demo"), "--purpose"),
        (("campaign", "add", "x", "--tenant", "demo", "--purpose", "fun"), "marketing"),
        (("tenant", "suspend", "nobody", "--reason", "x"), "there is no tenant nobody"),
        (("tenant", "suspend", "demo"), "--reason"),
        (("app", "key", "nobody"), "there is no application nobody in vault mode"),
        (
            ("template", "add", "u", "--tenant", "demo", "--kind", "page", "--text", "x"),
            "content_sid",
        ),
        (
            ("template", "add", "u", "--tenant", "demo", "--kind", "twiml_url", "--text", "none"),
            "does not exist",
        ),
    ],
)
def test_who_runs_it_wrongly_is_told_what_would_do(
    gatekeeper: Command, tenant: str, words: tuple[str, ...], hint: str
) -> None:
    told = gatekeeper(*(tenant if word == "OTHER" else word for word in words))
    assert told.status in (1, 2)
    assert hint in told.err


def test_a_text_that_is_not_utf_8_is_named(gatekeeper: Command, tmp_path: Path) -> None:
    file = tmp_path / "latin.txt"
    file.write_bytes(b"caf\xe9")
    words = ("--tenant", "demo", "--kind", "content_sid", "--text", file)
    told = gatekeeper("template", "add", "HX" + "0c" * 16, *words)
    assert told.status == 1
    assert "UTF-8" in told.err
