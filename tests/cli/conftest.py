"""Running the command line inside the test, with one reader for all."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest

from dateline.cli.main import run
from dateline.reading.reader import Reader


@dataclass(frozen=True)
class Outcome:
    """What a command gave: exit status, standard output and standard error."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines on standard error."""
        return self.err.splitlines()


Command = Callable[..., Outcome]


@pytest.fixture
def dateline(reader: Reader, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run `dateline ARGUMENTS...` as a shell does, `stdin` being what is piped into it."""
    loaded = partial(Reader, encoder=reader.encoder, gazetteer=reader.gazetteer, registry=reader.registry)
    monkeypatch.setattr("dateline.reading.reader.Reader", loaded)

    def call(*arguments: object, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["dateline", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            run()
        out, err = capsys.readouterr()
        code = stopped.value.code
        return Outcome(code if isinstance(code, int) else int(code is not None), out, err)

    return call
