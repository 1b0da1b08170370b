"""Every command and option has help, and the command reference is what the code gives."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
import typer.main

from dateline.cli.main import app


@pytest.fixture(scope="module")
def writer(root: Path) -> ModuleType:
    """The script that writes the command reference."""
    spec = importlib.util.spec_from_file_location("write_commands", root / "docs" / "write_commands.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_command_has_help(writer: ModuleType) -> None:
    """A command without a sentence that says what it does can't be released."""
    found = dict(writer.commands(typer.main.get_command(app), "dateline"))
    assert {"dateline read", "dateline demo", "dateline evaluate gold"} <= set(found)
    assert [name for name, command in found.items() if not command.help] == []


def test_every_option_has_help(writer: ModuleType) -> None:
    """So does every option and argument."""
    found = writer.commands(typer.main.get_command(app), "dateline")
    without = [
        f"{name} {param.name}"
        for name, command in found
        for param in command.params
        if not getattr(param, "help", None)
    ]
    assert without == []


def test_reference_is_what_the_code_gives(writer: ModuleType) -> None:
    """docs/commands.md is up to date; `make commands` writes it."""
    assert writer.FILE.read_text(encoding="utf-8") == writer.written()


def test_reference_names_every_command(writer: ModuleType) -> None:
    """Each command has a heading of its own in the reference."""
    text = writer.FILE.read_text(encoding="utf-8")
    for name, _ in writer.commands(typer.main.get_command(app), "dateline"):
        assert f"## `{name}`\n" in text
