"""Read reports from JSON: one object, or one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from dateline.errors import BrokenLine, InputError
from dateline.record import Origins, Report
from dateline.reports.bounded import lines, whole
from dateline.reports.dates import stated_date
from dateline.reports.loading import Columns, Found, Loading
from dateline.reports.text import decode, make_report, mend_surrogates

__all__ = [
    "is_json_object",
    "read_json",
    "read_json_lines",
    "read_objects",
    "read_stream",
    "report_of_row",
]

_DATES = ("published", "updated")
_AROUND = "\ufeff \t\r\n"
_COLUMNS = Columns()


def read_stream(stream: BinaryIO, where: str, loading: Loading) -> Found:
    """Yield a report, or an error, for each line of a stream."""
    yield from read_json_lines(
        lines(stream, where), where=where, published=loading.published, columns=loading.columns
    )


def read_objects(stream: BinaryIO, where: str, loading: Loading) -> Found:
    """Read one JSON object over any number of lines, or one a line where the first line is one."""
    data = whole(stream, where)
    options: dict[str, Any] = {"published": loading.published, "columns": loading.columns}
    first, _, rest = data.lstrip().partition(b"\n")
    if rest.strip() and is_json_object(first):
        yield from read_json_lines(data.split(b"\n"), where=where, **options)
    else:
        yield read_json(data, where=where, **options)


def read_json_lines(
    rows: Iterable[bytes | InputError],
    *,
    where: str,
    published: str | None = None,
    columns: Columns = _COLUMNS,
) -> Iterator[Report | InputError]:
    """Yield a report for each line, or the error of a line that can't be read, and go on.

    A line is an object with `text` and, if known, `title`, `published`,
    `publisher`, `url`, `updated`, `author` and `section`, under these keys or
    those that `columns` names; other keys are passed over, and so are blank
    lines. `published` from the caller wins over that of the line.
    """
    for number, line in enumerate(rows, 1):
        if isinstance(line, InputError):
            yield line
        elif line.strip():
            try:
                yield read_json(line, where=f"{where}:{number}", published=published, columns=columns)
            except InputError as error:
                yield error


def read_json(
    data: bytes, *, where: str, published: str | None = None, columns: Columns = _COLUMNS
) -> Report:
    """Make a report of one JSON object.

    A value that is of no use (a title that is no text, a published date that
    is none) is left out with a notice. Raises BrokenLine when the data is no
    JSON object or has no text, and the errors of `decode`.
    """
    text, notices = decode(data, where=where)
    row = _parsed(text.strip(_AROUND), where)
    if not isinstance(row, dict):
        raise BrokenLine("no JSON object", where=where, hint='write {"text": "..."}')
    return report_of_row(row, where=where, published=published, columns=columns, notices=notices)


def report_of_row(
    row: Mapping[str, Any],
    *,
    where: str,
    published: str | None = None,
    columns: Columns = _COLUMNS,
    notices: tuple[str, ...] = (),
) -> Report:
    """Make a report of a row of a table or of a JSON object; raises BrokenLine when it has no text."""
    body = row.get(columns.text)
    if not isinstance(body, str) or not body.strip():
        raise BrokenLine("has no text", where=where, hint=f'put the report under the key "{columns.text}"')
    known: dict[str, str | None] = {}
    for name, column in columns.names():
        value = row.get(column)
        if name in _DATES:
            known[name], said = stated_date(value, name)
            notices += () if published and name == "published" else said
        elif name != "text" and value is not None:
            if isinstance(value, str):
                known[name] = mend_surrogates(value)[0] if value.strip() else None
            else:
                notices = (*notices, f"{name} left out: it is no text")
    known["published"] = published or known["published"]
    origins = Origins(published="caller") if published else Origins()
    return make_report(body, where=where, notices=notices, origins=origins, **known)


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
    except ValueError as error:  # a number of thousands of digits
        raise BrokenLine("holds a value that can't be read", where=where) from error
    except RecursionError as error:
        raise BrokenLine("nested too deeply", where=where) from error
