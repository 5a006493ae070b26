"""A person's decisions on doubtful links, as small text files.

One decision a file, YAML, in the data folder's ``decisions/``::

    decision: accept          # accept, reject, split, merge, note
    about: person             # person, body, place, event, document, conflict
    subject: person/frus1961-63v06/p_KJF2
    target: person/kennedy-john-f
    reviewer: A. Historian
    date: 2026-11-24
    note: the markup of nos. 12 and 30 points at his brother

The subject of a decision on one name in one document is the document's id, "#", the
words, and "@" with the place of their first character: ``frus1961-63v06/d12#the
President@1042``. Without "@" it holds wherever the document has these words.

Later builds apply them before anything is matched, and attribute to the reviewer
what follows. An accepted or merged id becomes a `Redirect`; a rejected pair is
never joined again; a split id keeps its IRI as a tombstone that names its parts. Of a
conflict, the accepted or merged `target` is the value preferred; rejected, it is said to be
none. Notes stand among the reasons of the link, or are the assessment of the conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, get_args

import msgspec
import yaml

from kgraph.iris import slug
from kgraph.model import Conflict, Identity, Redirect
from kgraph.report import KgraphError, Report

Verdict = Literal["accept", "reject", "split", "merge", "note"]
Subject = Literal["person", "body", "place", "event", "document", "conflict"]


class Decision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One decision of one reviewer."""

    decision: Verdict
    about: Subject
    subject: str
    target: str | None = None
    parts: tuple[str, ...] = ()
    reviewer: str
    date: str
    note: str | None = None
    file: str | None = None

    @property
    def said(self) -> str:
        """What a link that follows gives as its reason."""
        words = f"{self.decision}ed by {self.reviewer} on {self.date}".replace("splited", "split")
        words = words.replace("mergeed", "merged").replace("noteed", "noted")
        return f"{words}: {self.note}" if self.note else words


def subjects(record: str, words: str, start: int | None) -> tuple[str, ...]:
    """What decisions on a name in a record may be about, the most exact first.

    >>> subjects("x/1", "my brother", 7)
    ('x/1#my brother@7', 'x/1#my brother')
    """
    named = f"{record}#{' '.join(words.split())}"
    return (named,) if start is None else (f"{named}@{start}", named)


class Decisions:
    """Decisions by what they are about."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self.all: list[Decision] = []
        self._accepted: dict[str, Decision] = {}
        self._rejected: dict[frozenset[str], Decision] = {}
        self._last: dict[str, Decision] = {}
        self._notes: dict[str, list[Decision]] = {}
        for decision in decisions:
            self.add(decision)

    def add(self, decision: Decision) -> None:
        """Takes one more in; of two on one thing the later holds."""
        self.all.append(decision)
        self._last[decision.subject] = decision
        if decision.decision == "note":
            self._notes.setdefault(decision.subject, []).append(decision)
        if decision.target and decision.decision in ("accept", "merge"):
            self._accepted[decision.subject] = decision
            self._rejected.pop(frozenset((decision.subject, decision.target)), None)
        elif decision.target and decision.decision == "reject":
            self._rejected[frozenset((decision.subject, decision.target))] = decision
            held = self._accepted.get(decision.subject)
            if held and held.target == decision.target:
                del self._accepted[decision.subject]

    def accepted(self, subject: str) -> Decision | None:
        """The decision that says what `subject` is, if there is one."""
        return self._accepted.get(subject)

    def rejected(self, a: str, b: str) -> Decision | None:
        """The decision that says that `a` and `b` are two, if there is one."""
        return self._rejected.get(frozenset((a, b)))

    def notes(self, subject: str) -> tuple[str, ...]:
        """What reviewers noted on `subject`."""
        return tuple(decision.said for decision in self._notes.get(subject, ()))

    def conflict(self, conflict: Conflict) -> Conflict:
        """`conflict` as the last decision on it has it; every claim stays."""
        last = self._last.get(conflict.id)
        if last is None or last.about != "conflict":
            return conflict
        if last.decision in ("accept", "merge") and last.target:
            return msgspec.structs.replace(conflict, preferred=last.target, rule=last.said)
        said = f"no conflict: {last.said}" if last.decision == "reject" else last.said
        return msgspec.structs.replace(conflict, assessment=said)

    def redirects(self) -> Iterator[Redirect]:
        """What became of ids that a reviewer merged or split."""
        for d in self.all:
            if "#" in d.subject:
                continue  # one name in one document: the link itself follows (`subjects`)
            if d.about == "person" and d.decision in ("accept", "merge") and d.target:
                if self._accepted.get(d.subject) is d:
                    yield Redirect(id=d.subject, to=d.target, reasons=(d.said,), source=d.file,
                                   reviewer=d.reviewer, date=d.date)  # fmt: skip
            elif d.about == "person" and d.decision == "split":
                yield Redirect(id=d.subject, to=None, parts=d.parts, reasons=(d.said,),
                               source=d.file, reviewer=d.reviewer, date=d.date)  # fmt: skip

    def identities(self) -> Iterator[Identity]:
        """Documents that a reviewer found to be one."""
        for d in self.all:
            if d.about == "document" and d.target and self._accepted.get(d.subject) is d:
                yield Identity(document=d.target, records=(d.target, d.subject), reasons=(d.said,),
                               score=1.0, certainty="stated", source=d.file)  # fmt: skip

    def __len__(self) -> int:
        return len(self.all)


def read_decisions(folder: Path, report: Report | None = None) -> Decisions:
    """The decisions in `folder`, by date and file name; none where there is no folder.

    A file that is not a decision is reported and passed over.
    """
    report = report if report is not None else Report()
    found: list[Decision] = []
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
        try:
            plain = yaml.safe_load(path.read_text(encoding="utf-8"))
            if isinstance(plain, dict) and "date" in plain:
                plain["date"] = str(plain["date"])
            decision = msgspec.convert(plain, Decision)
        except (yaml.YAMLError, UnicodeDecodeError, msgspec.ValidationError) as error:
            report.error(
                "decision-unreadable",
                str(path),
                " ".join(str(error).split()),
                "a decision has decision, about, subject, target, reviewer and date",
            )
            continue
        found.append(msgspec.structs.replace(decision, file=path.name))
    found.sort(key=lambda d: (d.date, d.file or ""))
    return Decisions(found)


def write_decision(folder: Path, decision: Decision) -> Path:
    """Writes `decision` as a file of its own in `folder`; returns its path."""
    if decision.decision not in get_args(Verdict):
        raise KgraphError(f"no such decision: {decision.decision}")
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{decision.date}-{decision.decision}-{slug(decision.subject)}"[:100]
    path = folder / f"{stem}.yaml"
    count = 1
    while path.exists():
        count += 1
        path = folder / f"{stem}-{count}.yaml"
    plain = {
        k: (list(v) if isinstance(v, tuple) else v)
        for k, v in msgspec.structs.asdict(decision).items()
        if v not in (None, ()) and k != "file"
    }
    path.write_text(yaml.safe_dump(plain, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path
