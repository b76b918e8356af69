"""Do a provider's lines get this gate's addresses, each way its own?"""

from __future__ import annotations

import pytest

from gatekeeper.cli.attach_lines import Place, Wish, guide, named
from gatekeeper.errors import InputRejected
from gatekeeper.providers import PROVIDERS
from gatekeeper.providers.attach import Language, Way

PLACE = Place("http://gate:8080/", "/etc/ca.pem", "acct", "+13122000102", "+12122000111")
TELNYX = named("telnyx", PROVIDERS)


def at(url: str) -> Place:
    return Place(url, PLACE.authority, PLACE.account, PLACE.sender, PLACE.to)


def test_by_path_the_base_url_names_the_provider() -> None:
    found = guide(TELNYX, Wish(), PLACE)
    assert found.way is Way.PATH
    assert 'base_url="http://gate:8080/telnyx/v2"' in found.code
    assert found.environment == {"GATE_KEY": "gk_..."}
    assert found.hosts[0] == "api.telnyx.com"


def test_by_host_the_name_below_the_domain_does() -> None:
    found = guide(TELNYX, Wish(Language.PYTHON, Way.HOST), at("https://gate.example:8443"))
    assert 'base_url="https://telnyx.gate.example:8443/v2"' in found.code
    assert found.environment["SSL_CERT_FILE"] == "/etc/ca.pem"


def test_by_proxy_the_code_stays_and_the_environment_says_where() -> None:
    found = guide(TELNYX, Wish(Language.PYTHON, Way.PROXY), at("http://gate:8082"))
    assert "base_url" not in found.code
    assert found.environment["HTTPS_PROXY"] == "http://gate:8082"


def test_a_script_is_the_lines_and_one_message() -> None:
    python = guide(TELNYX, Wish(), PLACE).script
    assert python.startswith("import os\n") and "client.messages.send(" in python
    node = guide(TELNYX, Wish(Language.NODE), PLACE).script
    assert node.endswith(").then(console.log);\n")
    assert "process.env.GATE_KEY" in node


def test_what_is_not_there_is_said_with_what_is() -> None:
    with pytest.raises(InputRejected, match=r"did you mean telnyx\?"):
        named("telnix", PROVIDERS)
    with pytest.raises(InputRejected, match=r"known are: sinch \(python\)"):
        guide(named("sinch", PROVIDERS), Wish(Language.NODE), PLACE)
    with pytest.raises(InputRejected, match="attached by path or host, not proxy"):
        guide(TELNYX, Wish(Language.NODE, Way.PROXY), PLACE)
    with pytest.raises(InputRejected, match="is a URL"):
        guide(TELNYX, Wish(), at("gate:8080"))
