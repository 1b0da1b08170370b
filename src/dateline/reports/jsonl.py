"""Read reports from JSON: one object, or one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from dateline.errors import BrokenLine, InputError
from dateline.record import Report
from dateline.reports.dates import stated_date
from dateline.reports.text import decode, make_report, mend_surrogates

__all__ = ["is_json_object", "read_json", "read_json_lines"]

_NAMES = ("title", "publisher", "url")
_AROUND = "\ufeff \t\r\n"


def read_json_lines(
    lines: Iterable[bytes], *, where: str, published: str | None = None
) -> Iterator[Report | InputError]:
    """Yield a report for each line, or the error of a line that can't be read, and go on.

    A line is an object with `text` and, if known, `title`, `published`,
    `publisher` and `url`; other keys are passed over, and so are blank lines.
    `published` from the caller wins over that of the line.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield read_json(line, where=f"{where}:{number}", published=published)
            except InputError as error:
                yield error


def read_json(data: bytes, *, where: str, published: str | None = None) -> Report:
    """Make a report of one JSON object.

    A value that is of no use (a title that is no text, a published date that
    is none) is left out with a notice. Raises BrokenLine when the data is no
    JSON object or has no text, and the errors of `decode`.
    """
    text, notices = decode(data, where=where)
    row = _parsed(text.strip(_AROUND), where)
    if not isinstance(row, dict):
        raise BrokenLine("no JSON object", where=where, hint='write {"text": "..."}')
    body = row.get("text")
    if not isinstance(body, str) or not body.strip():
        raise BrokenLine("has no text", where=where, hint='put the report under the key "text"')
    known, left_out = _known(row)
    day, no_date = stated_date(row.get("published"), "published")
    return make_report(
        body,
        where=where,
        notices=notices + left_out + (() if published else no_date),
        published=published or day,
        **known,
    )


def is_json_object(data: bytes) -> bool:
    """Tell whether these bytes are one whole JSON object."""
    try:
        return isinstance(json.loads(data.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        what = f"broken or cut off at character {error.pos} ({error.msg.removesuffix(' at')})"
        raise BrokenLine(what, where=where, hint="each line must be one whole JSON object") from error
    except RecursionError as error:
        raise BrokenLine("nested too deeply", where=where) from error


def _known(row: dict[str, Any]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Take the names that are text, and say which are not."""
    texts = {name: row[name] for name in _NAMES if isinstance(row.get(name), str) and row[name].strip()}
    known = {name: mend_surrogates(value)[0] for name, value in texts.items()}
    wrong = [name for name in _NAMES if row.get(name) is not None and not isinstance(row[name], str)]
    return known, tuple(f"{name} left out: it is no text" for name in wrong)
