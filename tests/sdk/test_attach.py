"""Does every SDK send its first message through the gate, by the lines that are handed out?

Each script is run as it is printed, in the SDK's own environment, under the guard that ends it
before it speaks to anybody but this machine. That the gate was reached, its journal says.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import pytest_asyncio

from gatekeeper.cli.attach_lines import Guide, Place, Wish, guide, named
from gatekeeper.ledger.registrar import NewApplication
from gatekeeper.providers import PROVIDERS
from gatekeeper.providers.attach import Language, Lines, Way
from gatekeeper.providers.contract import door_name
from tests.sdk.environments import ROOT, Environment
from tests.support.acme import ANA, NEWS, TENANT
from tests.support.gate import Stand, settings_in
from tests.support.recording_carrier import Carrier
from tests.support.tls import DOMAIN, made

pytestmark = pytest.mark.asyncio(loop_scope="module")

LOCAL = "127.0.0.1:0"
ACCOUNTS = {"twilio": "AC" + "7d" * 16, "plivo": "MA" + "X" * 18}
HOMES = {"bandwidth-sdk": "bandwidth", "messagebird-sdk": "bird", "urllib": "twilio"}
"""Environments that are not named as the package is."""
UNDER_GUARD = """
import runpy, sys
from tests.sdk import guard
guard.install()
runpy.run_path(sys.argv[1])
"""


@dataclass
class Gate:
    """A gate with an application at every provider."""

    stand: Stand
    folder: Path
    keys: dict[str, str]
    authority: str

    def guide(self, name: str, lines: Lines, way: Way) -> Guide:
        provider = named(name, PROVIDERS)
        account = ACCOUNTS.get(provider.name, "acme-account")
        urls = {
            Way.PATH: self.stand.url,
            Way.HOST: f"https://{DOMAIN}:{self.stand.gate.ports.tls}",
            Way.PROXY: f"http://127.0.0.1:{self.stand.gate.ports.proxy}",
        }
        place = Place(urls[way], self.authority, account, NEWS, ANA)
        return guide(provider, Wish(lines.language, way, lines.sdk), place)

    async def run(self, found: Guide, led: Sequence[str] = ()) -> tuple[str, int]:
        """What the script printed, and how many decisions the gate made meanwhile.

        `led` are hosts whose names lead to the gate, as intercepting name servers would.
        """
        script = self.folder / ("script.cjs" if found.language is Language.NODE else "script.py")
        script.write_text(found.script)
        before = len(self.stand.records("decision"))
        process = await asyncio.create_subprocess_exec(
            *await asyncio.to_thread(_command, found, script),
            cwd=ROOT,
            env=self._environment(found, led),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        async with asyncio.timeout(60):
            said, _ = await process.communicate()
        return said.decode(), len(self.stand.records("decision")) - before

    def _environment(self, found: Guide, led: Sequence[str]) -> dict[str, str]:
        tls, provider = self.stand.gate.ports.tls, named(found.provider, PROVIDERS)
        doors = (door_name(provider, service.name) for service in provider.services)
        stand_ins = {f"{door}.{DOMAIN}": tls for door in doors} | dict.fromkeys(led, tls)
        own = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(self.folder), "LANG": "C.UTF-8"}
        own |= {"SDK_STAND_INS": json.dumps(stand_ins)} | dict(found.environment)
        own |= {"GATE_KEY": self.keys[found.provider]}
        if found.language is Language.NODE:
            own["NODE_PATH"] = str(_home(found).folder / "node_modules")
        return own


def _home(found: Guide) -> Environment:
    name = f"{found.provider}-node" if found.language is Language.NODE else found.sdk
    name = "infobip" if name.startswith("infobip-api") else name
    return Environment(HOMES.get(name, name)).ready()


def _command(found: Guide, script: Path) -> list[str]:
    home = _home(found)
    if found.language is Language.NODE:
        return ["node", "--require", str(ROOT / "tests" / "sdk" / "guard.cjs"), str(script)]
    return [str(home.python), "-c", UNDER_GUARD, str(script)]


@asynccontextmanager
async def gate_in(folder: Path) -> AsyncIterator[Gate]:
    files, carrier = made(folder / "data"), Carrier()
    stand = Stand(settings_in(folder, "sandbox", tls_listen=LOCAL, proxy_listen=LOCAL), carrier)
    try:
        await stand.start()
        registrar, keys = stand.gate.ground.registrar, {}
        for provider in PROVIDERS:
            account = ACCOUNTS.get(provider.name, "acme-account")
            new = NewApplication(f"{provider.name}-app", TENANT, provider.name, account, "s3cret")
            registry = stand.gate.configuration.current.registry
            key = await registrar.add_application(new, registry, by="user:test")
            keys[provider.name] = key or ""
            await stand.gate.configuration.load()
        yield Gate(stand, folder, keys, str(files.authority))
    finally:
        await stand.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def gate(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Gate]:
    async with gate_in(tmp_path_factory.mktemp("attach")) as standing:
        yield standing


def every(language: Language) -> list[object]:
    """Each way of each SDK."""
    marks = [pytest.mark.node] if language is Language.NODE else []
    return [
        pytest.param(provider.name, lines, way, id=f"{lines.sdk}-{way}", marks=marks)
        for provider in PROVIDERS
        for lines in provider.attach.lines
        if lines.language is language
        for way in lines.ways
    ]


@pytest.mark.parametrize(("name", "lines", "way"), every(Language.PYTHON))
async def test_the_lines_for_python_lead_to_the_gate(
    gate: Gate, name: str, lines: Lines, way: Way
) -> None:
    said, decided = await gate.run(gate.guide(name, lines, way))
    assert (decided, "forbidden" in said) == (1, False), said


@pytest.mark.parametrize(("name", "lines", "way"), every(Language.NODE))
async def test_the_lines_for_node_lead_to_the_gate(
    gate: Gate, name: str, lines: Lines, way: Way
) -> None:
    said, decided = await gate.run(gate.guide(name, lines, way))
    assert (decided, "forbidden" in said) == (1, False), said


@pytest.mark.node
async def test_calls_of_plivo_for_node_reach_the_gate_where_its_names_lead_there(
    gate: Gate,
) -> None:
    """Their hosts are written into the SDK: no base URL and no proxy moves them."""
    lines = named("plivo", PROVIDERS).attach.of(Language.NODE, Way.PATH)
    assert lines is not None
    found = gate.guide("plivo", lines, Way.PATH)
    call = f'client.calls.create("{NEWS}", "{ANA}", "https://app.example/answer")'
    trusting = {**found.environment, "NODE_EXTRA_CA_CERTS": gate.authority}
    found = replace(found, sends=call, environment=trusting)
    said, _ = await gate.run(found)
    assert "forbidden" in said
    said, decided = await gate.run(found, led=found.hosts)
    assert (decided, "forbidden" in said) == (1, False), said


async def test_plivo_for_python_as_it_comes_reaches_the_gate_where_its_names_lead_there(
    gate: Gate,
) -> None:
    lines = named("plivo", PROVIDERS).attach.of(Language.PYTHON, Way.PATH)
    assert lines is not None
    found = gate.guide("plivo", lines, Way.PATH)
    as_it_comes = "\n".join(line for line in found.code.splitlines() if "rest" not in line.lower())
    client = f"client = plivo.RestClient('{ACCOUNTS['plivo']}', os.environ['GATE_KEY'])"
    trusting = f"client.session.verify = '{gate.authority}'"
    found = replace(found, code="\n".join((as_it_comes, client, trusting)))
    said, decided = await gate.run(found)
    assert (decided, "api.plivo.com:443" in said) == (0, True), said
    said, decided = await gate.run(found, led=found.hosts)
    assert (decided, "forbidden" in said) == (1, False), said
