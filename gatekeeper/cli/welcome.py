"""What does a person see when the gate is up? Its address, a key, and two things to copy."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console

from gatekeeper.proxy.demo import FRIENDS, SERVICE
from gatekeeper.proxy.doors import Ports
from gatekeeper.proxy.gate import Gate
from gatekeeper.proxy.sites import address
from gatekeeper.sandbox.accounts import SANDBOX_ACCOUNT

CURL = """\
curl -s -u {account}:{key} \\
  {url}/2010-04-01/Accounts/{account}/Messages.json \\
  --data-urlencode From={sender} --data-urlencode To={to} \\
  --data-urlencode 'Body=Your parcel arrives today.'"""

PYTHON = """\
from twilio.rest import Client

client = Client("{account}", "{key}")
client.api.base_url = "{url}"  # the one line that changes
message = client.messages.create(from_="{sender}", to="{to}", body="Your parcel arrives today.")
print(message.sid, message.status)"""


def greet(gate: Gate, key: str | None) -> None:
    """Print where the gate listens and, with a demo key, how to send a first message."""
    console = Console(soft_wrap=True, highlight=False)
    host = address(gate.settings.listen)[0]
    url = f"http://{host}:{gate.port}"
    say = console.print
    say(f"\n[bold green]Gatekeeper listens on {url}[/]  (upstream: {_upstream(gate)})")
    for line in _more_doors(gate.ports):
        say(line)
    say(f"health and metrics: http://{address(gate.settings.ops_listen)[0]}:{gate.ops_port}")
    say(f"policy: {gate.policies.state.hash[:12]}   data: {gate.settings.data.resolve()}")
    if key is None:
        return
    values = {
        "account": SANDBOX_ACCOUNT,
        "key": key,
        "url": url,
        "sender": SERVICE,
        "to": FRIENDS["America/New_York"],
    }
    say(f"application key: [bold]{key}[/]\n")
    say("[bold]Send with curl[/]")
    say(CURL.format(**values), markup=False)
    say("\n[bold]or with the Twilio SDK for Python[/]")
    say(PYTHON.format(**values), markup=False)
    demo = f"[bold]{_command()} demo[/]"
    say(f"\nSee every verdict: {demo} in another terminal. Ctrl-C stops the gate.")


def _more_doors(ports: Ports) -> list[str]:
    """Of the doors beside the plain one those that are open."""
    doors = {"under TLS": ports.tls, "as a proxy (HTTPS_PROXY)": ports.proxy}
    return [f"{how}: port {port}" for how, port in doors.items() if port is not None]


def _command() -> str:
    """How this command was called, so that it can be called so again."""
    called = Path(sys.argv[0])
    return str(called) if called.name == "gatekeeper" else "gatekeeper"


def _upstream(gate: Gate) -> str:
    return "built-in sandbox" if gate.upstreams.sandbox else gate.upstreams.url
