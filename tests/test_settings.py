"""Are settings read from the environment alone, checked, and kept to themselves?"""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from gatekeeper.settings import Settings, shipped_folder

SECRET = "redis://:CANARY@store.example"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine that runs the tests."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"GATEKEEPER_{name.upper()}", raising=False)


def test_every_setting_has_a_default_and_says_what_it_is() -> None:
    Settings()
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_environment_sets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEKEEPER_DATA", "/srv/gate")
    monkeypatch.setenv("GATEKEEPER_STORE_TIMEOUT_MS", "40")
    settings = Settings()
    assert (settings.data, settings.store_timeout_ms) == (Path("/srv/gate"), 40)
    assert settings.admin_socket == Path("/srv/gate/admin.sock")
    assert settings.journal_folder == Path("/srv/gate/journal")
    assert settings.keyring_file == Path("/srv/gate/keyring.json")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STORE_TIMEOUT_MS", "0"),
        ("JOURNAL_TIMEOUT_MS", "soon"),
        ("UPSTREAM_TIMEOUT_S", "-1"),
        ("MAX_BODY_BYTES", "12"),
        ("DEMO", "perhaps"),
        ("POLICY_ACTIVATION", "sometimes"),
        ("POLICY_APPROVALS", "3"),
        ("POLICY_APPROVALS", "2"),
        ("POLICY_VERSIONS_KEPT", "1"),
    ],
)
def test_what_makes_no_sense_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"GATEKEEPER_{name}", value)
    with pytest.raises(ValidationError):
        Settings()


def test_two_persons_need_a_folder_that_is_not_live(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEKEEPER_POLICY_APPROVALS", "2")
    with pytest.raises(ValidationError, match="POLICY_ACTIVATION=promote"):
        Settings()
    monkeypatch.setenv("GATEKEEPER_POLICY_ACTIVATION", "promote")
    assert Settings().policy_approvals == 2


def test_the_stores_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEKEEPER_REDIS_URL", SECRET)
    settings = Settings()
    assert "CANARY" not in repr(settings) + str(settings.model_dump())
    assert settings.redis_url is not None
    assert settings.redis_url.get_secret_value() == SECRET


def test_settings_do_not_change_once_read() -> None:
    with pytest.raises(ValidationError):
        Settings().listen = "0.0.0.0:1"  # type: ignore[misc]


@pytest.mark.parametrize("name", ["policies", "models"])
def test_what_is_shipped_is_found(name: str) -> None:
    assert shipped_folder(name).is_dir()


@pytest.mark.parametrize(
    "url", ["gate.example", "ftp://gate.example", "https://a b", "https://a/?b"]
)
def test_a_public_url_that_no_provider_could_call_is_refused(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GATEKEEPER_PUBLIC_URL", url)
    with pytest.raises(ValidationError):
        Settings()
    monkeypatch.setenv("GATEKEEPER_PUBLIC_URL", "https://gate.example:8443/hooks")
    assert Settings().public_url == "https://gate.example:8443/hooks"
