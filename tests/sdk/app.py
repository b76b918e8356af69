"""How does a test send with a provider's real SDK? By an app of its own, in a process of its own.

    async with app_with("telnyx", Gate(url, account="", secret=key)) as app:
        told = await app.send("sms", to="+12125550100", text="Your order is ready.")

The app lives in the SDK's environment (`environments.py`), speaks to loopback alone (`guard.py`,
`guard.cjs`) and is handed nothing of this process's environment. If it was about to speak to
anybody else, `Forbidden` is raised with the address.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.sdk.environments import ROOT, Environment
from tests.sdk.guard import STATUS
from tests.sdk.scenario import Gate

HERE = Path(__file__).parent
WITHIN_S = 45.0
LINE = 16 * 1024 * 1024


class Forbidden(AssertionError):
    """The SDK was about to speak to a host that is not this machine."""


class App:
    """A running app that sends what it is told."""

    def __init__(self, name: str, process: asyncio.subprocess.Process) -> None:
        self.name = name
        self._process = process

    async def send(self, call: str, /, **arguments: Any) -> dict[str, Any]:
        """What the SDK returned, or raised; raises `Forbidden` if it would leave this machine."""
        return await self._ask({"call": call, "with": arguments})

    async def _ask(self, question: Mapping[str, Any]) -> dict[str, Any]:
        self._tell(question)
        assert self._process.stdout is not None
        async with asyncio.timeout(WITHIN_S):
            line = b"\n"
            while line == b"\n":
                line = await self._process.stdout.readline()
        answer = json.loads(line) if line else {}
        if "forbidden" in answer:
            assert await self._process.wait() == STATUS
            raise Forbidden(answer["forbidden"])
        assert answer, f"the app of {self.name} ended: {await self._complaint()}"
        assert isinstance(answer, dict)
        return answer

    def _tell(self, message: Mapping[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(message).encode() + b"\n")

    def connect(self, gate: Gate) -> None:
        """Tell it where the gate is."""
        self._tell(asdict(gate))

    async def _complaint(self) -> str:
        assert self._process.stderr is not None
        return (await self._process.stderr.read()).decode()[-4000:]


@asynccontextmanager
async def app_with(
    name: str, gate: Gate, stand_ins: Mapping[str, int] | None = None, **environment: str
) -> AsyncIterator[App]:
    """An app with the SDK of that name, ended at the end.

    `stand_ins`: hosts that are answered by a loopback port, as intercepting DNS would.
    """
    made = await asyncio.to_thread(Environment(name).ready)
    process = await asyncio.create_subprocess_exec(
        *_command(made),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=ROOT,
        env=_environment(made, stand_ins or {}) | environment,
        limit=LINE,
    )
    app = App(name, process)
    try:
        app.connect(gate)
        yield app
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


def _command(made: Environment) -> list[str]:
    if made.node:
        guard = ["--require", str(HERE / "guard.cjs")]
        return ["node", *guard, str(HERE / "scenario.mjs"), made.name, str(made.folder)]
    return [str(made.python), "-m", "tests.sdk.scenario", made.name]


def _environment(made: Environment, stand_ins: Mapping[str, int]) -> dict[str, str]:
    """All that the app's process knows: no proxy, no key, no home of ours."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": str(made.folder),
        "LANG": "C.UTF-8",
        "SDK_STAND_INS": json.dumps(stand_ins),
    }
