"""The house: what may import what, what the pure middle keeps away from, how long a module is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "dateline"
LONGEST = 400

# Text goes down this list once; a room imports nothing of a room behind it. Rooms on one line are level.
ROOMS = [
    {"record", "codebook", "errors"},
    {"schema", "knowledge"},
    {"reports"},
    {"reading"},
    {"incidents"},
    {"store"},
    {"exports"},
    {"evaluation", "watch"},
    {"desk", "cli", "archive", "client"},
]
RANK = {room: rank for rank, rooms in enumerate(ROOMS) for room in rooms}

NETWORK = {
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "requests",
    "httpx",
    "aiohttp",
    "ftplib",
    "smtplib",
    "websockets",
}
NEVER = {"torch", "spacy", "transformers", "training"}
MAY_SPEAK = {"reports/fetch.py", "client.py"}  # and what sends alerts
IMPURE_MODULES = NETWORK | {"subprocess", "random", "secrets", "tempfile", "shutil", "time"}
IMPURE_CALLS = {"open", "print", "input"}
IMPURE_METHODS = {"now", "today", "utcnow", "write_text", "write_bytes", "getenv", "glob", "iterdir"}


def _modules(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _imports(path: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports, wherever in it."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def _ours(path: Path) -> set[str]:
    """Name the rooms of ours that a module imports."""
    return {name.split(".")[1] for name in _imports(path) if name.startswith("dateline.")}


def _is(name: str, modules: set[str]) -> bool:
    return any(name == module or name.startswith(module + ".") for module in modules)


@pytest.mark.parametrize("name", ["record.py", "codebook.py", "errors.py"])
def test_ground_floor_imports_nothing_of_ours(name: str) -> None:
    """Everything may rest on the record, the codebook and the errors; they rest on nothing here."""
    assert _ours(SOURCE / name) == set()


def test_every_room_is_in_the_list() -> None:
    """A new folder must be given its place in the order."""
    assert {_room(path) for path in _modules(SOURCE)} - {"__init__", "__main__"} <= set(RANK)


@pytest.mark.parametrize("path", _modules(SOURCE), ids=lambda p: str(p.relative_to(SOURCE)))
def test_nothing_imports_what_stands_behind_it(path: Path) -> None:
    """Imports go up the list only; the package's own face may import anything."""
    if _room(path) != "__init__":
        behind = {room for room in _ours(path) if RANK.get(room, 0) > RANK[_room(path)]}
        assert behind == set()


@pytest.mark.parametrize(
    "path",
    _modules(SOURCE / "reading") + _modules(SOURCE / "incidents"),
    ids=lambda p: str(p.relative_to(SOURCE)),
)
def test_the_middle_is_pure(path: Path) -> None:
    """Reading and linking touch no disk, clock, chance or network; only the package's own data is loaded."""
    assert {name for name in _imports(path) if _is(name, IMPURE_MODULES)} == set()
    assert "reports" not in _ours(path)
    called = [node.func for node in ast.walk(_tree(path)) if isinstance(node, ast.Call)]
    assert {f.id for f in called if isinstance(f, ast.Name)} & IMPURE_CALLS == set()
    assert {f.attr for f in called if isinstance(f, ast.Attribute)} & IMPURE_METHODS == set()


def test_nothing_speaks_to_the_network() -> None:
    """No module opens a socket but the fetcher and the senders of alerts."""
    for path in _modules(SOURCE):
        name = str(path.relative_to(SOURCE))
        if name not in MAY_SPEAK and not name.startswith("watch/"):
            assert {i for i in _imports(path) if _is(i, NETWORK)} == set(), name


def test_running_needs_no_torch() -> None:
    """Nothing that ships imports torch, spaCy or the training code."""
    for path in _modules(SOURCE):
        assert {
            i for i in _imports(path) if _is(i, {"torch", "spacy", "transformers", "training"})
        } == set(), path


@pytest.mark.parametrize(
    "path",
    [p for folder in ("src", "tests", "training", "benchmarks") for p in _modules(ROOT / folder)],
    ids=lambda p: str(p.relative_to(ROOT)),
)
def test_modules_stay_one_room(path: Path) -> None:
    """A module has under 400 lines: a longer one is two."""
    assert len(path.read_text(encoding="utf-8").splitlines()) < LONGEST


def test_public_modules_say_what_they_give() -> None:
    """Every module of the package has a docstring, and one with public functions lists its names."""
    for path in _modules(SOURCE):
        tree = _tree(path)
        assert ast.get_docstring(tree) or not tree.body, path
