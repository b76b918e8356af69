"""How is the gate run in the foreground, from the first line it prints to a clean stop?"""

from __future__ import annotations

import asyncio
import contextlib
import signal

import uvloop
from rich.console import Console

from gatekeeper.cli.welcome import greet
from gatekeeper.proxy.demo import ensure_demo
from gatekeeper.proxy.gate import start
from gatekeeper.proxy.logs import configure
from gatekeeper.proxy.sites import address
from gatekeeper.settings import Settings


def serve(demo: bool = False) -> None:
    """Run the gate until Ctrl-C or SIGTERM; `--demo` adds a demo tenant in the sandbox."""
    settings = _settings(demo=demo)
    asked = (settings.listen, settings.ops_listen, settings.tls_listen, settings.proxy_listen)
    for where in filter(None, asked):
        address(where)  # a setting that is nonsense is told at once
    configure(settings.log_level)
    uvloop.run(_serve(settings))


def _settings(*, demo: bool) -> Settings:
    """In a demo the provider is the sandbox, which reaches the gate where it listens."""
    settings = Settings()
    demo = demo or settings.demo
    public = settings.public_url or (f"http://{settings.listen}" if demo else None)
    return settings.model_copy(update={"demo": demo, "public_url": public})


async def _serve(settings: Settings) -> None:
    console = Console(stderr=True)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopping.set)
    gate = await start(settings, lambda step: console.print(f"[dim]gatekeeper:[/] {step} ..."))
    try:
        key = await ensure_demo(gate) if settings.demo else None
        greet(gate, key)
        await stopping.wait()
        console.print("[dim]gatekeeper:[/] stopping: what is under way ends first ...")
    finally:
        with contextlib.suppress(asyncio.CancelledError):
            await gate.stop()
    console.print("[dim]gatekeeper:[/] stopped")
