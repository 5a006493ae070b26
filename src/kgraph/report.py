"""What is said about bad data (findings) and bad use (errors).

Bad *data* never stops a run: a reader adds a `Finding` to the `Report` and goes
on with the next record. Bad *use* (a wrong option, a missing store) raises
`KgraphError`, which the command line prints as one message with a hint.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class KgraphError(Exception):
    """Bad use. `str(error)` says what and where; `hint` says what to do next."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing wrong or doubtful in the data.

    `code` is a stable kebab-case name ("xml-broken"); `where` is "file",
    "file:line", "file:line:field" or a record id; `hint` says what to do next.
    """

    code: str
    where: str
    message: str
    hint: str | None = None
    severity: Severity = "error"

    def __str__(self) -> str:
        text = f"{self.severity}: {self.where}: {self.message} [{self.code}]"
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class Report:
    """Findings in the order they were met. Passed down to whatever reads data."""

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self.findings: list[Finding] = list(findings)

    def add(
        self,
        code: str,
        where: str,
        message: str,
        hint: str | None = None,
        severity: Severity = "error",
    ) -> None:
        self.findings.append(
            Finding(code=code, where=where, message=message, hint=hint, severity=severity)
        )

    def error(self, code: str, where: str, message: str, hint: str | None = None) -> None:
        self.add(code, where, message, hint, "error")

    def warning(self, code: str, where: str, message: str, hint: str | None = None) -> None:
        self.add(code, where, message, hint, "warning")

    def info(self, code: str, where: str, message: str, hint: str | None = None) -> None:
        self.add(code, where, message, hint, "info")

    def extend(self, findings: Iterable[Finding]) -> None:
        self.findings.extend(findings)

    @property
    def has_errors(self) -> bool:
        return any(f.severity == "error" for f in self.findings)

    def counts(self) -> dict[str, int]:
        """Number of findings by code, most frequent first."""
        return dict(Counter(f.code for f in self.findings).most_common())

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __bool__(self) -> bool:
        """A report is a report, empty or not: ``report or Report()`` keeps the one given."""
        return True
