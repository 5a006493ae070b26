"""Great lists of names linked to a great authority by Splink on DuckDB.

For lists of a hundred volumes at once: each form of each person is a row, blocks
are the keys of `kgraph.authorities.names.blocking`, agreement patterns are weighed by
Fellegi and Sunter's model whose parameters Splink estimates from the data without
labels. The same settings run on Spark. Needs the extra ``kgraph[identity]``; the
simple path (`PersonIndex`) needs nothing and serves one volume at a time.

Two persons of the list stay two whatever their likeness: only list and authority
are compared, never the list with itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from kgraph.authorities.names import Name, parse
from kgraph.authorities.names.blocking import keys
from kgraph.authorities.names.spellings import is_initial, latin_key, skeleton
from kgraph.model import Person
from kgraph.report import KgraphError


class Link(msgspec.Struct, frozen=True):
    """A listed person and the likeliest person of the authority."""

    listed: str
    person: str
    probability: float
    margin: float  # to the next likeliest person, in probability


def rows_of(persons: Iterable[Person]) -> Iterator[dict[str, Any]]:
    """One row for each form of each name, for a table of Splink."""
    for person in persons:
        seen: set[Name] = set()
        for form in (person.sort or person.label, *person.variants):
            for name in parse(form)[:1]:
                if name in seen:
                    continue
                seen.add(name)
                first = name.given[0] if name.given else None
                second = name.given[1] if len(name.given) > 1 else None
                yield {
                    "unique_id": f"{person.id}|{len(seen)}",
                    "person": person.id,
                    "surname": name.surname,
                    "surname_key": latin_key(name.surname),
                    "surname_bones": skeleton(name.surname),
                    "given": None if first is None or is_initial(first) else first,
                    "initial": first[0] if first else None,
                    "second": second[0] if second else None,
                    "suffix": name.suffix,
                    "block_given": next((k for k in keys(name, "+")), None),
                }


def link(
    listed: Iterable[Person], authority: Iterable[Person], threshold: float = 0.9
) -> list[Link]:
    """Links of at least `threshold`, one for each listed person, none where two are alike.

    Raises `KgraphError` where Splink is not installed.
    """
    try:
        import splink.comparison_level_library as levels
        import splink.comparison_library as comparisons
        from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    except ImportError as error:
        raise KgraphError(
            "linking at scale needs Splink", hint="pip install 'kgraph[identity]'"
        ) from error
    import duckdb

    settings = SettingsCreator(
        link_type="link_only",
        probability_two_random_records_match=1e-4,
        comparisons=[
            comparisons.CustomComparison(
                output_column_name="surname",
                comparison_levels=[
                    levels.NullLevel("surname"),
                    levels.ExactMatchLevel("surname", term_frequency_adjustments=True),
                    levels.ExactMatchLevel("surname_key"),
                    levels.ExactMatchLevel("surname_bones"),
                    levels.JaroWinklerLevel("surname", 0.9),
                    levels.ElseLevel(),
                ],
            ),
            comparisons.CustomComparison(
                output_column_name="given",
                comparison_levels=[
                    levels.NullLevel("given"),
                    levels.ExactMatchLevel("given"),
                    levels.JaroWinklerLevel("given", 0.88),
                    levels.ElseLevel(),
                ],
            ),
            comparisons.ExactMatch("initial"),
            comparisons.ExactMatch("second"),
            comparisons.ExactMatch("suffix"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("surname"),
            block_on("surname_key"),
            block_on("surname_bones", "initial"),
            block_on("block_given"),
        ],
        additional_columns_to_retain=["person"],
        retain_matching_columns=False,
    )
    connection = duckdb.connect()
    api = DuckDBAPI(connection)
    frames = []
    for alias, persons in (("listed", listed), ("authority", authority)):
        columns: dict[str, list[Any]] = {}
        for row in rows_of(persons):
            for key, value in row.items():
                columns.setdefault(key, []).append(value)
        if not columns:
            return []
        _table(connection, alias, columns)
        frames.append(api.register(alias, dataset_display_name=alias))
    linker = Linker(frames, settings, log_level=40)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("surname", "given", "second")], recall=0.5
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("surname"), block_on("initial", "second", "given")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predicted = linker.inference.predict(threshold_match_probability=0.2)
    sides = "CASE WHEN source_dataset_l = 'listed' THEN [person_l, person_r] ELSE [person_r, person_l] END"
    found = connection.sql(
        f"SELECT pair[1], pair[2], max(p) AS p FROM (SELECT {sides} AS pair, match_probability AS p "
        f"FROM {predicted.physical_name}) GROUP BY ALL ORDER BY 1, p DESC, 2"
    ).fetchall()
    return list(_best(found, threshold))


def _table(connection: Any, name: str, columns: dict[str, list[Any]]) -> None:
    lines = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    fields = ", ".join(f"{c} VARCHAR" for c in columns)
    connection.execute(f"CREATE TABLE {name} ({fields})")
    pick = ", ".join(f"r.{c}" for c in columns)
    for start in range(0, len(lines), 20_000):
        text = json.dumps(lines[start : start + 20_000])
        shape = json.dumps([dict.fromkeys(columns, "VARCHAR")])
        connection.execute(
            f"INSERT INTO {name} SELECT {pick} FROM (SELECT unnest(from_json(?, '{shape}')) AS r)",
            [text],
        )


def _best(rows: Iterable[tuple[str, str, float]], threshold: float) -> Iterator[Link]:
    by_listed: dict[str, list[tuple[str, float]]] = {}
    for a, b, p in rows:
        by_listed.setdefault(a, []).append((b, p))
    for listed, candidates in by_listed.items():
        candidates.sort(key=lambda c: (-c[1], c[0]))
        person, p = candidates[0]
        margin = p - (candidates[1][1] if len(candidates) > 1 else 0.0)
        if p >= threshold and margin > 0.0:
            yield Link(listed, person, p, margin)
