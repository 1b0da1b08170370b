"""Tags of answers: of the store's state, the version and what was asked; the same in every process."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

from fastapi import Request, Response

from dateline import __version__
from dateline.desk.core import desk_of
from dateline.desk.guard import is_known

__all__ = ["JSON", "Tag", "tagged"]

JSON = "application/json"


class Tag:
    """The tag of an answer: of the store's state, the version and what was asked."""

    def __init__(self, request: Request) -> None:
        state = desk_of(request).store.paging.state()
        asked = f"{__version__} {state} {request.url.path}?{request.url.query}"
        self.text = f'W/"{blake2b(asked.encode(), digest_size=12).hexdigest()}"'
        self.known = is_known(self.text, request.headers.get("if-none-match", ""))


def tagged(request: Request, make: Callable[[], bytes], kind: str = JSON) -> Response:
    """Answer with what `make` gives, which isn't asked where the caller has it already."""
    tag = Tag(request)
    headers = {"ETag": tag.text}
    if tag.known:
        return Response(status_code=304, headers=headers)
    return Response(make(), headers=headers, media_type=kind)
