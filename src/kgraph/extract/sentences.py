"""Sentences of editors' notes, where stops also end abbreviations and initials."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ABBREVIATED = frozenset(
    str.split("""mr mrs ms messrs dr prof gen lt col maj capt cdr adm brig sgt amb sen rep gov hon rev
    no nos vol vols p pp cf ed eds fn ch chap pt sec st ft mt art arts par pars ser doc docs encl
    jan feb mar apr jun jul aug sept sep oct nov dec inc viz vs ca approx dept asst secy rpt""")
)
_STOP = re.compile(  # tried where a word begins that has a stop in it or behind it
    r"(?<![\w&/–-])(?=[\w&'’/–-]*+[.?!])(?P<word>[\w.&'’/–-]*)(?P<stop>[.?!])(?P<close>[”\"’')\]]*)"
    r"(?:\s+(?=[“\"‘'(\[]*[A-Z0-9])|(?=[A-Z][a-z]{2,}\s)|\s*$)"
)
_MARK = re.compile("[.?!]")
_STARTS_SENTENCE = re.compile(
    r"\s+(?:Drafted|Repeated|Also|The|It|A|An|See|Sent|Transmitted|This|Passed|Copies|No|Another|In|On|According|Received)\s"
)
_CLOCK = re.compile(r"^[ap]\.m$", re.I)
_AFTER_CLOCK = re.compile(
    r"\s+(?:[A-Z][a-z]+(?:\s[A-Z][a-z]+)?\s+[Tt]ime\b|on|EST|EDT|GMT|Moscow|Washington|Paris|London|January|February|March|April|May|June|July"
    r"|August|September|October|November|December|Sunday|Monday|Tuesday|Wednesday|Thursday|Friday"
    r"|Saturday|\d)"
)


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the sentences, stops included; a sentence in brackets is one of its own.

    >>> t = "Drafted by J.F. Dulles at 5 p.m. May 3. (Ibid.) See vol. II."
    >>> [t[a:b] for a, b in sentences(t)]
    ['Drafted by J.F. Dulles at 5 p.m. May 3.', '(Ibid.)', 'See vol. II.']
    """
    stop = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    at = _skip(text, start, stop)
    while at < stop:
        upto = _bracketed(text, at, stop) if text[at] in "([" else None
        if upto is None:
            upto = _next_stop(text, at, stop)
        found.append((at, upto))
        at = _skip(text, upto, stop)
    return found


def _skip(text: str, at: int, stop: int) -> int:
    while at < stop and text[at].isspace():
        at += 1
    return at


def _bracketed(text: str, at: int, stop: int) -> int | None:
    """End of a sentence that stands wholly in brackets, with its own stop after them."""
    depth = 0
    for i in range(at, stop):
        if text[i] in "([":
            depth += 1
        elif text[i] in ")]":
            depth -= 1
            if not depth:
                after = _skip(text, i + 1, stop)
                if after < stop and text[i + 1] in ".;,":
                    return i + 2 if text[i + 1] == "." else None
                return (
                    i + 1
                    if after >= stop or text[after].isupper() or text[after] in "“[("
                    else None
                )
    return None


def _stops(text: str, at: int, stop: int) -> Iterator[re.Match[str]]:
    """What `_STOP` finds, searched only from the word on that the next stop stands in."""
    while (mark := _MARK.search(text, at, stop)) is not None:
        m = _STOP.search(text, max(at, text.rfind(" ", at, mark.start()) + 1), stop)
        if m is None:
            return
        yield m
        at = m.end()


def _next_stop(text: str, at: int, stop: int) -> int:
    for m in _stops(text, at, stop):
        word = m["word"]
        last = word.rsplit(".", 1)[-1]
        if m["stop"] == "." and not m["close"]:
            if m.end() < stop and text[m.end("stop")] not in " \n\t\u00a0\r" and len(last) < 3:
                continue
            if _CLOCK.match(word) or (
                word == "m" and text[max(at, m.start() - 3) : m.start()].strip() in ("a.", "p.")
            ):
                if _AFTER_CLOCK.match(text, m.end("stop")):
                    continue
            elif m.end() < stop and (
                word.lower().rsplit("/", 1)[-1] in _ABBREVIATED
                or (word.lower() in ("jr", "sr") and text[m.end()] == "(")
                or (len(last) == 1 and last.isupper() and not _is_symbol(text, at, m))
            ):
                continue
        if _depth(text, at, m.start("stop")):
            continue
        return m.end("close")
    return stop


def _is_symbol(text: str, at: int, m: re.Match[str]) -> bool:
    """Whether a single capital is an office's symbol at a sentence's end ("approved in S.")."""
    return (
        re.search(
            r"\b(?:in|by|of|with|and|for)\s$", text[max(at, m.start("word") - 6) : m.start("word")]
        )
        is not None
        and _STARTS_SENTENCE.match(text, m.end("stop")) is not None
    )


def _depth(text: str, at: int, upto: int) -> bool:
    piece = text[at:upto]
    return piece.count("(") > piece.count(")")
