"""Make executed notebooks from the scripts beside this file.

    python docs/notebooks/execute.py [STORE]

A line ``# %%`` begins a cell of code, ``# %% [markdown]`` one of text. A cell's last
expression is its result: a data frame as text, a figure as PNG.
"""

from __future__ import annotations

import ast
import base64
import contextlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import polars as pl
from matplotlib.figure import Figure

HERE = Path(__file__).parent


def cells(text: str) -> list[tuple[str, str]]:
    """Kind and source of every cell."""
    made: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("# %%"):
            made.append(("markdown" if "[markdown]" in line else "code", []))
        elif made:
            made[-1][1].append(line)
    found = []
    for kind, lines in made:
        if kind == "markdown":
            lines = [line.removeprefix("# ").removeprefix("#") for line in lines]
        found.append((kind, "\n".join(lines).strip()))
    return found


def run(source: str, space: dict[str, Any]) -> tuple[str, Any]:
    """What a cell printed, and the value of its last expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    value = None
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "cell", "exec"), space)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), space)
    return printed.getvalue(), value


def output(printed: str, value: Any, count: int) -> list[dict[str, Any]]:
    """A cell's outputs as a notebook holds them."""
    made: list[dict[str, Any]] = []
    if printed:
        made.append({"output_type": "stream", "name": "stdout", "text": printed})
    if value is None:
        return made
    content: dict[str, Any] = {"text/plain": str(value)}
    if isinstance(value, Figure):
        picture = io.BytesIO()
        value.savefig(picture, format="png", dpi=110, metadata={"Software": "kgraph"})
        content["image/png"] = base64.b64encode(picture.getvalue()).decode()
        content["text/plain"] = "<a picture>"
    made.append({"output_type": "execute_result", "execution_count": count, "metadata": {},
                 "data": content})  # fmt: skip
    return made


def notebook(script: Path) -> dict[str, Any]:
    """The executed notebook of a script."""
    space: dict[str, Any] = {"__name__": "__main__"}
    made = []
    count = 0
    for number, (kind, source) in enumerate(cells(script.read_text("utf-8"))):
        cell: dict[str, Any] = {
            "cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": source,
        }  # fmt: skip
        if kind == "code":
            count += 1
            cell["execution_count"] = count
            cell["outputs"] = output(*run(source, space), count)
        made.append(cell)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def main() -> None:
    """Execute every script of this folder."""
    if len(sys.argv) > 1:
        os.environ["KGRAPH_STORE"] = sys.argv[1]
    pl.Config.set_tbl_hide_dataframe_shape(True)
    pl.Config.set_tbl_hide_column_data_types(True)
    pl.Config.set_tbl_rows(20)
    pl.Config.set_tbl_cols(12)
    pl.Config.set_tbl_width_chars(110)
    pl.Config.set_fmt_str_lengths(34)
    for script in sorted(HERE.glob("*.py")):
        if script.name == Path(__file__).name:
            continue
        text = json.dumps(notebook(script), ensure_ascii=False, indent=1)
        script.with_suffix(".ipynb").write_text(text + "\n", "utf-8")
        print(f"wrote {script.with_suffix('.ipynb').name}")


if __name__ == "__main__":
    main()
