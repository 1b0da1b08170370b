"""Ask a desk over its API: the objects are the package's own, lists go on over all pages by themselves.

>>> from dateline.client import Client
>>> with Client("https://desk.example", token="dlt_...") as desk:              # doctest: +SKIP
...     for incident in desk.incidents(country="Mali", killed=10):
...         print(incident.start, incident.title)
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, TypedDict, TypeVar, Unpack
from urllib.parse import quote

import httpx
import msgspec

from dateline.desk.api.objects import Added, Hit
from dateline.errors import ApiError
from dateline.record import Incident, Posture, Record, Report
from dateline.store.decisions import Decision
from dateline.store.linking import Copy

__all__ = ["Added", "Asked", "Client", "Hit", "Order", "Row"]

_T = TypeVar("_T")
Row = dict[str, str | int | float | bool | None]
Order = Literal["newest", "oldest"]
_PAGE = 200  # rows asked for at once, the most that a desk gives
_TRIES = 4  # of a question; what changes something is asked once
_LONGEST_PAUSE = 60.0  # seconds that a desk may make us wait before we give up


class Asked(TypedDict, total=False):
    """The filters, as `dateline incidents` has them."""

    country: str
    place: str
    radius: float
    type: str
    since: str
    until: str
    actor: str
    killed: int
    contested: bool
    text: str


class _Problem(msgspec.Struct):
    title: str = ""
    where: str | None = None
    hint: str | None = None
    errors: tuple[dict[str, str], ...] = ()


class _Page(msgspec.Struct):
    items: tuple[msgspec.Raw, ...]
    next: str | None = None
    revision: int = 0


class Client:
    """Asks one desk. Use it as a context manager or call `close`.

    Every method raises ApiError when the desk can't be reached, refuses, or finds no such thing; a
    question that it is too busy for is asked again after the pause that it names.
    """

    def __init__(
        self,
        url: str = "http://127.0.0.1:8300",
        *,
        token: str | None = None,
        timeout: float = 30.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """`token` is what `dateline account token` gave; `timeout` in seconds."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        base = url.rstrip("/") + "/api/v1/"
        self._http = httpx.Client(base_url=base, headers=headers, timeout=timeout, transport=transport)

    def close(self) -> None:
        """Close every connection."""
        self._http.close()

    def __enter__(self) -> Client:
        """Give itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        self.close()

    # Lists.

    def incidents(self, **asked: Unpack[Asked]) -> Iterator[Incident]:
        """Yield incidents, the latest first, those without a day last."""
        return self._listed("incidents", Incident, asked)

    def reports(
        self, *, order: Order = "newest", url: str | None = None, **asked: Unpack[Asked]
    ) -> Iterator[Report]:
        """Yield reports; a filter keeps those that tell of such an incident, `url` those that stood there."""
        return self._listed("reports", Report, {**asked, "order": order, "url": url})

    def records(self, *, order: Order = "newest", **asked: Unpack[Asked]) -> Iterator[Record]:
        """Yield records, as people's decisions have them."""
        return self._listed("records", Record, {**asked, "order": order})

    def events(self, *, order: Order = "newest", **asked: Unpack[Asked]) -> Iterator[Row]:
        """Yield events as flat rows."""
        return self._listed("events", Row, {**asked, "order": order})

    def figures(self, *, order: Order = "newest", **asked: Unpack[Asked]) -> Iterator[Row]:
        """Yield figures as flat rows."""
        return self._listed("figures", Row, {**asked, "order": order})

    def claims(self, *, order: Order = "newest", **asked: Unpack[Asked]) -> Iterator[Row]:
        """Yield claims as flat rows."""
        return self._listed("claims", Row, {**asked, "order": order})

    def postures(self, *, sender: str | None = None, host: str | None = None) -> Iterator[Posture]:
        """Yield postures of a sender, in a host country (alpha-3 or name), or all."""
        return self._listed("postures", Posture, {"sender": sender, "host": host})

    def decisions(self, *, in_force: bool = False) -> Iterator[Decision]:
        """Yield decisions in the order in which they were made."""
        return self._listed("decisions", Decision, {"in_force": in_force})

    def search(self, words: str, **asked: Unpack[Asked]) -> Iterator[Hit]:
        """Yield the reports that hold words and "phrases", the latest kept first."""
        return self._listed("search", Hit, {**asked, "q": words})

    def copies(self, report: str) -> Iterator[Copy]:
        """Yield the other appearances of a report's text."""
        return self._listed(f"reports/{_part(report)}/copies", Copy, {})

    def changes(self, since: int = 0) -> tuple[list[Incident], int]:
        """Give the incidents changed since a revision, in the order of the changes, and the revision now."""
        found: list[Incident] = []
        asked: dict[str, Any] = {"since": since, "limit": _PAGE}
        while True:
            page = self._page("incidents/changes", asked)
            found += [msgspec.json.decode(row, type=Incident) for row in page.items]
            if page.next is None:
                return found, page.revision
            asked["cursor"] = page.next

    def stream(self, since: int | None = None) -> Iterator[Incident]:
        """Yield incidents as they come or change, for good; with `since` first what changed after it."""
        asked = {} if since is None else {"since": since}
        idle = httpx.Timeout(10.0, read=60.0)  # a desk with nothing new says so four times a minute
        with (
            self._reached(),
            self._http.stream("GET", "incidents/stream", params=asked, timeout=idle) as answer,
        ):
            if answer.status_code != 200:
                answer.read()
                raise _problem(answer)
            for line in answer.iter_lines():
                if line.startswith("data: "):
                    yield msgspec.json.decode(line[6:], type=Incident)

    # Single things.

    def incident(self, name: str) -> Incident:
        """Give an incident by its id, the beginning of it, or an id that it had before."""
        return self._one(f"incidents/{_part(name)}", Incident)

    def incident_records(self, name: str) -> list[Record]:
        """Give the records of all reports of an incident, in the order of publication."""
        return list(self._listed(f"incidents/{_part(name)}/records", Record, {}, sized=False))

    def report(self, name: str) -> Report:
        """Give a report by its id or the beginning of its digest."""
        return self._one(f"reports/{_part(name)}", Report)

    def record(self, report: str, *, corrected: bool = True) -> Record:
        """Give what was read in a report, as people's decisions have it if `corrected`."""
        return self._one(f"reports/{_part(report)}/record", Record, {"corrected": corrected})

    # What is done.

    def read(self, text: str, **known: str) -> Record:
        """Have a text read; nothing is kept. `known`: title, publisher, url, published."""
        return msgspec.json.decode(self._post("read", {"text": text, **known}).content, type=Record)

    def add(self, text: str, **known: str) -> Added:
        """Add a report. `known`: title, publisher, url, published."""
        return msgspec.json.decode(self._post("reports", {"text": text, **known}).content, type=Added)

    def merge(self, incidents: Collection[str], *, why: str) -> Decision:
        """Say that incidents are one."""
        return self._decide(kind="merge", incidents=list(incidents), why=why)

    def split(self, incident: str, reports: Collection[str], *, why: str) -> Decision:
        """Say that reports of an incident (or REPORT#EVENT) tell of another one."""
        return self._decide(kind="split", incident=incident, reports=list(reports), why=why)

    def keep_apart(self, one: str, other: str, *, why: str) -> Decision:
        """Say that two incidents are not the same."""
        return self._decide(kind="apart", incidents=[one, other], why=why)

    def accept(self, what: str, *, why: str) -> Decision:
        """Say that an incident or a fact (REPORT#FACT) was looked at and is right."""
        return self._decide(kind="accept", what=what, why=why)

    def correct(self, what: str, changes: Mapping[str, Any], *, why: str) -> Decision:
        """Say what fields of an incident or a fact (REPORT#FACT) should be."""
        return self._decide(kind="correct", what=what, changes=dict(changes), why=why)

    def reject(self, what: str, *, why: str) -> Decision:
        """Say that an incident or a fact (REPORT#FACT) is none."""
        return self._decide(kind="reject", what=what, why=why)

    def undo(self, decision: str, *, why: str) -> Decision:
        """Take a decision back."""
        return self._decide(kind="undo", decision=decision, why=why)

    def export(self, what: str, form: str, target: Path | str, **asked: Unpack[Asked]) -> int:
        """Write an export to a file, which is there whole or not at all; give how many bytes."""
        path = Path(target)
        part = path.with_name(f".{path.name}.part")
        params = {**_params(dict(asked)), "format": form}
        try:
            with self._reached(), self._http.stream("GET", f"export/{_part(what)}", params=params) as answer:
                if answer.status_code != 200:
                    answer.read()
                    raise _problem(answer)
                with part.open("wb") as file:
                    size = sum(file.write(chunk) for chunk in answer.iter_bytes())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return size

    # How.

    def _decide(self, **asked: Any) -> Decision:
        return msgspec.json.decode(self._post("decisions", asked).content, type=Decision)

    def _one(self, path: str, kind: type[_T], asked: Mapping[str, Any] | None = None) -> _T:
        return msgspec.json.decode(self._get(path, asked or {}).content, type=kind)

    def _listed(self, path: str, kind: Any, asked: Mapping[str, Any], *, sized: bool = True) -> Iterator[Any]:
        params = {**asked, **({"limit": _PAGE} if sized and not path.endswith("/copies") else {})}
        while True:
            page = self._page(path, params)
            for row in page.items:
                yield msgspec.json.decode(row, type=kind)
            if page.next is None:
                return
            params = {**params, "cursor": page.next}

    def _page(self, path: str, asked: Mapping[str, Any]) -> _Page:
        return msgspec.json.decode(self._get(path, asked).content, type=_Page)

    def _get(self, path: str, asked: Mapping[str, Any]) -> httpx.Response:
        for left in range(_TRIES - 1, -1, -1):
            with self._reached():
                answer = self._http.get(path, params=_params(asked))
            if answer.status_code == 200:
                return answer
            pause = _pause(answer)
            if pause is None or not left:
                break
            time.sleep(pause)
        raise _problem(answer)

    def _post(self, path: str, sent: Mapping[str, Any]) -> httpx.Response:
        body = msgspec.json.encode(sent)
        with self._reached():
            answer = self._http.post(path, content=body, headers={"Content-Type": "application/json"})
        if answer.status_code not in (200, 201):
            raise _problem(answer)
        return answer

    def _reached(self) -> _Reached:
        return _Reached(str(self._http.base_url))


class _Reached:
    """Turns what httpx raises into one line."""

    def __init__(self, where: str) -> None:
        self.where = where

    def __enter__(self) -> None:
        """Nothing to do."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raise ApiError for an answer that didn't come."""
        if isinstance(error, httpx.HTTPError | httpx.InvalidURL):
            words = str(error) or type(error).__name__
            hint = "check the address, and that dateline serve runs there"
            raise ApiError(f"the desk doesn't answer ({words})", where=self.where, hint=hint) from error


def _part(name: str) -> str:
    return quote(name, safe="")


def _params(asked: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in asked.items()
        if value is not None
    }


def _pause(answer: httpx.Response) -> float | None:
    """Give the seconds after which to ask again, None where that is of no use."""
    if answer.status_code not in (429, 503):
        return None
    after = answer.headers.get("retry-after", "1")
    seconds = float(after) if after.isdecimal() else 1.0
    return seconds if seconds <= _LONGEST_PAUSE else None


def _problem(answer: httpx.Response) -> ApiError:
    try:
        told = msgspec.json.decode(answer.content, type=_Problem)
    except msgspec.MsgspecError:
        told = _Problem(title=f"the desk answered {answer.status_code}")
    listed = "; ".join(f"{one.get('where')}: {one.get('what')}" for one in told.errors)
    what = f"{told.title} ({listed})" if listed else told.title
    return ApiError(what, where=told.where, hint=told.hint, status=answer.status_code)
