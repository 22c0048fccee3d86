# One word per task. `make episode` and `make test` are all that a newcomer needs.

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

EXTRAS := --extra check --extra dask --extra kokoro --extra mkdocs --extra piper --extra s3 --extra sftp

.PHONY: episode test check lint types floors docs validate bench bench-reading bench-normalise bench-speech bench-sound bench-sidecars lock matrix dev clean

episode: ## render an example article into output/
	$(PYTHON) -m pipeline episode

test: dev ## run the tests
	$(BIN)/python -m pytest -n auto

check: lint types floors docs test ## everything that must be green

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: dev
	$(BIN)/mypy

floors: dev
	$(BIN)/lint-imports

docs: dev ## the generated reference pages must be fresh; `make docs WRITE=--write` renews them
	$(BIN)/python docs/reference.py $(WRITE)

validate: dev ## the examples and a long book, judged by independent programs (in .tools/; `ONLY=--install` brings them)
	$(BIN)/python checks/validate.py $(ONLY)

bench: dev ## print what is timed
	$(BIN)/python -m benchmarks.plan

bench-reading: dev ## how well pages and plain texts are read, and how fast
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python -m benchmarks.plain_headings

bench-normalise: dev ## how well written cases are spoken, and how fast
	$(BIN)/python -m benchmarks.normalise
	$(BIN)/python -m benchmarks.sentences

bench-speech: dev ## what a cold render costs beside bare speaking and bare encoding
	$(BIN)/python -m benchmarks.speech

bench-sound: dev ## what an edit costs, a render from cached sound, memory, and the straightforward program beside ours
	$(BIN)/python -m benchmarks.sound

bench-sidecars: dev ## how long the files beside the audio of an hour take, before and after an edit
	$(BIN)/python -m benchmarks.sidecars

lock: dev ## renew the lock files
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--group build pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--group dev $(EXTRAS) -c requirements.txt pyproject.toml -o requirements-dev.txt

matrix: dev ## the tests on every Python that is installed here, and with the lowest versions allowed
	$(BIN)/python tests/matrix.py

dev:
	@$(PYTHON) -m pipeline.bootstrap dev

clean: ## remove what can be made again; scripts and their base stay
	rm -rf .venv output/*/
