"""The page about the whole data set, for people and for what looks for data sets on pages.

It stands at the data set's own address, beside its RDF, with a schema.org ``Dataset``
in the page and typed links in its head (Signposting's landing page and content
resources), so that an automatic FAIR assessment finds the same facts in every way.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from kgraph import vocab
from kgraph.server.catalogue import dcat, figures_of_quality, statistics
from kgraph.server.describe import CC0
from kgraph.server.pages import Pages, View
from kgraph.server.publication import Edition

DUMPS = (("nq", "application/n-quads", "N-Quads"), ("trig", "application/trig", "TriG"),
         ("nt", "application/n-triples", "N-Triples"))  # fmt: skip
PROJECT = "The kgraph project"


@dataclass
class Landing:
    """Draws the page with the site's templates."""

    pages: Pages

    def answer(self, request: Request, edition: Edition, title: str) -> Response:
        root = str(request.base_url)
        figures = statistics(edition)
        described = schema_org(edition, root, title)
        first, last = dcat.span(edition)
        persons = figures.classes.get(vocab.iri("rico:Person"), 0)
        documents = figures.classes.get(vocab.iri("kg:Document"), 0)
        values: dict[str, Any] = {
            "title": title,
            "description": dcat.DESCRIPTION,
            "jsonld": Markup(json.dumps(described, ensure_ascii=False).replace("<", "\\u003c")),
            "facts": [
                ("Address", f"{root}dataset"),
                ("Version", edition.tag),
                ("Made", edition.modified.strftime("%Y-%m-%d %H:%M UTC")),
                ("Statements", f"{figures.triples:,}"),
                ("Documents", f"{documents:,}"),
                ("Persons", f"{persons:,}"),
                ("Time covered", f"{first} to {last}" if first else "not known"),
                ("Rights", Markup('<a rel="license" href="{}">CC0 1.0</a>').format(CC0)),
            ],
            "downloads": [(f"/dumps/kgraph.{s}.{c}", f"{words}, {c}")
                          for s, _, words in DUMPS for c in ("gz", "zst")]
            + [("/dataset?format=ttl", "This description as Turtle")],
            "quality": [(meaning, value) for value, meaning in figures_of_quality(edition).values()],
        }  # fmt: skip
        response = self.pages.render(View(edition, request), "dataset.html", values)
        response.headers["Link"] = ", ".join(typed_links(root))
        response.headers["Vary"] = "Accept"
        return response


def typed_links(root: str) -> list[str]:
    """What the data set is, its rights, descriptions and files, as a Link header says it."""
    here = f"{root}dataset"
    return [
        f'<{here}>; rel="cite-as"',
        '<https://schema.org/AboutPage>; rel="type"',
        '<https://schema.org/Dataset>; rel="type"',
        f'<{CC0}>; rel="license"',
        f'<{root}catalogue/publisher>; rel="author"',
        *(f'<{here}?format={s}>; rel="describedby"; type="{t}"'
          for s, t in (("ttl", "text/turtle"), ("jsonld", "application/ld+json"),
                       ("rdf", "application/rdf+xml"))),
        *(f'<{root}dumps/kgraph.{s}.gz>; rel="item"; type="{t}"' for s, t, _ in DUMPS),
        f'<{root}catalogue>; rel="collection"; type="text/turtle"',
    ]  # fmt: skip


def schema_org(edition: Edition, root: str, title: str) -> dict[str, Any]:
    """The data set in the words of schema.org, as search engines read it."""
    first, last = dcat.span(edition)
    organisation = {"@type": "Organization", "name": PROJECT, "url": root}
    described = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"{root}dataset",
        "identifier": f"{root}dataset",
        "url": f"{root}dataset",
        "name": title,
        "description": dcat.DESCRIPTION,
        "keywords": list(dcat.KEYWORDS),
        "creator": organisation,
        "publisher": organisation,
        "license": CC0,
        "isAccessibleForFree": True,
        "conditionsOfAccess": "public",
        "inLanguage": "en",
        "version": edition.tag,
        "datePublished": edition.modified.date().isoformat(),
        "dateModified": edition.modified.isoformat(),
        "variableMeasured": ["sender", "addressee", "date", "place", "way of transmission"],
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": f"{root}catalogue",
                                  "name": title},
        "distribution": [
            {"@type": "DataDownload", "contentUrl": f"{root}dumps/kgraph.{suffix}.gz",
             "encodingFormat": media_type, "name": f"All statements as {words}"}
            for suffix, media_type, words in DUMPS
        ],
    }  # fmt: skip
    if first:
        described["temporalCoverage"] = f"{first}/{last}"
    return described
