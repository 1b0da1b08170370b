"""Where records go: printed or to a file that is there whole or not at all."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO

from rich.console import Console

from dateline.cli.page import print_record
from dateline.cli.read import Form
from dateline.errors import InputError
from dateline.record import Record

__all__ = ["Writer"]


class Writer:
    """Write records in one form. A file is put in its place only when all is written."""

    def __init__(self, form: Form, target: Path | None) -> None:
        """Raises InputError when the target's folder can't be written to."""
        self.form, self.target, self.written = form, target, 0
        self._stream: IO[str] = sys.stdout
        self._temporary: Path | None = None
        if target is not None:
            self._open(target)
        self._console = Console(file=self._stream, highlight=False, soft_wrap=False, width=self._width())
        self._held: Record | None = None

    def _width(self) -> int | None:
        """A terminal keeps its width; a pipe and a file get 80 columns."""
        return None if self._stream.isatty() else 80

    def _open(self, target: Path) -> None:
        try:
            handle = tempfile.NamedTemporaryFile(  # noqa: SIM115 (closed in __exit__)
                "w", encoding="utf-8", dir=target.parent, prefix=f".{target.name}.", delete=False
            )
        except OSError as problem:
            what = f"can't be written ({problem.strerror})"
            raise InputError(what, where=str(target), hint="choose another --output") from problem
        self._temporary = Path(handle.name)
        self._handle = handle  # its wrapper closes the file when it goes
        self._stream = handle.file

    def __enter__(self) -> Writer:
        return self

    def write(self, record: Record) -> None:
        """Write one record."""
        self.written += 1
        if self.form is Form.JSONL:
            self._stream.write(record.to_json() + "\n")
        elif self.form is Form.JSON:
            self._json(record)
        elif self.form is Form.HTML:
            self._html(record)
        else:
            print_record(self._console, record, first=self.written == 1)

    def _json(self, record: Record) -> None:
        """Hold the first record back: alone it is an object, with others a list."""
        if self.written == 1:
            self._held = record
            return
        if self._held is not None:
            self._stream.write("[\n" + self._held.to_json(2))
            self._held = None
        self._stream.write(",\n" + record.to_json(2))

    def _html(self, record: Record) -> None:
        from dateline.exports.html import page

        if self.written > 1:
            raise InputError("--html writes one report a page", hint="give one report, or use --jsonl")
        self._stream.write(page(record))

    def note(self, line: str) -> None:
        """Say something beside the output, on standard error."""
        print(line, file=sys.stderr, flush=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self.form is Form.JSON:
            if self._held is not None:
                self._stream.write(self._held.to_json(2) + "\n")
            elif self.written:
                self._stream.write("\n]\n")
        self._stream.flush()
        if self._temporary is not None and self.target is not None:
            self._stream.close()
            if kind is None and self.written:
                self._temporary.chmod(0o644)
                self._temporary.replace(self.target)
            else:
                self._temporary.unlink()
