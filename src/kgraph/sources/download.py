"""A source behind an http(s) address: fetched once into a folder that goes with the process."""

from __future__ import annotations

import atexit
import http.client
import re
import shutil
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from functools import cache
from pathlib import Path
from typing import IO

import kgraph
from kgraph.report import Report

LIMIT = 256 << 20
TIMEOUT = 30.0
ENDINGS = {
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "text/html": ".html",
    "application/xml": ".xml",
    "application/tei+xml": ".xml",
    "text/xml": ".xml",
    "text/plain": ".txt",
    "application/yaml": ".yaml",
}


@cache
def _place() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="kgraph-fetched-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def fetch(address: str, report: Report) -> Path | None:
    """The file behind `address`, no larger than `LIMIT`; None and one finding where it fails.

    Only http and https are followed, also through redirects.
    """
    request = urllib.request.Request(
        address, headers={"User-Agent": f"kgraph/{kgraph.__version__}", "Accept": "*/*"}
    )
    opener = urllib.request.build_opener(_OnlyWeb)
    try:
        with opener.open(request, timeout=TIMEOUT) as answer:
            name = _name(answer.geturl(), answer.headers.get_content_type())
            path = Path(tempfile.mkdtemp(dir=_place())) / name
            length = answer.headers.get("Content-Length", "")
            if (length.isdigit() and int(length) > LIMIT) or not _copy(answer, path):
                report.error("too-large", address, f"the answer has more than {LIMIT / 1e6:,.0f} MB",
                             "fetch it yourself and split it")  # fmt: skip
                return None
            got = path.stat().st_size
            if length.isdigit() and got < int(length):
                report.error("cut-short", address, f"only {got} of {length} bytes arrived",
                             "try again")  # fmt: skip
                return None
            return path
    except urllib.error.HTTPError as error:
        report.error("http-error", address, f"the server answered {error.code} {error.reason}",
                     "open the address in a browser; it may have moved or want a login")  # fmt: skip
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        report.error("no-connection", address, f"cannot be fetched: {reason}",
                     "check the address and the connection")  # fmt: skip
    return None


class _OnlyWeb(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        if not newurl.lower().startswith(("http://", "https://")):
            raise urllib.error.URLError(f"it redirects to {newurl!r}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _copy(answer: IO[bytes], path: Path) -> bool:
    total = 0
    with path.open("wb") as out:
        while chunk := answer.read(1 << 16):
            total += len(chunk)
            if total > LIMIT:
                return False
            out.write(chunk)
    return True


def _name(address: str, kind: str) -> str:
    """A file name from the address; its ending from the content type where it has none."""
    parts = urllib.parse.urlsplit(address)
    name = urllib.parse.unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.netloc
    name = re.sub(r"[^\w.\-]+", "_", name).lstrip(".")[-120:] or "source"
    return name if Path(name).suffix else name + ENDINGS.get(kind, "")
