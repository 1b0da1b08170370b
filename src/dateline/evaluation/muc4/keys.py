"""Read MUC-4's answer keys (`key-*.v7`, `.v4`, `.muc4`) and dispatches.

A template is a block of numbered slots. A slot has any number of lines; a line
is `"STRING" / "OTHER STRING"`, alternatives for one filler, perhaps with
`: "CROSS-REFERENCE"` behind and `?` (optional) before it. `*` does not apply,
`-` is empty. Comments begin with `;`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

__all__ = ["Filler", "Template", "dispatches", "normalised", "templates"]

_SLOT = re.compile(r"^\s*(\d+)\.\s+([A-Z]+(?: [A-Z]+)?: [A-Z ]+?)(?:\s{2,}(.*))?$")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"?')
_BRACKETED = re.compile(r"\s*\(.*$")  # who coded it, behind the id
_DISPATCH = re.compile(r"^((?:DEV|TST\d)-MUC\d-\d{4}).*$", re.MULTILINE)
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")  # ASCII's, as Python's string.punctuation
Slots = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Filler:
    """One line of a slot: the code before the colon (for set fills), its alternative strings, and what
    strings it refers to; `optional` where the key has a question mark.
    """

    code: str
    strings: tuple[str, ...]
    refers: tuple[str, ...] = ()
    optional: bool = False


@dataclass(slots=True)
class Template:
    """One incident of one dispatch: its fillers by the name of the slot."""

    message: str
    slots: dict[str, list[Filler]] = field(default_factory=dict)

    def get(self, slot: str) -> list[Filler]:
        """Give the fillers of a slot, none where it is empty or does not apply."""
        return self.slots.get(slot, [])


def normalised(text: str) -> str:
    """Lower a string, take punctuation, articles and surplus blanks out, as the published scorer does."""
    return " ".join(_ARTICLES.sub(" ", _PUNCTUATION.sub("", text.lower())).split())


def templates(key: str) -> Iterator[Template]:
    """Read the templates of a key file; a dispatch without an incident gives an empty one."""
    template: Template | None = None
    for slots in _blocks(key):
        message = _BRACKETED.sub("", " ".join(slots.get("MESSAGE: ID", []))).strip()
        template = Template(message)
        for name, lines in slots.items():
            fillers = [_filler(line) for line in _joined(lines) if line not in ("*", "-")]
            template.slots[name] = fillers
        yield template


def _blocks(key: str) -> Iterator[Slots]:
    slots: Slots = {}
    name = ""
    for line in key.splitlines():
        if line.lstrip().startswith(";") or not line.strip():
            continue
        match = _SLOT.match(line)
        if match:
            if int(match[1]) == 0 and slots:
                yield slots
                slots = {}
            name = match[2].strip()
            slots[name] = [match[3].strip()] if match[3] else []
        elif name:
            slots[name].append(line.strip())
    if slots:
        yield slots


def _joined(lines: Sequence[str]) -> list[str]:
    """Join the lines of a filler that runs over several."""
    out: list[str] = []
    for line in lines:
        open_end = bool(out) and (out[-1].endswith((":", "/")) or _quotes(out[-1]) % 2 == 1)
        if open_end or line.startswith((":", "/")):
            out[-1] += " " + line
        else:
            out.append(line)
    return out


def _quotes(line: str) -> int:
    return len(re.findall(r'(?<!\\)"', line))


def _filler(line: str) -> Filler:
    before, after = _halves(line)
    optional = before.startswith("?")
    strings = tuple(_strings(before))
    code = "" if strings else before.lstrip("? ").strip()
    return Filler(code, strings, tuple(_strings(after)), optional)


def _halves(line: str) -> tuple[str, str]:
    """Part a line at the colon outside of quotation marks."""
    at, inside = 0, False
    while at < len(line):
        if line[at] == "\\":
            at += 1
        elif line[at] == '"':
            inside = not inside
        elif line[at] == ":" and not inside:
            return line[:at].strip(), line[at + 1 :].strip()
        at += 1
    return line.strip(), ""


def _strings(part: str) -> Iterator[str]:
    for match in _STRING.finditer(part):
        text = match[1].replace('\\"', '"').strip()
        if text and text != "-":
            yield text


def dispatches(text: str) -> Iterator[tuple[str, str]]:
    """Yield the dispatches of a file as (id, text), wrapped lines joined to paragraphs."""
    pieces = _DISPATCH.split(text)
    for message, body in zip(pieces[1::2], pieces[2::2], strict=True):
        paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", body))
        yield message, "\n\n".join(part for part in paragraphs if part)
