"""Pictures to files: PNG, SVG whose elements have titles, PDF."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path

import matplotlib
from matplotlib.figure import Figure

from kgraph import __version__
from kgraph.plots.frame import titles
from kgraph.report import KgraphError

FORMATS = (".png", ".svg", ".pdf")
_SVG = "http://www.w3.org/2000/svg"


def save(figure: Figure, path: Path) -> None:
    """Write `figure` in the format that the ending of `path` names.

    The same picture gives the same bytes: files bear no date. In an SVG each mark
    and line has a ``<title>``, which browsers show when it is pointed at.
    """
    kind = path.suffix.lower()
    if kind not in FORMATS:
        raise KgraphError(
            f"cannot write a picture to {path.name}", hint=f"end its name in {', '.join(FORMATS)}"
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(rendered(figure, kind))
    except OSError as error:
        raise KgraphError(f"cannot write {path}: {error.strerror}") from error


def rendered(figure: Figure, kind: str) -> bytes:
    """The bytes of a picture as ".png", ".svg" or ".pdf"."""
    output = BytesIO()
    maker = f"kgraph {__version__}"
    options = {
        ".png": {"Software": maker},
        ".svg": {"Date": None, "Creator": maker},
        ".pdf": {"CreationDate": None, "Creator": maker, "Producer": maker},
    }[kind]
    with matplotlib.rc_context(
        {"svg.hashsalt": "kgraph", "svg.fonttype": "none", "pdf.fonttype": 42}
    ):
        figure.savefig(output, format=kind[1:], metadata=options)
    if kind == ".svg":
        return _with_titles(output.getvalue(), titles(figure))
    return output.getvalue()


def _with_titles(svg: bytes, words: dict[str, str]) -> bytes:
    for prefix, space in (
        ("", _SVG), ("xlink", "http://www.w3.org/1999/xlink"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("cc", "http://creativecommons.org/ns#"),
        ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ):  # fmt: skip
        ET.register_namespace(prefix, space)
    root = ET.fromstring(svg)
    for element in root.iter(f"{{{_SVG}}}g"):
        said = words.get(element.get("id", ""))
        if said is not None:
            title = ET.Element(f"{{{_SVG}}}title")
            title.text = said
            element.insert(0, title)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
