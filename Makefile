# make demo     install into .venv, build the data that ship, ask, measure, draw
# make test     install with what tests need; ruff, mypy, import contract, pytest
# make accuracy how well the readers read, against the gold tables in ../shared
# make bench    side-by-side benchmarks
# make docs     write the answers of the examples in README.md and docs/ anew

PYTHON ?= python3
KGRAPH := .venv/bin/kgraph
INSTALL := .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --constraint constraints.txt
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt

.PHONY: demo test accuracy bench docs clean
.DELETE_ON_ERROR:

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml constraints.txt | .venv/bin/python
	$(INSTALL) --no-compile --editable .
	@touch $@

.venv/installed-for-tests: pyproject.toml constraints.txt | .venv/bin/python
	$(INSTALL) --no-compile --editable '.[test,fast,tables,serve]'
	@touch $@ .venv/installed

demo: .venv/installed
	@mkdir -p demo
	@echo "== Building the graph from data/"
	@$(KGRAPH) build --quiet
	@echo
	@echo "== Who wrote to whom (the first lines)"
	@$(KGRAPH) query who-wrote-to-whom 2>/dev/null | head -n 13
	@echo
	@echo "== Which letters went through Bolshakov, and one of them from hand to hand"
	@$(KGRAPH) query letters-by-channel -p channel=channel/bolshakov
	@$(KGRAPH) query legs -p document=frus/21
	@echo
	@echo "== What each source says of the date of one telegram"
	@$(KGRAPH) query dates -p document=th/N6 -f tsv 2>/dev/null | sed 's/\^\^<[^>]*>//g' | tr -d '"?' | cut -f 2-4,6
	@echo
	@echo "== The network of letters"
	@$(KGRAPH) network --limit 10
	@echo
	@echo "== Pictures"
	@$(KGRAPH) plot network -o demo/network.png
	@$(KGRAPH) plot timeline -o demo/timeline.png
	@$(KGRAPH) plot route --document frus/21 -o demo/route.png
	@ls demo/*.png
	@echo
	@echo "Go on: . .venv/bin/activate, then"
	@echo "  kgraph queries                        what can be asked"
	@echo "  kgraph show person/khrushchev-nikita  all about one person"
	@echo "  kgraph query my.rq                    SPARQL of your own"
	@echo "  pip install -c constraints.txt -e '.[serve]' && kgraph serve    the same in a browser"

test: .venv/installed-for-tests
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/pytest -n auto --dist loadgroup

accuracy: .venv/installed-for-tests
	@test -d ../shared/gold || { echo "error: the gold tables are not in ../shared/gold" >&2; exit 2; }
	$(KGRAPH) evaluate ../shared/gold/frus-tei ../shared/sources/frus-tei
	$(KGRAPH) evaluate ../shared/gold/dossier ../shared/sources/dossier
	$(KGRAPH) evaluate ../shared/gold/cmif ../shared/sources/cmif
	$(KGRAPH) evaluate ../shared/gold/wilson ../shared/sources/wilson

bench: .venv/installed-for-tests
	.venv/bin/python bench/speed.py

docs: .venv/installed-for-tests
	.venv/bin/python tests/test_docs.py

clean:
	rm -rf .venv .kgraph demo
