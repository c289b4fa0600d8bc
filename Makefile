# Everything a change needs. Each target sets up what it is missing; `make help` lists them.
PYTHON ?= python3
VENV := .venv/bin
MODULES := $(notdir $(patsubst %/,%,$(dir $(wildcard backend/src/trading_api/modules/*/__init__.py))))
PYTEST := cd backend && ../$(VENV)/pytest -q -n auto
TERMINAL_SOURCES := $(shell find frontend/src frontend/public frontend/*.* -type f 2>/dev/null)
serve_options = $(if $(HOST),--host "$(HOST)") $(if $(PORT),--port "$(PORT)") $(if $(MARKET),--market "$(MARKET)") \
  $(if $(DATA),--data "$(DATA)") $(if $(START),--start "$(START)") $(if $(SPEED),--speed "$(SPEED)")
comma := ,
BENCHES := order_latency halt market_stream market_data specifications engine differential restart streaming \
  market_data.import_store market_data.cold_load

.DEFAULT_GOAL := help
.PHONY: help setup browser run dev dev-fullstack dev-cycle test test-modules test-boundaries test-integration check generate new-module release-contract e2e bench soak clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9%<>-]+:.*## / {sub(/%/, "<name>", $$1); printf "  make %-19s %s\n", $$1, $$2}' Makefile
	@echo "Modules: $(MODULES)"

setup: .venv/.installed node_modules/.installed ## Install the locked Python and npm packages, if they changed

run: setup frontend/dist/.built ## Serve terminal and API; MARKET=simulated|replay|stored|live DATA= START= SPEED= PORT= HOST=
	@exec $(VENV)/trading-pro serve $(serve_options)

dev: setup ## Serve and follow changes: API on PORT (8000), terminal on VITE_PORT (5173)
	@exec $(VENV)/python scripts/dev.py

dev-fullstack: dev ## The same as dev

dev-cycle: setup browser ## Measure the way from saving a model to the reloaded terminal
	@npm run --silent dev-cycle -w e2e

test: setup frontend/dist/.built browser ## Run all tests: backend, terminal, end to end
	@$(VENV)/python scripts/run_tests.py

test-module-%: .venv/.installed ## Test one module, by its folder's name
	$(PYTEST) src/trading_api/modules/$(subst -,_,$*)

test-modules: .venv/.installed ## Test some modules: modules=a,b
	$(PYTEST) $(addprefix src/trading_api/modules/,$(subst -,_,$(subst $(comma), ,$(modules))))

test-boundaries: .venv/.installed ## Check who may import whom, and that each such rule can fail
	cd backend && ../$(VENV)/lint-imports --no-logo
	$(PYTEST) tests/test_boundaries.py tests/test_house_rules.py

test-integration: setup ## Test the kernel, several modules together, and real server processes
	$(PYTEST) src/trading_api/shared tests

check: setup frontend/dist/.built ## Format, lint, types, boundaries, freshness, sizes
	cd backend && ../$(VENV)/ruff format --check . ../scripts
	cd backend && ../$(VENV)/ruff check . ../scripts
	cd backend && ../$(VENV)/mypy src tests benchmarks ../scripts
	$(VENV)/trading-pro generate --check
	npm run --silent generate -w frontend -- --check
	@$(VENV)/openapi-spec-validator $(wildcard backend/openapi*.json) $$(find backend/src -name openapi.json)
	@node frontend/scripts/validate-asyncapi.mjs $(wildcard backend/asyncapi*.json) $$(find backend/src -name asyncapi.json)
	npm run --silent lint -w frontend
	npm run --silent typecheck -w frontend
	npm run --silent lint -w e2e
	npm run --silent size -w frontend
	@$(MAKE) --no-print-directory test-boundaries

generate: setup ## Write what is made from the models: specifications, clients, types
	$(VENV)/trading-pro generate
	npm run --silent generate -w frontend

new-module: setup ## Write the beginnings of a module: NAME=market-scanner
	@$(VENV)/trading-pro new-module -- "$(NAME)"
	@npm run --silent generate -w frontend

release-contract: setup ## Keep the present contract as the one that later ones may not break
	$(VENV)/trading-pro generate --release

e2e: setup frontend/dist/.built browser ## Run the browser tests; SCREENSHOTS=1 renews the picture of the README
	@SCREENSHOTS=$(SCREENSHOTS) npm test -w e2e

bench: .venv/.installed ## Measure orders, specifications, and engine and streams beside those of others
	@cd backend && missed=0; for bench in $(BENCHES); do ../$(VENV)/python -m benchmarks.$$bench || missed=1; done; exit $$missed

soak: .venv/.installed ## Walk an account at random, every invariant after each step: STEPS=1000000 SEED=1
	@cd backend && ../$(VENV)/python -m benchmarks.soak $(if $(STEPS),--steps $(STEPS)) $(if $(SEED),--seed $(SEED))

clean: ## Remove everything that can be made again; accounts in var/ stay
	rm -rf .venv node_modules frontend/node_modules frontend/dist e2e/node_modules e2e/test-results
	find backend \( -name __pycache__ -o -name '.*_cache' -o -name .hypothesis \) -prune -exec rm -rf {} +

browser:
	@sh scripts/install-browser.sh

.venv/.installed: backend/requirements.lock backend/pyproject.toml scripts/install-backend.sh
	@PYTHON="$(PYTHON)" sh scripts/install-backend.sh && touch $@

node_modules/.installed: package.json package-lock.json $(wildcard */package.json) scripts/install-frontend.sh
	@sh scripts/install-frontend.sh && touch $@

frontend/dist/.built: node_modules/.installed $(TERMINAL_SOURCES)
	@echo "Building the terminal ..."
	@npm run --silent build -w frontend -- --logLevel warn && touch $@
