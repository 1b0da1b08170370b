"""Read reports from tables, one a row: CSV and Parquet, by the names of their columns."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from typing import Any, BinaryIO

from dateline.errors import BrokenFile, BrokenLine, EmptyInput, InputError, MissingInput, TooLarge
from dateline.reports.bounded import Headed, lines
from dateline.reports.jsonl import report_of_row
from dateline.reports.loading import Columns, Found, Loading
from dateline.reports.text import MAX_BYTES, decode

__all__ = ["delimiter_of", "read_csv", "read_parquet"]

_DELIMITERS = ",;\t|"
_SNIFFED = 65_536
_BATCH = 64  # rows of a Parquet file in memory at once: a report has kilobytes, a row group thousands


def delimiter_of(data: bytes, columns: Columns) -> str | None:
    """Give what parts the columns of a table, by its first line, None where that names no column of text."""
    first = data[:_SNIFFED].partition(b"\n")[0].decode("utf-8-sig", "replace").rstrip("\r")
    for delimiter in _DELIMITERS:
        try:
            names = next(csv.reader([first], delimiter=delimiter), [])
        except csv.Error:
            continue
        if len(names) > 1 and columns.text in [name.strip() for name in names]:
            return delimiter
    return None


def read_csv(stream: BinaryIO, where: str, loading: Loading) -> Found:
    """Yield a report, or an error, for each row of a CSV or TSV file; its first row names the columns.

    Raises MissingInput when none of them holds the text.
    """
    headed = Headed(stream, _SNIFFED)
    if not headed.head.strip():
        raise EmptyInput("nothing in it", where=where)
    cut = len(headed.head) == _SNIFFED  # in the middle of a character, perhaps
    head = (headed.head[: headed.head.rfind(b"\n") + 1] if cut else b"") or headed.head
    encoding = _encoding(head, where)
    delimiter = delimiter_of(_as_utf_8(head, encoding), loading.columns) or ","
    rows = _rows(_Text(headed, encoding, where), delimiter, where)
    names = [name.strip() for name in next((row for row in rows if not isinstance(row, InputError)), [])]
    if loading.columns.text not in names:
        shown = ", ".join(names)[:200]
        what = f"has no column {loading.columns.text!r}; its columns are {shown}"
        raise MissingInput(what, where=where, hint="name it with --column text=NAME")
    for number, row in enumerate(rows, 2):
        yield _row(row, names, f"{where}:row {number}", loading)


def _row(row: list[str] | InputError, names: list[str], where: str, loading: Loading) -> Any:
    if isinstance(row, InputError):
        return row
    try:
        if len(row) != len(names):
            raise BrokenLine(f"has {len(row)} columns, the first row {len(names)}", where=where)
        cells = {name: value or None for name, value in zip(names, row, strict=True)}
        broken = any("\ufffd" in value for value in row)
        notices = ("broken characters were replaced by U+FFFD",) if broken else ()
        return report_of_row(
            cells, where=where, published=loading.published, columns=loading.columns, notices=notices
        )
    except InputError as error:
        return error


def _rows(text: Iterator[str], delimiter: str, where: str) -> Iterator[list[str] | InputError]:
    """Yield the rows that aren't blank; one that is too long or broken is yielded as its error."""
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(text, delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BrokenLine(f"broken row ({error})", where=f"{where}:{reader.line_num}")
        except TooLarge as error:
            yield error
        else:
            if any(row):
                yield row


class _Text:
    """The lines of a table, decoded one by one; a line that is too long is raised once, and passed over."""

    def __init__(self, stream: Any, encoding: str, where: str) -> None:
        self._lines, self._encoding = lines(stream, where), encoding
        self._first = True

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        if isinstance(line, TooLarge):
            raise line
        text = self._decoded(line).replace("\x00", "\ufffd")
        if self._first:
            text, self._first = text.removeprefix("\ufeff"), False
        return text

    def _decoded(self, line: bytes) -> str:
        """Decode a line; one that isn't in the table's encoding is most likely from a Western spreadsheet."""
        try:
            return line.decode(self._encoding)
        except UnicodeDecodeError:
            return line.decode("cp1252", "replace")


def _encoding(head: bytes, where: str) -> str:
    """Tell the encoding by the beginning of a table."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise BrokenFile("a table in UTF-16", where=where, hint="save it as UTF-8")
    _, notices = decode(head, where=where)
    said = notices[0] if notices else ""
    return said.rpartition(" ")[2] if said.startswith("not UTF-8") else "utf-8"


def _as_utf_8(head: bytes, encoding: str) -> bytes:
    return head.decode(encoding, "replace").encode()


def read_parquet(stream: BinaryIO, where: str, loading: Loading) -> Found:
    """Yield a report, or an error, for each row of a Parquet file, some at a time.

    Raises MissingInput without pyarrow, from a pipe, or without a column of
    text, BrokenFile when it is damaged.
    """
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError as error:
        hint = "pip install 'dateline[tables]'"
        raise MissingInput("Parquet is read by pyarrow, which is not here", where=where, hint=hint) from error
    if not stream.seekable():
        raise MissingInput("Parquet can't be read from a pipe", where=where, hint="pass the file")
    try:
        table = parquet.ParquetFile(stream)
        wanted = dict(loading.columns.names())
        names = [name for name in table.schema_arrow.names if name in wanted.values()]
        if wanted["text"] not in names:
            shown = ", ".join(table.schema_arrow.names)[:200]
            what = f"has no column {wanted['text']!r}; its columns are {shown}"
            raise MissingInput(what, where=where, hint="name it with --column text=NAME")
        number = 0
        for batch in table.iter_batches(batch_size=_BATCH, columns=names):
            for row in batch.to_pylist():
                number += 1
                yield _parquet_row(row, f"{where}:row {number}", loading)
    except (arrow.ArrowException, OSError, ValueError) as error:
        what = f"damaged Parquet ({str(error).splitlines()[0][:120] if str(error) else 'unreadable'})"
        raise BrokenFile(what, where=where) from error


def _parquet_row(row: dict[str, Any], where: str, loading: Loading) -> Any:
    for name in ("published", "updated"):
        column = getattr(loading.columns, name)
        if hasattr(row.get(column), "isoformat"):
            row[column] = row[column].isoformat()
    try:
        return report_of_row(row, where=where, published=loading.published, columns=loading.columns)
    except InputError as error:
        return error
