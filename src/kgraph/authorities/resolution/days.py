"""The days in which a record is placed, and the setting in which its names are read."""

from __future__ import annotations

from collections import Counter

from kgraph.authorities.offices.moments import moment
from kgraph.authorities.resolution.volume_lists import years_of_source
from kgraph.authorities.setting import Setting, filed, years_named
from kgraph.model import Record


class Days:
    """The days of the records of one source, undated ones by what is known around them."""

    def __init__(self, source: str) -> None:
        self.span = years_of_source(source)
        self.met: list[str] = []  # of the dated records so far

    def setting(self, record: Record) -> Setting:
        """What is known where the names of `record` stand."""
        dates = [d for d in (record.date, record.sent, record.received, *record.other_dates) if d]
        first = next((d.earliest for d in dates if d.earliest), None)
        last = next((d.latest for d in dates if d.latest), None)
        wide = False
        if first is None:
            first, last, wide = self._of_undated(record)
        else:
            self.met.append(first[:10])
        return Setting(
            first=first[:10] if first else None,
            last=last[:10] if last else None,
            persons={},
            text=record.text,
            senders=[],
            addressees=[],
            sides=Counter(),
            moment=moment(record.date or record.sent, record.place),
            wide=wide,
            record=record.id,
        )

    def _of_undated(self, record: Record) -> tuple[str | None, str | None, bool]:
        """Days of an undated record, and whether they are wide: the source's years, a day in a
        file number, the years that its words name, or those of the records before it."""
        if self.span[0] is not None:
            return f"{self.span[0]}-01-01", f"{self.span[1]}-12-31", True
        day = filed(record.text) if len(record.text) < 20_000 else None
        if day is not None:
            self.met.append(day[0])
            return *day, False
        years = years_named(record.text) if len(record.text) < 20_000 else None
        if years is not None:
            return *years, True
        if self.met:
            return f"{min(self.met)[:4]}-01-01", f"{max(self.met)[:4]}-12-31", True
        return None, None, True
