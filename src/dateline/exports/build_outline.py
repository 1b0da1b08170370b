"""Make `data/outline.json`, the outline of the world's countries, from Natural Earth's.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m dateline.exports.build_outline package/countries-50m.json

Natural Earth is in the public domain; world-atlas has it as TopoJSON at 1:50 million. Kept are the
arcs, and countries by alpha-3 code; names are left out, since the gazetteer has them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from dateline.exports.countries import every_country

__all__ = ["compact", "main"]

_TARGET = Path(__file__).parent / "data" / "outline.json"
_UNCODED = {"Kosovo": "XKX"}  # states of the gazetteer without a number in ISO 3166-1


def compact(atlas: dict[str, Any]) -> dict[str, Any]:
    """Keep what a map needs of world-atlas: geometries with their alpha-3 code, arcs, the transform."""
    codes = {f"{land.numeric:03}": land.alpha3 for land in every_country() if land.numeric}
    geometries = [
        {
            "type": shape["type"],
            "id": codes.get(shape.get("id", ""), _UNCODED.get(shape["properties"]["name"], "")),
            "arcs": shape["arcs"],
        }
        for shape in atlas["objects"]["countries"]["geometries"]
    ]
    countries = {"type": "GeometryCollection", "geometries": geometries}
    return {
        "type": "Topology",
        "transform": atlas["transform"],
        "objects": {"countries": countries},
        "arcs": atlas["arcs"],
    }


def main() -> None:
    """Read world-atlas and write the outline."""
    atlas = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    _TARGET.write_text(json.dumps(compact(atlas), separators=(",", ":")), encoding="utf-8")


if __name__ == "__main__":
    main()
