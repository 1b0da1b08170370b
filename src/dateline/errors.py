"""The error tree: each error is one line that says what, where and what to do.

::

    DatelineError
    ├── InputError            a report that can't be read
    │   ├── MissingInput      no such file, or it can't be opened
    │   ├── EmptyInput        nothing in it
    │   ├── BinaryInput       not text
    │   ├── EncodingError     bytes that no known encoding reads
    │   ├── BrokenFile        damaged, or not of the format that it says
    │   ├── BrokenLine        a JSON line that is cut off or lacks its text
    │   ├── FetchError        an address that can't be fetched
    │   ├── NoArticle         a page without an article
    │   ├── ForeignLanguage   not in a language that the reader knows
    │   └── TooLarge          more text than a report can have
    ├── ConfigError           a file of feeds or of alerts that can't be used as it stands
    ├── DateError             a date that is none
    ├── FilterError           a question that can't be asked as it stands
    ├── SendError             an alert that a channel didn't take
    ├── SchemaError           a record that does not fit its schema
    ├── ExportError           what can't be written as asked
    ├── AccountError          an account that can't be made or changed as asked
    ├── ApiError              what a desk that was asked answered instead
    ├── EvaluationError       gold data that can't be measured with
    ├── StoreError            a store that can't be used as asked
    │   ├── StoreBusy         another process holds it too long
    │   ├── StoreDamaged      no database, or a broken one
    │   ├── StoreFull         no room left to write
    │   ├── StoreNewer        made by a newer version
    │   ├── StoreReadOnly     can't be written to
    │   ├── StoreUnreachable  can't be opened, or no server answers
    │   ├── NotInStore        no such report, incident or decision
    │   ├── Purged            a text that was erased for good
    │   └── DecisionError     a decision that can't be carried out
    └── AssetError            the model or the gazetteer is missing or damaged
"""

from __future__ import annotations

__all__ = [
    "AccountError",
    "ApiError",
    "AssetError",
    "BinaryInput",
    "BrokenFile",
    "BrokenLine",
    "ConfigError",
    "DateError",
    "DatelineError",
    "DecisionError",
    "EmptyInput",
    "EncodingError",
    "EvaluationError",
    "ExportError",
    "FetchError",
    "FilterError",
    "ForeignLanguage",
    "InputError",
    "MissingInput",
    "NoArticle",
    "NotInStore",
    "Purged",
    "SchemaError",
    "SendError",
    "StoreBusy",
    "StoreDamaged",
    "StoreError",
    "StoreFull",
    "StoreNewer",
    "StoreReadOnly",
    "StoreUnreachable",
    "TooLarge",
]


class DatelineError(Exception):
    """Say in one line what is wrong, where, and what to do about it."""

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
        self.what, self.where, self.hint = what, where, hint
        place = f"{where}: " if where else ""
        todo = f"; {hint}" if hint else ""
        super().__init__(" ".join(f"{place}{what}{todo}".split()))


class InputError(DatelineError):
    """A report that can't be read."""


class MissingInput(InputError):
    """No such file, or it can't be opened."""


class EmptyInput(InputError):
    """Nothing in it."""


class BinaryInput(InputError):
    """Not text."""


class EncodingError(InputError):
    """Bytes that no known encoding reads."""


class BrokenFile(InputError):
    """Damaged, or not of the format that it says."""


class BrokenLine(InputError):
    """A JSON line that is cut off or lacks its text."""


class FetchError(InputError):
    """An address that can't be fetched.

    `status` is what the server answered (None where nothing came); `final`
    tells that trying again is of no use; `after` is the pause in seconds that
    the server asked for.
    """

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        hint: str | None = None,
        status: int | None = None,
        final: bool = False,
        after: float | None = None,
    ) -> None:
        super().__init__(what, where=where, hint=hint)
        self.status, self.final, self.after = status, final, after


class NoArticle(InputError):
    """A page without an article."""


class ForeignLanguage(InputError):
    """Not in a language that the reader knows."""


class TooLarge(InputError):
    """More text than a report can have."""


class ConfigError(DatelineError):
    """A file of feeds or of alerts that can't be used as it stands."""


class DateError(DatelineError):
    """A date that is none."""


class FilterError(DatelineError):
    """A question that can't be asked as it stands; `where` is the name of the filter at fault."""


class SchemaError(DatelineError):
    """A record that does not fit its schema."""


class ExportError(DatelineError):
    """What can't be written as asked."""


class SendError(DatelineError):
    """An alert that a channel didn't take; it is tried again."""


class AccountError(DatelineError):
    """An account, a role or a token that can't be made or changed as asked."""


class ApiError(DatelineError):
    """What a desk answered instead of what it was asked; `status` is HTTP's, None without an answer."""

    def __init__(
        self, what: str, *, where: str | None = None, hint: str | None = None, status: int | None = None
    ) -> None:
        super().__init__(what, where=where, hint=hint)
        self.status = status


class EvaluationError(DatelineError):
    """Gold data that can't be measured with."""


class StoreError(DatelineError):
    """A store that can't be used as asked."""


class StoreBusy(StoreError):
    """Another process holds the store too long."""


class StoreDamaged(StoreError):
    """No database, or a broken one."""


class StoreFull(StoreError):
    """No room left to write; what was written before is kept."""


class StoreNewer(StoreError):
    """Made by a newer version of Dateline."""


class StoreReadOnly(StoreError):
    """A store that can't be written to."""


class StoreUnreachable(StoreError):
    """A store that can't be opened, or whose server doesn't answer."""


class NotInStore(StoreError):
    """No such report, incident or decision."""


class Purged(StoreError):
    """A text that was erased for good."""


class DecisionError(StoreError):
    """A decision that can't be carried out."""


class AssetError(DatelineError):
    """The model or the gazetteer is missing or damaged."""
