"""Write the JSON Schema of a record from `record.py` and the codebook.

    python -m dateline.schema.build [--check]

The file lies beside this module and ships with the package. It follows JSON
Schema 2020-12 and says nothing of further keys: `dateline/1` may gain some.
"""

from __future__ import annotations

import argparse
import inspect
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from dateline import codebook
from dateline.record import SCHEMA, Record

__all__ = ["FILE", "build", "written"]

FILE = Path(__file__).with_name("dateline-1.schema.json")
Schema = dict[str, Any]

_DATE = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$"
_COUNTRY = r"^[A-Z]{3}$"
_HEAD = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:dateline:schema:dateline-1",
    "title": "Dateline record",
    "description": f"What Dateline takes from one report ({SCHEMA}). Further keys are to be passed over.",
}
_VALUES: Mapping[tuple[str, str], Iterable[str]] = {
    ("Event", "type"): codebook.TYPES,
    ("Event", "status"): codebook.STATUSES,
    ("Argument", "role"): codebook.ROLES,
    ("Figure", "measure"): codebook.MEASURES,
    ("Figure", "group"): codebook.GROUPS,
    ("Figure", "status"): codebook.FIGURE_STATUSES,
    ("Source", "kind"): codebook.KINDS,
    ("Actor", "kind"): codebook.ACTOR_KINDS,
}
_RULES: Mapping[tuple[str, str], Schema] = {
    ("Report", "id"): {"pattern": "^sha256:[0-9a-f]{64}$"},
    ("Report", "published"): {"pattern": _DATE},
    ("Report", "updated"): {"pattern": _DATE},
    ("When", "start"): {"pattern": _DATE},
    ("When", "end"): {"pattern": _DATE},
    ("Place", "country"): {"pattern": _COUNTRY},
    ("Place", "lat"): {"minimum": -90, "maximum": 90},
    ("Place", "lon"): {"minimum": -180, "maximum": 180},
    ("Actor", "country"): {"pattern": _COUNTRY},
    ("Figure", "nationality"): {"pattern": _COUNTRY},
    ("Figure", "low"): {"minimum": 0},
    ("Figure", "high"): {"minimum": 0},
    ("Span", "start"): {"minimum": 0},
    ("Span", "end"): {"minimum": 0},
    **{(name, "confidence"): {"minimum": 0, "maximum": 1}
       for name in ("Place", "Argument", "Event", "Figure", "Claim")},
}  # fmt: skip


def build() -> Schema:
    """Give the schema of a record as JSON Schema 2020-12."""
    made = msgspec.json.schema(Record)
    parts: dict[str, Schema] = made["$defs"]
    for part in parts.values():
        if "description" in part:
            part["description"] = inspect.cleandoc(part["description"])
    del parts["Record"]["properties"]["estimates"]  # which no JSON of a record has
    for (part_name, key), values in _VALUES.items():
        parts[part_name]["properties"][key].update(enum=list(values))
    for (part_name, key), rule in _RULES.items():
        _main(parts[part_name]["properties"][key]).update(rule)
    return {**_HEAD, "$ref": made["$ref"], "$defs": dict(sorted(parts.items()))}


def _main(of: Schema) -> Schema:
    """Give the part of a property that is not its null."""
    kinds: Sequence[Schema] = of.get("anyOf", [])
    return next((kind for kind in kinds if kind.get("type") != "null"), of)


def written() -> str:
    """Give the text that the schema's file holds."""
    return json.dumps(build(), indent=1, ensure_ascii=False) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file, or with `--check` only tell whether it is what the code gives."""
    parser = argparse.ArgumentParser(description="Write the JSON Schema of a record.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit status 1 if the file differs"
    )
    options = parser.parse_args(arguments)
    if not options.check:
        FILE.write_text(written(), encoding="utf-8")
        return 0
    same = FILE.exists() and FILE.read_text(encoding="utf-8") == written()
    if not same:
        print(f"{FILE.name} is not what the code gives; run python -m dateline.schema.build", file=sys.stderr)
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
