"""Look for inputs that stop a reader, guided by coverage: ``python fuzz_readers.py NAME``.

Needs atheris (pip install atheris; Linux, CPython up to 3.13). Samples of the
format are where it starts. An input that makes the reader fail, hang, or break the
contract is written by atheris as crash-...; put it into ``crashes/NAME/``, where
the contract test keeps asking for it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kgraph"]):
    from kgraph import sources

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from test_sources_contract import check, through  # noqa: E402


def main() -> None:
    names = [source.NAME for source in sources.SOURCES]
    if len(sys.argv) < 2 or sys.argv[1] not in names:
        sys.exit(
            f"usage: fuzz_readers.py NAME [libFuzzer options]; NAME is one of {', '.join(names)}"
        )
    name = sys.argv.pop(1)
    files = sorted(path for path in (HERE / "samples" / name).rglob("*") if path.is_file())
    ending = files[0].suffix if files else ".txt"
    folder = Path(tempfile.mkdtemp(prefix="kgraph-fuzz-"))

    def one(data: bytes) -> None:
        found, report = through(name, data, ending, folder)
        failed = [f for f in report if f.code in ("reader-failed", "time-limit")]
        if failed:
            raise RuntimeError(str(failed[0]))
        check(found, report)

    found_here = folder / "corpus"  # libFuzzer writes what it finds into the first folder
    found_here.mkdir()
    corpus = [str(folder) for folder in {path.parent for path in files}]
    atheris.Setup([sys.argv[0], *sys.argv[1:], str(found_here), *corpus], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
