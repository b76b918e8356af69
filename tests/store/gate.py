"""A gate to kill: starts the embedded server in the folder given, prints its id, and waits."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from gatekeeper.store.embedded import EmbeddedServer


async def main() -> None:
    """Run until killed."""
    server = await EmbeddedServer.start(Path(sys.argv[1]))
    print(server.pid, flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
