"""Does the doctor say where each provider's requests go, and when the certificate ends?"""

from __future__ import annotations

from pathlib import Path

import pytest
import time_machine

from gatekeeper.cli.doctor_attach import certificate, open_ways, providers
from gatekeeper.providers.attach import Way
from gatekeeper.settings import Settings
from gatekeeper.vault.authority import ends
from gatekeeper.vault.tls_files import TlsFiles
from tests.support.tls import made


def found(settings: Settings, what: str) -> str:
    return next(each.found for each in providers(settings) if each.what == f"provider {what}")


def test_without_a_setting_every_provider_is_in_the_sandbox() -> None:
    told = list(providers(Settings()))
    assert {each.state for each in told} == {"ok"}
    assert found(Settings(), "telnyx") == "sandbox; attached by path"


def test_what_is_live_at_an_address_or_closed_is_told() -> None:
    upstreams = {"telnyx": "live", "bandwidth-voice": "http://127.0.0.1:9"}
    settings = Settings(upstreams=upstreams, upstream_twilio="sandbox")
    assert found(settings, "telnyx").startswith("live; ")
    assert found(settings, "bandwidth").startswith("bandwidth-voice: http://127.0.0.1:9; ")
    assert found(settings, "sinch").startswith("closed; ")


def test_an_upstream_of_nobody_is_bad() -> None:
    (told,) = providers(Settings(upstreams={"telnix": "live"}))
    assert told.state == "bad" and "telnix" in told.found


def test_the_ways_are_those_that_are_set() -> None:
    settings = Settings(tls_listen="127.0.0.1:1", proxy_listen="127.0.0.1:2")
    assert open_ways(settings) == (Way.PATH, Way.HOST, Way.PROXY)
    assert found(settings, "twilio").endswith("attached by path, host, proxy")


def test_without_tls_nothing_is_said_of_certificates() -> None:
    assert list(certificate(Settings())) == []


def test_a_missing_certificate_is_bad(tmp_path: Path) -> None:
    (told,) = certificate(Settings(data=tmp_path, tls_listen="127.0.0.1:1"))
    assert told.state == "bad" and "gatekeeper tls init" in told.found


@pytest.mark.parametrize(("days", "state"), [(-31, "ok"), (-29, "warn"), (1, "bad")])
def test_a_certificate_grows_old(tmp_path: Path, days: int, state: str) -> None:
    files = made(tmp_path)
    until = ends(files.certificate.read_bytes())
    with time_machine.travel(until.timestamp() + days * 86_400, tick=False):
        (told,) = certificate(Settings(data=tmp_path, proxy_listen="127.0.0.1:1"))
    assert told.state == state
    assert bool(told.advice) == (state != "ok")


def test_a_certificate_without_a_new_vendors_host_is_told(tmp_path: Path) -> None:
    files = TlsFiles(tmp_path / "tls")
    made(tmp_path)
    until = ends(files.certificate.read_bytes())
    files.make("gate.example", ("api.twilio.com",), until.replace(year=until.year - 1))
    (told,) = certificate(Settings(data=tmp_path, tls_listen="127.0.0.1:1"))
    assert told.state == "warn" and "not for " in told.found
