"""Put a file in its place whole: a reader sees the old one or the new one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from dateline.errors import SendError

__all__ = ["put_whole"]


def put_whole(path: Path, data: bytes) -> None:
    """Write a file, and its folder. Raises SendError when that can't be done; then nothing has changed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise SendError(f"can't be written ({error.strerror})", where=str(path)) from error
