"""Outlines of land from a GeoJSON file (for instance Natural Earth's ne_110m_land)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kgraph.report import KgraphError
from kgraph.shipped import folder


def shipped() -> list[NDArray[np.float64]]:
    """The outlines of land that come with kgraph: Natural Earth, 1:110 million, public domain."""
    return read(folder("data") / "gazetteer" / "land.geojson")


def read(path: Path) -> list[NDArray[np.float64]]:
    """Outer rings of all polygons of a GeoJSON file, rows of (lon, lat)."""
    try:
        content = json.loads(path.read_text("utf-8"))
        rings = [ring for shape in _shapes(content) for ring in _outer(shape)]
        return [np.asarray(ring, dtype=np.float64)[:, :2] for ring in rings]
    except OSError as error:
        raise KgraphError(f"cannot read {path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise KgraphError(
            f"{path} is not GeoJSON with polygons", hint="Natural Earth's ne_110m_land.geojson fits"
        ) from error


def _shapes(content: Any) -> Iterator[Any]:
    kind = content["type"]
    if kind == "FeatureCollection":
        for feature in content["features"]:
            yield from _shapes(feature["geometry"])
    elif kind == "Feature":
        yield from _shapes(content["geometry"])
    elif kind == "GeometryCollection":
        for shape in content["geometries"]:
            yield from _shapes(shape)
    else:
        yield content


def _outer(shape: Any) -> Iterator[Any]:
    if shape["type"] == "Polygon":
        yield shape["coordinates"][0]
    elif shape["type"] == "MultiPolygon":
        for polygon in shape["coordinates"]:
            yield polygon[0]
