"""The documents: their links lead somewhere, and their Python runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_links_lead_somewhere(path: Path) -> None:
    """Every link within the repository is to a file that is there."""
    links = [link for link in _LINK.findall(path.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_readme_leads_to_every_document() -> None:
    """From the README each document is one link away."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [p.name for p in DOCUMENTS[2:] if f"docs/{p.name}" not in text] == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (f"{_name(p)}-{i}", code)
        for p in DOCUMENTS
        for i, code in enumerate(_PYTHON.findall(p.read_text(encoding="utf-8")))
    ],
    ids=lambda value: value if "\n" not in value else "",
)
def test_examples_run(name: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each Python example of a document runs as it stands, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    exec(compile(code, name, "exec"), {"__name__": name})
