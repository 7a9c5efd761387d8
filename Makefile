# Everything lives in .venv. `make run` and `make test` are all the set-up there is.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: setup run test system bench bench-server bench-public check-parser check-outlines check-reader bench-other train train-bodies train-check lint-deploy screenshots clean

setup: $(READY)

$(READY): pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing. Install Python 3.11 (Debian: apt-get install python3.11 python3.11-venv)." >&2; exit 3; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(READY)

run: $(READY)
	@$(BIN)/policyqa serve --evaluate-here

system:
	@sh scripts/system-packages.sh

test: $(READY) system
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

bench: $(READY)
	$(BIN)/python -m eval.bench

MINUTES ?= 10
bench-server: $(READY)
	$(BIN)/python -m eval.bench_server --minutes $(MINUTES)

lint-deploy: $(READY) system
	$(BIN)/python -m pytest tests/deploy

screenshots: $(READY) system
	$(BIN)/python -m pytest tests/window
	cp build/screenshots/consult-source-desk.png build/screenshots/consult-refused-phone.png \
		build/screenshots/desk-result-desk.png build/screenshots/benchmark-desk.png docs/screenshots/

bench-public: $(READY)
	@test -n "$(DATA)" || { echo "usage: make bench-public DATA=<folder with stard/ and ncp/>" >&2; exit 2; }
	$(BIN)/python -m eval.public "$(DATA)"

QUESTIONS ?= eval/questions/elsewhere/real.jsonl eval/questions/elsewhere/real_test.jsonl
bench-other: $(READY)
	@test -n "$(DATA)" || { echo "usage: make bench-other DATA=<folder with the documents> [QUESTIONS=<files>]" >&2; exit 2; }
	$(BIN)/python -m eval.other "$(DATA)" $(QUESTIONS)

check-parser: $(READY)
	@test -n "$(DATA)" || { echo "usage: make check-parser DATA=<folder with policies/ and bench/stard/>" >&2; exit 2; }
	$(BIN)/python -m eval.check_parser "$(DATA)"

check-outlines: $(READY)
	@test -n "$(DATA)" || { echo "usage: make check-outlines DATA=<folder with policies/>" >&2; exit 2; }
	$(BIN)/python -m eval.check_outlines "$(DATA)"

check-reader: $(READY)
	@test -n "$(DATA)" || { echo "usage: make check-reader DATA=<folder with gold/ and policies/> [MISSES=<file>]" >&2; exit 2; }
	$(BIN)/python -m eval.check_reader "$(DATA)" $(if $(MISSES),--misses "$(MISSES)")

train: $(READY)
	@test -n "$(DATA)" -a -n "$(OUT)" || { echo "usage: make train DATA=<folder, see eval/training/search/README.md> OUT=<folder>" >&2; exit 2; }
	$(BIN)/python -m eval.training.search "$(DATA)" "$(OUT)"

train-bodies: $(READY)
	@test -n "$(DATA)" -a -n "$(OUT)" || { echo "usage: make train-bodies DATA=<folder, see eval/training/bodies/README.md> OUT=<file>.npz" >&2; exit 2; }
	$(BIN)/python -m eval.training.bodies "$(DATA)" "$(OUT)"

train-check: $(READY)
	@test -n "$(DATA)" -a -n "$(OUT)" || { echo "usage: make train-check DATA=<folder, see eval/training/check/README.md> OUT=<folder>" >&2; exit 2; }
	$(BIN)/python -m eval.training.check "$(DATA)" "$(OUT)"

clean:
	rm -rf $(VENV) index/store/data-* index/store/models index/store/matplotlib index/store/manifest.json .mypy_cache .ruff_cache .pytest_cache
