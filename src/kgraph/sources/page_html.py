"""The text of an HTML page, a line per block, and its canonical address."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html

from kgraph.report import Report


def from_html(raw: str, path: Path, report: Report) -> tuple[str, str | None] | None:
    """The text of an HTML page, a line per block, and its canonical address."""
    try:
        tree: Any = lxml.html.fromstring(raw)
    except (lxml.etree.ParserError, ValueError) as error:
        report.error(
            "html-broken", str(path), f"the HTML cannot be read: {error}", "save the page again"
        )
        return None
    url = None
    for xpath in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        found: Any = tree.xpath(xpath)
        if found:
            url = str(found[0])
            break
    for gone in list(tree.iter("script", "style", "nav", "noscript", "svg", "form", "head")):
        if gone.getparent() is not None:
            gone.drop_tree()
    words: list[str] = []
    blocks = {"p", "div", "section", "article", "header", "footer", "main", "ul", "ol", "table", "tr", "blockquote", "dl", "aside",
              "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "li", "figure", "body"}  # fmt: skip

    def walk(node: Any, depth: int) -> None:
        tag = node.tag if isinstance(node.tag, str) else ""
        if not tag or depth > 200:
            if node.tail:
                words.append(re.sub(r"\s+", " ", node.tail))
            return
        if tag == "br":
            words.append("\n")
        elif tag in blocks:
            words.append(
                "\n\n" if tag in ("p", "h1", "h2", "h3", "blockquote", "div", "dt") else "\n"
            )
        if node.text:
            words.append(re.sub(r"\s+", " ", node.text))
        for child in node:
            walk(child, depth + 1)
        if tag in blocks:
            words.append("\n")
        if node.tail:
            words.append(re.sub(r"\s+", " ", node.tail))

    walk(tree, 0)
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(words))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", url
