# `make` alone lists the commands. Every set-up is done once: the stamp files in .venv remember it.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv/bin
SET_UP := pyproject.toml constraints.txt scripts/set_up.sh scripts/compiler_flags.sh scripts/system_libraries.sh

# make model: the pre-trained model (a folder, a hub name or a .gguf file), the corpora, where the work is kept, which
# type each tensor gets (a name of convert/recipes.py or a .json file), what is tuned (full, for a GPU; adapter, for a CPU),
# the card, and the folder that is made.
ORIGIN ?= Qwen/Qwen2.5-Coder-0.5B-Instruct
DATA ?= ../shared/data
WORK ?= build/model
RECIPE ?= grid
TUNE ?= full
CARD ?= assets/models/starter/MODEL_CARD.md
MODEL ?= build/model/starter

# make bench: the file that both sides read.
BENCH_MODEL ?= $(firstword $(sort $(wildcard assets/models/starter/*.gguf)))

.DEFAULT_GOAL := help
.PHONY: help run test check format bench screenshots licenses model gpu build clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'

run: .venv/.ready-app ## set up, then open the window (without a display: draft a sample in the terminal)
	@bash scripts/run.sh

test: .venv/.ready-dev ## set up, then run the tests (ARGS="-k name" goes to pytest)
	$(VENV)/python -m pytest -q $(ARGS)

check: .venv/.ready-dev ## style, types, import contracts and the architecture test
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy --strict -p engine -p desktop -p convert -p training
	$(VENV)/lint-imports
	$(VENV)/python -m pytest -q tests/test_architecture.py

format: .venv/.ready-dev ## put imports and layout in order
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

bench: .venv/.ready-dev ## measure speed and quality; ratios against a peer in one run (DATA=… adds those that need corpora)
	@[ -n "$(BENCH_MODEL)" ] || echo "benchmarks.drafts skipped: no model file in assets/models/starter; BENCH_MODEL=… names one"
	@[ -z "$(BENCH_MODEL)" ] || $(VENV)/python -m benchmarks.drafts $(BENCH_MODEL)
	$(VENV)/python -m benchmarks.ranking
	$(VENV)/python -m benchmarks.order_history
	$(VENV)/python -m benchmarks.redaction
	$(VENV)/python -m benchmarks.store
	@[ -d $(DATA)/corpus ] || echo "benchmarks.text_checks skipped: no corpora at $(DATA)"
	@[ ! -d $(DATA)/corpus ] || $(VENV)/python -m benchmarks.text_checks --corpus $(DATA)/corpus
	@[ ! -d $(DATA)/corpus ] || $(VENV)/python -m benchmarks.clarity --corpus $(DATA)/corpus
	@[ ! -d $(DATA)/products ] || $(VENV)/python -m benchmarks.keywords --products $(DATA)/products/products_2000.jsonl

screenshots: .venv/.ready-dev ## take the pictures in docs/screenshots from the real window
	$(VENV)/python scripts/screenshots.py docs/screenshots

licenses: .venv/.ready-dev ## rewrite the table in THIRD_PARTY_LICENSES.md from what is installed
	$(VENV)/python scripts/third_party.py

model: .venv/.ready-training ## make the default model: base, fine-tuning, GGUF, quantisation, proof (docs/training.md)
	ORIGIN=$(ORIGIN) DATA=$(DATA) WORK=$(WORK) RECIPE=$(RECIPE) TUNE=$(TUNE) CARD=$(CARD) MODEL=$(MODEL) bash scripts/make_model.sh

gpu: .venv/.ready-app ## compile llama.cpp anew for a GPU: GPU=cuda, vulkan, metal, or none to go back
	@bash scripts/gpu.sh $(GPU)

build: .venv/.ready-dev ## freeze the app for this operating system into dist/zhanggui
	$(VENV)/pyinstaller --noconfirm --distpath dist --workpath build/pyinstaller build.spec

clean: ## remove the environment and everything built
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.venv/.ready-app: $(SET_UP)
	@bash scripts/set_up.sh $(PYTHON)
	@touch $@

.venv/.ready-dev: $(SET_UP)
	@bash scripts/set_up.sh $(PYTHON) dev
	@touch $@ .venv/.ready-app

.venv/.ready-training: $(SET_UP)
	@bash scripts/set_up.sh $(PYTHON) dev,training
	@touch $@ .venv/.ready-dev .venv/.ready-app
