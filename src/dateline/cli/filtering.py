"""The filter language as options: one decorator gives a command all of them."""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import typer

from dateline.errors import FilterError
from dateline.store.asking import FILTERS, parse_filter

__all__ = ["filtered"]

# The options' types and what stands for their value in the help.
_KINDS: dict[str, tuple[type, str | None]] = {
    "country": (str, "COUNTRY"), "place": (str, "PLACE"), "radius": (str, "KM"), "type": (str, "TYPE"),
    "since": (str, "DATE"), "until": (str, "DATE"), "actor": (str, "NAME"), "killed": (str, "N"),
    "contested": (bool, None), "text": (str, "WORDS"),
}  # fmt: skip
_ARGUMENT = "wanted"


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of the filter language; it takes the Filter as its argument `wanted`.

    What can't be asked is a usage error that names the option.
    """
    command.__annotations__.pop(_ARGUMENT, None)  # known to type checkers only
    hints = typing.get_type_hints(command, include_extras=True)
    own = [p.replace(annotation=hints.get(n)) for n, p in inspect.signature(command).parameters.items()]
    at = [parameter.name for parameter in own].index(_ARGUMENT)

    @functools.wraps(command)
    def asked(**given: Any) -> None:
        typed = {name: given.pop(name) for name in FILTERS}
        try:
            wanted = parse_filter(typed)
        except FilterError as problem:
            hint = f"; {problem.hint}" if problem.hint else ""
            raise typer.BadParameter(problem.what + hint, param_hint=f"--{problem.where}") from problem
        command(**{_ARGUMENT: wanted}, **given)

    options = [*own[:at], *_options(), *own[at + 1 :]]
    asked.__dict__["__signature__"] = inspect.Signature(options)
    asked.__annotations__ = {option.name: option.annotation for option in options}
    return asked


def _options() -> Iterator[inspect.Parameter]:
    for name, help_ in FILTERS.items():
        kind, shown = _KINDS[name]
        option = typer.Option(f"--{name}", metavar=shown, help=help_)
        yield inspect.Parameter(
            name,
            inspect.Parameter.POSITIONAL_OR_KEYWORD,
            default=False if kind is bool else None,
            annotation=Annotated[kind if kind is bool else kind | None, option],
        )
