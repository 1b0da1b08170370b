"""Files that pages load besides ours: map library and fonts, out of the packages that carry them.

Only the files named here are given out, so that no address reaches into the packages.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from dateline.errors import AssetError

__all__ = ["ASSETS", "asset", "asset_type", "static_version"]

# By the name under /assets/: the package that carries it, and the file within.
ASSETS: dict[str, tuple[str, str]] = {
    "leaflet.js": ("xstatic.pkg.leaflet", "data/leaflet.js"),
    "leaflet.css": ("xstatic.pkg.leaflet", "data/leaflet.css"),
    "markercluster.js": ("xstatic.pkg.leaflet_markercluster", "data/leaflet.markercluster.js"),
    "markercluster.css": ("xstatic.pkg.leaflet_markercluster", "data/MarkerCluster.css"),
    "record.js": ("dateline.exports", "templates/record.js"),
    "sans.otf": ("font_source_sans_pro", "files/SourceSansPro-Regular.otf"),
    "sans-semibold.otf": ("font_source_sans_pro", "files/SourceSansPro-Semibold.otf"),
    "sans-italic.otf": ("font_source_sans_pro", "files/SourceSansPro-It.otf"),
    "serif.otf": ("font_source_serif_pro", "files/SourceSerifPro-Regular.otf"),
    "serif-semibold.otf": ("font_source_serif_pro", "files/SourceSerifPro-Semibold.otf"),
}
_TYPES = {".js": "text/javascript", ".css": "text/css", ".otf": "font/otf"}
_MAPPED = "\n//# sourceMappingURL="


def asset(name: str) -> bytes:
    """Give a file by its name in `ASSETS` (KeyError for others). Raises AssetError when it is missing."""
    package, path = ASSETS[name]
    try:
        body = files(package).joinpath(path).read_bytes()
    except (FileNotFoundError, ModuleNotFoundError) as error:
        hint = "install the package again with what it depends on"
        raise AssetError("a file of the desk is missing", where=f"{package}/{path}", hint=hint) from error
    return body.split(_MAPPED.encode(), 1)[0] if name.endswith(".js") else body


def asset_type(name: str) -> str:
    """Give the media type of a file by its name."""
    return _TYPES[Path(name).suffix]


@lru_cache(maxsize=1)
def static_version() -> str:
    """Give a digest of our own scripts and styles: with it in their address they can be kept for good."""
    digest = hashlib.sha256()
    for path in sorted((Path(__file__).parent / "static").iterdir()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:10]
