"""Countries by alpha-3, with their codes and names in the schemes that exports write.

`data/countries.csv`: ISO 3166-1 codes; Gleditsch and Ward's numbers of states as UCDP uses them, and
its numbers of their governments (UCDP Actor List 22.1); the regions of ACLED and UCDP; the names
that these give a country where they differ from ours.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files

import msgspec

__all__ = ["Country", "country", "every_country"]


class Country(msgspec.Struct, frozen=True, kw_only=True):
    """One country: `numeric` is ISO 3166-1, `gwno` Gleditsch and Ward's number; None where it has none."""

    alpha3: str
    alpha2: str | None
    numeric: int | None
    gwno: int | None
    acled_region: str | None
    ucdp_region: str | None
    name: str
    acled_name: str
    ucdp_name: str
    ucdp_government: int | None


@lru_cache(maxsize=1)
def _countries() -> dict[str, Country]:
    text = files("dateline.exports").joinpath("data/countries.csv").read_text(encoding="utf-8")
    return {row["alpha3"]: _made(row) for row in csv.DictReader(text.splitlines())}


def _made(row: dict[str, str]) -> Country:
    return Country(
        alpha3=row["alpha3"], alpha2=row["alpha2"] or None, name=row["name"],
        numeric=_number(row["numeric"]), gwno=_number(row["gwno"]),
        acled_region=row["acled_region"] or None, ucdp_region=row["ucdp_region"] or None,
        acled_name=row["acled_name"] or row["name"], ucdp_name=row["ucdp_name"] or row["name"],
        ucdp_government=_number(row["ucdp_government"]),
    )  # fmt: skip


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def country(alpha3: str | None) -> Country | None:
    """Give a country by its alpha-3 code; None for none and for a code that isn't listed."""
    return _countries().get(alpha3 or "")


def every_country() -> list[Country]:
    """Give every country that is listed."""
    return list(_countries().values())
