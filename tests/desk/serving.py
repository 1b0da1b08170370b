"""A desk that listens on a port of this machine, for what can't be asked within the process."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from dateline.desk.app import create_app
from dateline.desk.settings import Limits, Settings

__all__ = ["serving"]


@contextmanager
def serving(file: Path, *, limits: Limits | None = None, **settings: Any) -> Iterator[str]:
    """Serve a store on any free port; give the address."""
    app = create_app(Settings(db=file, limits=limits or Limits(rate=0), **settings))
    config = uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1)
    listening = config.bind_socket()
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    for _ in range(600):
        if server.started:
            break
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
